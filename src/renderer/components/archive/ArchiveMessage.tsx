import type { ReactNode } from 'react';
import { Icon, type IconName } from '../Icon.js';

interface ArchiveMessageProps {
  readonly icon: IconName;
  readonly heading: string;
  readonly body?: readonly string[];
  readonly isAlert?: boolean;
  /** What can be done. */
  readonly children?: ReactNode;
}

/** In the place of a list that there isn't: why, and what can be done. */
export function ArchiveMessage({ icon, heading, body = [], isAlert = false, children }: ArchiveMessageProps) {
  return (
    <section className="archive-message" aria-label={heading} role={isAlert ? 'alert' : undefined}>
      <span className="archive-picture" aria-hidden="true">
        <Icon name={icon} />
      </span>
      <h2>{heading}</h2>
      {body.map((words) => (
        <p key={words}>{words}</p>
      ))}
      {children === undefined ? null : <div className="archive-message-actions">{children}</div>}
    </section>
  );
}
