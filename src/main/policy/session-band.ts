import type { ExportBand } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';

/**
 * The export band of one session in whole percent: from its own threshold on, where it has one, else from the common
 * one. An own threshold that is not below the common maximum has a band up to 100.
 */
export function bandOfSession(settings: Settings, sessionId: string): ExportBand {
  const { thresholdPercent, maxPercent, thresholdPercentBySession } = settings;
  // An id is a file's name and may be that of an object's own parts.
  const own = Object.hasOwn(thresholdPercentBySession, sessionId) ? thresholdPercentBySession[sessionId] : undefined;
  if (own === undefined) return { from: thresholdPercent, to: maxPercent, isOwn: false };
  return { from: own, to: maxPercent > own ? maxPercent : 100, isOwn: true };
}
