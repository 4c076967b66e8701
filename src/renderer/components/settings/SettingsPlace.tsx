import { useEffect, useRef, useState } from 'react';
import type { PlaceName } from '../../../shared/app-state.js';
import { groupSummary, settingsGroups, type SettingsGroup } from '../../group-summaries.js';
import type { Band } from '../../session-view.js';
import { texts } from '../../texts.js';
import type { SettingsScene } from '../../use-field.js';
import type { SettingControl } from '../../use-setting.js';
import { Icon, type IconName } from '../Icon.js';
import { AppGroup } from './AppGroup.js';
import { ExportsGroup } from './ExportsGroup.js';
import { FilesGroup } from './FilesGroup.js';
import { FoldersGroup } from './FoldersGroup.js';
import { GaugeGroup } from './GaugeGroup.js';
import { NoticesGroup } from './NoticesGroup.js';
import { ScriptsGroup } from './ScriptsGroup.js';
import { WindowsGroup } from './WindowsGroup.js';

interface SettingsPlaceProps extends SettingsScene {
  readonly band: SettingControl<Band>;
  readonly onPause: (paused: boolean) => void;
  readonly onOpen: (place: PlaceName) => void;
}

const icons: Readonly<Record<SettingsGroup, IconName>> = {
  exports: 'export',
  notices: 'bell',
  gauge: 'gauge',
  app: 'window',
  folders: 'folder',
  windows: 'ruler',
  scripts: 'script',
  files: 'log',
};

/** The settings: a list of groups, each with what holds in it now, and one group at a time with all of its fields. */
export function SettingsPlace(props: SettingsPlaceProps) {
  const [open, setOpen] = useState<SettingsGroup | null>(null);
  const [left, setLeft] = useState<SettingsGroup | null>(null);
  if (open === null) {
    return (
      <GroupList
        {...props}
        left={left}
        onChoose={(group) => {
          setOpen(group);
          setLeft(null);
        }}
      />
    );
  }
  return (
    <OpenGroup
      {...props}
      group={open}
      onBack={() => {
        setOpen(null);
        setLeft(open);
      }}
    />
  );
}

interface GroupListProps extends SettingsPlaceProps {
  /** The group that was left just now; its row gets the focus back. */
  readonly left: SettingsGroup | null;
  readonly onChoose: (group: SettingsGroup) => void;
}

function GroupList({ state, left, onChoose }: GroupListProps) {
  const returned = useRef<HTMLButtonElement>(null);
  useEffect(() => returned.current?.focus(), []);
  return (
    <section className="groups" aria-label={texts.places.settings}>
      <h2 className="visually-hidden">{texts.places.settings}</h2>
      <ul>
        {settingsGroups.map((group) => (
          <li key={group}>
            <button
              type="button"
              className="group-row"
              ref={group === left ? returned : null}
              onClick={() => onChoose(group)}
            >
              <span className="group-icon">
                <Icon name={icons[group]} />
              </span>
              <span className="group-words">
                <span className="group-name">{texts.settings.groups[group]}</span>
                <span className="group-summary">{groupSummary(group, state)}</span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OpenGroupProps extends SettingsPlaceProps {
  readonly group: SettingsGroup;
  readonly onBack: () => void;
}

function OpenGroup({ group, onBack, ...props }: OpenGroupProps) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus({ preventScroll: true });
    const section = back.current?.closest('section');
    const top = section?.getBoundingClientRect().top ?? 0;
    // The list before it may have been scrolled, and large text may leave no room below the strips.
    if (top < 0 || top > window.innerHeight / 2) section?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section className="group" aria-label={texts.settings.groups[group]}>
      <div className="group-head">
        <button type="button" className="button-icon" ref={back} aria-label={texts.settings.back} onClick={onBack}>
          <Icon name="previous" />
        </button>
        <h2>{texts.settings.groups[group]}</h2>
      </div>
      <div className="group-body">
        <GroupBody group={group} {...props} />
      </div>
    </section>
  );
}

function GroupBody({
  group,
  state,
  api,
  band,
  onPause,
  onOpen,
}: SettingsPlaceProps & { readonly group: SettingsGroup }) {
  const scene = { state, api };
  switch (group) {
    case 'exports':
      return <ExportsGroup {...scene} band={band} onPause={onPause} />;
    case 'notices':
      return <NoticesGroup {...scene} />;
    case 'gauge':
      return <GaugeGroup {...scene} />;
    case 'app':
      return <AppGroup {...scene} />;
    case 'folders':
      return <FoldersGroup {...scene} />;
    case 'windows':
      return <WindowsGroup {...scene} />;
    case 'scripts':
      return <ScriptsGroup {...scene} />;
    case 'files':
      return <FilesGroup {...scene} onOpen={onOpen} />;
  }
}
