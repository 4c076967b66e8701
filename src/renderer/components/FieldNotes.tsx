import { Icon } from './Icon.js';

/** What has to be said beside a setting: what comes of its value, that a flag holds it, and why a change was refused. `id` is for aria-describedby. */
export function FieldNotes({
  id,
  held,
  faults,
  note = null,
}: {
  readonly id: string;
  readonly held: string | null;
  readonly faults: readonly string[];
  readonly note?: string | null;
}) {
  return (
    <div className="field-notes" id={id}>
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
