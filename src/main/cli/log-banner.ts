import type { Log } from '../support/log.js';
import { bannerLines } from '../views/banner.js';
import type { OpenRun } from './open-run.js';
import type { World } from './world.js';

/** Logs what a run starts with: version, platform and the settings in force. */
export function logBanner(world: World, { settings }: OpenRun, log: Log): void {
  for (const line of bannerLines(settings.current(), world.facts.platform, world.appVersion)) log.info(line);
}
