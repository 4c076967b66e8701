import { Icon } from './Icon.js';

/** A quiet line about lines of a session file that could not be read; nothing where all could. */
export function BadLines({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p className="bad-lines">
      <Icon name="warning" />
      {text}
    </p>
  );
}
