/** From the most talkative to the quietest; a log writes its own level and those after it. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** How talkative a log is. */
export type LogLevel = (typeof logLevels)[number];

/** The environment variable that sets the level of a run's log. */
export const logLevelVariable = 'CONTEXT_WATCHER_LOG';

/** The level that the environment asks for; `info` where it names none that there is. */
export function logLevelOf(environment: Readonly<Record<string, string | undefined>>): LogLevel {
  const wanted = environment[logLevelVariable]?.trim().toLowerCase();
  return logLevels.find((level) => level === wanted) ?? 'info';
}
