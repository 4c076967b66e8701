import * as Tooltip from '@radix-ui/react-tooltip';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

const delayMs = 400;

interface Hint {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The one tooltip of the page: it shows what stands in `data-hint` of what the pointer rests on, or of what the keyboard
 * has come to. One for all, so that a hundred rows cost nothing.
 */
export function HintLayer() {
  const [hint, setHint] = useState<Hint | null>(null);
  useEffect(() => followHints(setHint), []);
  if (hint === null) return null;
  const { text, ...place } = hint;
  return (
    <Tooltip.Provider>
      <Tooltip.Root open>
        <Tooltip.Trigger asChild>
          <span className="hint-anchor" style={place} />
        </Tooltip.Trigger>
        <Tooltip.Content className="hint" side="bottom" sideOffset={6} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}

/** Tells what to show, and null when it is to go; returns its undo. */
function followHints(show: (hint: Hint | null) => void): () => void {
  let over: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hide = (): void => {
    clearTimeout(timer);
    show(null);
  };
  const moveTo = (target: EventTarget | null): void => {
    const hinted = target instanceof Element ? target.closest('[data-hint]') : null;
    if (hinted === over) return;
    over = hinted;
    hide();
    if (hinted === null) return;
    timer = setTimeout(() => {
      const text = hinted.getAttribute('data-hint');
      if (!text || !hinted.isConnected) return;
      const { left, top, width, height } = hinted.getBoundingClientRect();
      show({ text, left, top, width, height });
    }, delayMs);
  };
  const onFocus = ({ target }: FocusEvent): void => {
    if (target instanceof Element && target.matches(':focus-visible')) moveTo(target);
  };
  const onKey = ({ key }: KeyboardEvent): void => {
    // At once, so that Escape does what it would do without a hint, too.
    if (key === 'Escape') flushSync(hide);
  };
  const undos = [
    listen('pointerover', ({ target }) => moveTo(target)),
    listen('pointerdown', hide),
    listen('pointerleave', () => moveTo(null)),
    listen('focusin', onFocus),
    listen('focusout', () => moveTo(null)),
    listen('scroll', hide),
    listen('contextmenu', hide),
    listen('keydown', onKey),
  ];
  return () => {
    clearTimeout(timer);
    for (const undo of undos) undo();
  };
}

function listen<Name extends keyof WindowEventMap>(
  name: Name,
  listener: (event: WindowEventMap[Name]) => void,
): () => void {
  window.addEventListener(name, listener, true);
  return () => window.removeEventListener(name, listener, true);
}
