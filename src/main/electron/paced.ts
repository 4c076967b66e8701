/** A function that runs now or soon, and its undo. */
export interface Paced {
  readonly run: () => void;
  readonly stop: () => void;
}

/**
 * Makes an action run at most once every `milliseconds`: the first call at once, further ones together at the
 * end of the pause, so that the last is never lost.
 */
export function paced(milliseconds: number, action: () => void): Paced {
  let timer: NodeJS.Timeout | null = null;
  let wanted = false;
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = null;
      if (!wanted) return;
      wanted = false;
      rest();
      action();
    }, milliseconds);
  };
  return {
    run: () => {
      if (timer !== null) {
        wanted = true;
        return;
      }
      rest();
      action();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      wanted = false;
    },
  };
}
