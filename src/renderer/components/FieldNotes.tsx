import { Icon } from './Icon.js';

/** What has to be said beside a setting: what comes of its value, that a flag holds it, and why a change was refused. */
export function FieldNotes({
  held,
  faults,
  note = null,
}: {
  readonly held: string | null;
  readonly faults: readonly string[];
  readonly note?: string | null;
}) {
  return (
    <div className="field-notes">
      <div aria-live="polite">
        {note === null ? null : (
          <p className="field-note">
            <Icon name="warning" />
            {note}
          </p>
        )}
      </div>
      {held === null ? null : <p className="field-held">{held}</p>}
      <div role="alert">
        {faults.map((fault) => (
          <p key={fault} className="field-fault">
            {fault}
          </p>
        ))}
      </div>
    </div>
  );
}
