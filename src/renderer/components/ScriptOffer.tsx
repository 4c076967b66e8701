import { texts } from '../texts.js';
import { Icon } from './Icon.js';

/** Asks once whether CODITECT's exporter, which is installed, may run as well after each export. */
export function ScriptOffer({ onAnswer }: { readonly onAnswer: (accepted: boolean) => void }) {
  return (
    <section className="strip strip-mode" aria-label={texts.scripts.offerLabel}>
      <Icon name="export" />
      <p>{texts.scripts.offer}</p>
      <button type="button" className="button button-small" onClick={() => onAnswer(true)}>
        {texts.scripts.accept}
      </button>
      <button type="button" className="button button-small" onClick={() => onAnswer(false)}>
        {texts.scripts.decline}
      </button>
    </section>
  );
}
