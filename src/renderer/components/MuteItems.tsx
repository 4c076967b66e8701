import * as Menu from '@radix-ui/react-dropdown-menu';
import type { Mute, MuteLength } from '../../shared/app-state.js';
import { muteWords } from '../mute-words.js';
import { texts } from '../texts.js';
import { MenuRow } from './MenuRow.js';

interface MuteItemsProps {
  readonly mute: Mute | null;
  readonly label: string;
  readonly nowMs: number;
  readonly onMute: (length: MuteLength | null) => void;
}

const lengths: readonly MuteLength[] = ['one-hour', 'until-tomorrow', 'lasting'];

/** Menu rows that mute notices for a while, or let them through again. */
export function MuteItems({ mute, label, nowMs, onMute }: MuteItemsProps) {
  return (
    <Menu.Group>
      <Menu.Label className="menu-label">{label}</Menu.Label>
      {mute === null ? (
        lengths.map((length) => (
          <MenuRow key={length} icon="bellOff" label={texts.mute.lengths[length]} onSelect={() => onMute(length)} />
        ))
      ) : (
        <MenuRow icon="bell" label={texts.mute.unmute} detail={muteWords(mute, nowMs)} onSelect={() => onMute(null)} />
      )}
    </Menu.Group>
  );
}
