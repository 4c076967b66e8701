import { type RefCallback, useCallback } from 'react';

/** A ref for a part of the page: a right click in it, the menu key or Shift+F10 opens its menu. Fields keep what is theirs. The part is handed on to `other`. */
export function useContextMenu(
  open: (isOpen: boolean) => void,
  other: RefCallback<HTMLElement>,
): RefCallback<HTMLElement> {
  return useCallback(
    (part: HTMLElement | null) => {
      const onMenu = (event: Event): void => {
        if (event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        open(true);
      };
      part?.addEventListener('contextmenu', onMenu);
      const undo = other(part);
      return () => {
        part?.removeEventListener('contextmenu', onMenu);
        undo?.();
      };
    },
    [open, other],
  );
}
