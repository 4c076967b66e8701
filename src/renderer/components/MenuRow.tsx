import * as Menu from '@radix-ui/react-dropdown-menu';
import { Icon, type IconName } from './Icon.js';

interface MenuRowProps {
  readonly icon: IconName;
  readonly label: string;
  /** What it is now, or why it can't be done. */
  readonly detail?: string | null;
  readonly isOff?: boolean;
  readonly onSelect: () => void;
}

/** One row of a menu: icon, what it does, and at the end what there is to say of it. */
export function MenuRow({ icon, label, detail = null, isOff = false, onSelect }: MenuRowProps) {
  return (
    <Menu.Item className="menu-item" disabled={isOff} onSelect={onSelect}>
      <Icon name={icon} />
      <span className="menu-words">{label}</span>
      {detail === null ? null : <span className="menu-detail">{detail}</span>}
    </Menu.Item>
  );
}
