import * as Menu from '@radix-ui/react-dropdown-menu';
import { useState } from 'react';
import { texts } from '../../texts.js';
import { Icon, type IconName } from '../Icon.js';
import { MenuRow } from '../MenuRow.js';
import type { ArchivedAction } from './ArchivedRow.js';

interface ArchivedMenuProps {
  readonly name: string;
  /** Attributes of the button. */
  readonly trigger: { readonly tabIndex: number; readonly onFocus: () => void };
  readonly onAction: (action: ArchivedAction) => void;
}

const groups: readonly (readonly (readonly [ArchivedAction, IconName])[])[] = [
  [
    ['transcript', 'page'],
    ['searchIn', 'search'],
  ],
  [
    ['restore', 'back'],
    ['restoreInto', 'export'],
    ['reveal', 'folder'],
  ],
  [['delete', 'bin']],
];

/** All that can be done with one archived session, behind a button. */
export function ArchivedMenu({ name, trigger, onAction }: ArchivedMenuProps) {
  const [wasOpened, setOpened] = useState(false);
  const label = texts.archive.moreFor(name);
  const button = {
    type: 'button',
    className: 'button-icon',
    'aria-label': label,
    'data-hint': label,
    ...trigger,
  } as const;
  // A menu is dear to make: a list that is scrolled through makes none.
  if (!wasOpened) {
    return (
      <button {...button} aria-haspopup="menu" aria-expanded={false} onClick={() => setOpened(true)}>
        <Icon name="more" />
      </button>
    );
  }
  return (
    <Menu.Root modal={false} defaultOpen>
      <Menu.Trigger asChild>
        <button {...button}>
          <Icon name="more" />
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          className="menu"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onKeyDown={(event) => event.stopPropagation()}
        >
          {groups.map((rows, at) => (
            <Menu.Group key={rows[0]?.[0]} className="menu-group" data-first={at === 0}>
              {rows.map(([action, icon]) => (
                <MenuRow
                  key={action}
                  icon={icon}
                  label={texts.archive.actions[action]}
                  onSelect={() => onAction(action)}
                />
              ))}
            </Menu.Group>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
