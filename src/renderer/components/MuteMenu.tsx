import * as Menu from '@radix-ui/react-dropdown-menu';
import { useState } from 'react';
import type { Mute, MuteLength } from '../../shared/app-state.js';
import { muteWords } from '../mute-words.js';
import { texts } from '../texts.js';
import { Icon } from './Icon.js';
import { MuteItems } from './MuteItems.js';

interface MuteMenuProps {
  readonly mute: Mute | null;
  readonly nowMs: number;
  readonly onMute: (length: MuteLength | null) => void;
}

/** Mutes the notices of every session for a while; the bell is crossed out as long as they are. */
export function MuteMenu({ mute, nowMs, onMute }: MuteMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const words = muteWords(mute, nowMs);
  const label = words === null ? texts.mute.ofAll : `${texts.mute.ofAll}: ${words}`;
  return (
    <Menu.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <Menu.Trigger asChild>
        <button
          type="button"
          className="button-icon button-bell"
          data-muted={mute !== null}
          aria-label={label}
          data-hint={label}
        >
          <Icon name={mute === null ? 'bell' : 'bellOff'} />
        </button>
      </Menu.Trigger>
      {isOpen ? (
        <Menu.Portal container={document.querySelector('main')}>
          <Menu.Content className="menu" align="end" sideOffset={4} collisionPadding={8} aria-label={texts.mute.ofAll}>
            <MuteItems mute={mute} label={texts.mute.ofAll} nowMs={nowMs} onMute={onMute} />
          </Menu.Content>
        </Menu.Portal>
      ) : null}
    </Menu.Root>
  );
}
