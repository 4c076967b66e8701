import type { RefCallback } from 'react';
import { ArchiveEmpty } from './ArchiveEmpty.js';

/** The second place: everything that was ever exported. It keeps one height, so that nothing jumps while it is searched. */
export function ArchivePlace({ part }: { readonly part: RefCallback<HTMLElement> }) {
  return (
    <div className="archive">
      <div className="archive-height" ref={part} aria-hidden="true" />
      <ArchiveEmpty />
    </div>
  );
}
