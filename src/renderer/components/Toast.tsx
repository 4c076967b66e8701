import { displayText } from '../display-text.js';
import { texts } from '../texts.js';
import { Icon } from './Icon.js';

/** A sentence about what just went wrong, above the footer until it is dismissed. The alert region is always there, so it is spoken. */
export function Toast({ message, onDismiss }: { readonly message: string | null; readonly onDismiss: () => void }) {
  return (
    <div role="alert">
      {message === null ? null : (
        <div className="strip strip-problem strip-toast">
          <Icon name="warning" />
          <p>{displayText(message)}</p>
          <button type="button" className="button-icon" aria-label={texts.toast.dismiss} onClick={onDismiss}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
