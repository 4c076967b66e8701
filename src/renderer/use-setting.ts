import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const afterLastKeyMs = 500;
const settleMs = 2000;

/** One setting that is being edited: what to show, what is wrong with it, and the steps of an edit. */
export interface SettingControl<Value> {
  /** The draft while one is being made or is on its way, else the value in force. */
  readonly shown: Value;
  /** Why main refused the last change; empty when it didn't. */
  readonly faults: readonly string[];
  /** Shows a value without acting on it. */
  readonly preview: (value: Value) => void;
  /** Acts on the draft now: at the release of a pointer, on Enter, when the focus leaves. */
  readonly commit: () => void;
  /** Acts on the draft 500 ms after the last call: for keys. */
  readonly commitSoon: () => void;
  /** Drops the draft; says whether there was one. */
  readonly cancel: () => boolean;
}

interface Draft<Value> {
  readonly value: Value;
  readonly sent: boolean;
}

/**
 * Holds the draft of one setting. `settled` is the value in force: it never shows while a draft is being made,
 * so a new state from main doesn't fight a drag. `send` answers with the faults, in words, that main found.
 */
export function useSetting<Value>(
  settled: Value,
  isSame: (one: Value, other: Value) => boolean,
  send: (value: Value) => Promise<readonly string[]>,
): SettingControl<Value> {
  const [draft, setDraft] = useState<Draft<Value> | null>(null);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [seen, setSeen] = useState(settled);
  if (!isSame(seen, settled)) {
    setSeen(settled);
    if (draft?.sent === true) setDraft(null);
  }
  const now = useRef({ draft, settled, isSame, send, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  useLayoutEffect(() => void Object.assign(now.current, { settled, isSame, send }));

  const put = useCallback((next: Draft<Value> | null): void => {
    now.current.draft = next;
    setDraft(next);
  }, []);

  const commit = useCallback((): void => {
    clearTimeout(now.current.timer);
    const { draft: made, settled: inForce, isSame: same } = now.current;
    if (made === null || made.sent) return;
    if (same(made.value, inForce)) return put(null);
    const sent = { value: made.value, sent: true };
    put(sent);
    void now.current.send(sent.value).then((found) => {
      if (now.current.draft !== sent) return;
      setFaults(found);
      if (found.length > 0) return put(null);
      now.current.timer = setTimeout(() => now.current.draft === sent && put(null), settleMs);
    });
  }, [put]);

  const preview = useCallback(
    (value: Value): void => {
      setFaults([]);
      put({ value, sent: false });
    },
    [put],
  );

  const commitSoon = useCallback((): void => {
    clearTimeout(now.current.timer);
    now.current.timer = setTimeout(commit, afterLastKeyMs);
  }, [commit]);

  const cancel = useCallback((): boolean => {
    clearTimeout(now.current.timer);
    const wasEditing = now.current.draft !== null && !now.current.draft.sent;
    if (wasEditing) put(null);
    return wasEditing;
  }, [put]);

  useEffect(() => commit, [commit]);

  return { shown: draft === null ? settled : draft.value, faults, preview, commit, commitSoon, cancel };
}
