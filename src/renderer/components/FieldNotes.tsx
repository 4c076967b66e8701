/** What has to be said beside a setting: that a flag holds it, and why a change was refused. `id` is for aria-describedby. */
export function FieldNotes({
  id,
  held,
  faults,
}: {
  readonly id: string;
  readonly held: string | null;
  readonly faults: readonly string[];
}) {
  return (
    <div className="field-notes" id={id}>
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
