import { displayText } from '../display-text.js';
import { texts } from '../texts.js';

/** Says, once, what the app copies and where, before anyone is surprised by it. */
export function FirstRun({ folder, onConfirm }: { readonly folder: string; readonly onConfirm: () => void }) {
  return (
    <section className="first-run" aria-label={texts.firstRun.heading}>
      <h2>{texts.firstRun.heading}</h2>
      <p>{texts.firstRun.copied}</p>
      <p className="first-run-folder">
        <bdi>{displayText(folder)}</bdi>
      </p>
      <p>{texts.firstRun.grows}</p>
      <div className="first-run-foot">
        <strong>{texts.firstRun.stays}</strong>
        <button type="button" className="button button-primary" onClick={onConfirm}>
          {texts.firstRun.confirm}
        </button>
      </div>
    </section>
  );
}
