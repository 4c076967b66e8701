import { texts } from '../../texts.js';
import { Icon } from '../Icon.js';

/** Nothing is archived yet: what will be here, and why. */
export function ArchiveEmpty() {
  return (
    <section className="archive-message" aria-label={texts.archive.emptyHeading}>
      <span className="archive-picture" aria-hidden="true">
        <Icon name="archive" />
      </span>
      <h2>{texts.archive.emptyHeading}</h2>
      <p>{texts.archive.emptyBody}</p>
    </section>
  );
}
