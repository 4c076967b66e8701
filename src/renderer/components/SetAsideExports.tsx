import { useRef } from 'react';
import type { SetAsideExport } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { figures } from '../figures.js';
import { focusHeading } from '../focus-heading.js';
import { texts } from '../texts.js';
import type { ActOnPending } from '../use-pending-actions.js';
import { IconButton } from './IconButton.js';

/** What was set aside from the pending exports, with the way back where there is one. */
export function SetAsideExports({
  files,
  onAct,
}: {
  readonly files: readonly SetAsideExport[];
  readonly onAct: ActOnPending;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  if (files.length === 0) return null;
  const bringBack = async (name: string): Promise<void> => {
    if (await onAct('bring-back', name)) focusHeading(heading.current);
  };
  return (
    <section className="section" aria-label={texts.pending.asideHeading}>
      <div className="section-head">
        <h2 ref={heading}>{texts.pending.asideHeading}</h2>
        <span>{files.length}</span>
      </div>
      <ul className="rows" aria-label={texts.pending.asideHeading}>
        {files.map(({ name, bytes, isUnfinished }) => (
          <li key={name} className="pending">
            <div className="pending-foot">
              <bdi className="pending-name">{displayText(name)}</bdi>
              <span className="pending-facts">{isUnfinished ? texts.pending.unfinished : figures.bytes(bytes)}</span>
              {isUnfinished ? null : (
                <IconButton
                  icon="back"
                  label={texts.pending.bringBack(displayText(name))}
                  onClick={() => void bringBack(name)}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
