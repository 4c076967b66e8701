import type { NearDeletion } from '../../shared/app-state.js';
import { figures } from '../figures.js';
import { texts } from '../texts.js';
import { Banner } from './Banner.js';

interface DeletionStripProps {
  readonly near: NearDeletion | null;
  readonly onArchive: () => void;
}

/** Says what the client is about to delete that is not archived, with the button that archives it; nothing where there is none. */
export function DeletionStrip({ near, onArchive }: DeletionStripProps) {
  if (near === null || near.sessions === 0) return null;
  if (near.archiving) return <Banner icon="export" text={texts.deletion.archiving(near.sessions)} />;
  const text = texts.deletion.near(near.sessions, figures.bytes(near.bytes));
  return <Banner icon="export" text={text} action={texts.deletion.archive(near.sessions)} onAction={onArchive} />;
}
