import { Icon, type IconName } from './Icon.js';

interface IconButtonProps {
  readonly icon: IconName;
  /** Spoken, and shown under the pointer. */
  readonly label: string;
  readonly onClick: () => void;
}

/** A button that is only an icon; its label says what it does and with what. */
export function IconButton({ icon, label, onClick }: IconButtonProps) {
  return (
    <button type="button" className="button-icon" aria-label={label} data-hint={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
