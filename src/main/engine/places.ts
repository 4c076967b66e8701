import type { Places } from '../../shared/app-state.js';

/** The places that people are told of, and no others. */
export function placesOf({ contextStorage, exportsPending, exportsArchive, logFile, settingsFile }: Places): Places {
  return { contextStorage, exportsPending, exportsArchive, logFile, settingsFile };
}
