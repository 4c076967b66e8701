import { useEffect } from 'react';

/** Calls `onSettings` for the key combination that opens settings everywhere: ⌘, on macOS, Ctrl+, elsewhere. */
export function useSettingsKey(onSettings: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isWish = event.key === ',' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
      if (!isWish || event.defaultPrevented) return;
      event.preventDefault();
      onSettings();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onSettings]);
}
