import { Icon, type IconName } from './Icon.js';

interface BannerProps {
  readonly icon: IconName;
  readonly text: string;
  /** Both or neither. */
  readonly action?: string;
  readonly onAction?: () => void;
}

/** A line across the top that says what mode the app is in, with the way out of it where there is one. */
export function Banner({ icon, text, action, onAction }: BannerProps) {
  return (
    <div className="strip strip-mode" role="status">
      <Icon name={icon} />
      <p>{text}</p>
      {action === undefined ? null : (
        <button type="button" className="button button-small" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  );
}
