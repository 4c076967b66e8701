import type { PlaceName, RootHealth } from '../../shared/app-state.js';
import { texts } from '../texts.js';
import { Icon } from './Icon.js';

/** The places of the popover. */
export type TabName = 'sessions' | 'archive' | 'settings';

interface FooterProps {
  readonly tab: TabName;
  readonly roots: readonly RootHealth[];
  readonly onTab: (tab: TabName) => void;
  readonly onOpen: (place: PlaceName) => void;
}

const tabs: readonly TabName[] = ['sessions', 'archive', 'settings'];

/** The places on the left; on the right how the watching goes, and the ways to the files. */
export function Footer({ tab, roots, onTab, onOpen }: FooterProps) {
  return (
    <div className="footer-bar">
      <nav className="tabs" aria-label={texts.places.label}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            className="tab"
            aria-current={name === tab ? 'page' : undefined}
            onClick={() => onTab(name)}
          >
            {texts.places[name]}
          </button>
        ))}
      </nav>
      <WatchHealth roots={roots} />
      <span className="footer-actions">
        <FooterAction icon="folder" label={texts.footer.openExports} onClick={() => onOpen('exports-archive')} />
        <FooterAction icon="log" label={texts.footer.openLog} onClick={() => onOpen('log')} />
      </span>
    </div>
  );
}

function WatchHealth({ roots }: { readonly roots: readonly RootHealth[] }) {
  const watched = roots.filter(({ state }) => state === 'watching' || state === 'polling').length;
  const hasTrouble = roots.some(({ state }) => state === 'unreadable' || state === 'slow');
  const health = watched === roots.length && watched > 0 ? 'watching' : hasTrouble ? 'unreadable' : 'missing';
  const words =
    watched === roots.length ? texts.footer.watching(watched) : texts.footer.watchingSome(watched, roots.length);
  return (
    <div className="health" data-hint={words}>
      <span className="health-dot" data-health={health} aria-hidden="true" />
      <span className="health-words">{words}</span>
    </div>
  );
}

function FooterAction({ icon, label, onClick }: { icon: 'folder' | 'log'; label: string; onClick: () => void }) {
  return (
    <button type="button" className="button-icon" aria-label={label} data-hint={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
