import * as Menu from '@radix-ui/react-dropdown-menu';
import type { AppState } from '../../../shared/app-state.js';
import type { JobWish } from '../../../shared/jobs.js';
import { figures } from '../../figures.js';
import { texts } from '../../texts.js';
import { Icon } from '../Icon.js';
import { MenuRow } from '../MenuRow.js';

interface ArchiveFootProps {
  readonly state: AppState;
  readonly onStart: (wish: JobWish) => void;
  readonly onOpenFolder: () => void;
}

/** How large the archive is, the size of which the user wants to be reminded, and what concerns all of it. */
export function ArchiveFoot({ state, onStart, onOpenFolder }: ArchiveFootProps) {
  const { archive, settings, jobs } = state;
  const isRunning = (...kinds: readonly string[]) =>
    jobs.some(({ kind, result }) => result === null && kinds.includes(kind));
  const limit = settings.archiveReminderGigabytes;
  const words = [
    archive.bytes === null || archive.sessions === null
      ? null
      : texts.archive.total(archive.sessions, figures.bytes(archive.bytes)),
    limit === null ? null : texts.archive.reminder(figures.bytes(limit * 1_000_000_000)),
  ];
  const isVerifying = isRunning('verify');
  return (
    <div className="archive-foot">
      <p>{words.filter((word) => word !== null).join(texts.listSeparator)}</p>
      <button
        type="button"
        className="button button-small"
        aria-disabled={isVerifying}
        onClick={isVerifying ? undefined : () => onStart({ kind: 'verify' })}
      >
        {texts.archive.verify}
      </button>
      <Menu.Root modal={false}>
        <Menu.Trigger asChild>
          <button type="button" className="button-icon" aria-label={texts.archive.more} data-hint={texts.archive.more}>
            <Icon name="more" />
          </button>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content
            className="menu"
            align="end"
            sideOffset={4}
            collisionPadding={8}
            aria-label={texts.archive.more}
          >
            <MenuRow
              icon="retry"
              label={texts.archive.rebuild}
              isOff={isRunning('index', 'reindex')}
              onSelect={() => onStart({ kind: 'reindex' })}
            />
            <MenuRow icon="folder" label={texts.archive.openFolder} onSelect={onOpenFolder} />
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
