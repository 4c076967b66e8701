/**
 * A signal that is aborted when this process is asked to end (Ctrl-C, SIGTERM, the terminal closed), instead of ending at once: what was
 * started can be stopped first.
 * @returns {AbortSignal}
 */
export function endingSignal() {
  const controller = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => controller.abort());
  return controller.signal;
}

/** The exit code that shells hand back for a command that Ctrl-C ended. */
export const interruptedExitCode = 130;
