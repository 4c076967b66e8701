import type { Settings } from './settings.js';

/** From which percentages on a gauge or bar is drawn as near and as full. */
export interface ColourBands {
  /** From here on near: at it counts. */
  readonly warn: number;
  /** From here on full, or above here where it follows the export band. */
  readonly alarm: number;
  /** Whether a reading of exactly `alarm` percent is full already. */
  readonly alarmIncluded: boolean;
}

/** The bands of colour in force: the user's own, else the edges of the export band, above whose upper edge a session is late. */
export function colourBands(
  settings: Pick<Settings, 'warnPercent' | 'alarmPercent' | 'thresholdPercent' | 'maxPercent'>,
): ColourBands {
  const { warnPercent, alarmPercent, thresholdPercent, maxPercent } = settings;
  return {
    warn: warnPercent ?? thresholdPercent,
    alarm: alarmPercent ?? maxPercent,
    alarmIncluded: alarmPercent !== null,
  };
}

/** Where a percentage of the context window lies. Full wins where an export band was moved below the user's own colours. */
export function colourOf(percent: number, { warn, alarm, alarmIncluded }: ColourBands): 'calm' | 'near' | 'full' {
  if (percent > alarm || (alarmIncluded && percent === alarm)) return 'full';
  return percent >= warn ? 'near' : 'calm';
}
