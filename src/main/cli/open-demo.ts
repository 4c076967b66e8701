import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { playDemo, type Demo } from '../demo/play-demo.js';
import type { RunOptions } from './parse-arguments.js';
import type { World } from './world.js';

const turnMs = 1_500;

/** Where a demo plays, and where its data go: below its folder, unless `--data-dir` says where. */
export interface DemoPlace {
  readonly folder: string;
  readonly dataFolder: string;
}

/** A demo that plays, and the options of the run that watches it and nothing else. */
export interface OpenDemo extends Demo, DemoPlace {
  readonly options: RunOptions;
}

/** Makes a folder for a demo, of this user only. */
export function makeDemoPlace({ facts }: Pick<World, 'facts'>, options: RunOptions): DemoPlace {
  const folder = mkdtempSync(path.join(facts.temporaryFolder, 'context-watcher-demo-'));
  return { folder, dataFolder: options.dataFolder ?? path.join(folder, 'data') };
}

/** Plays a generated session there. */
export async function openDemo(world: Pick<World, 'now'>, options: RunOptions, place: DemoPlace): Promise<OpenDemo> {
  const demo = await playDemo({ folder: place.folder, turnMs, now: world.now });
  const { dataFolder } = place;
  return { ...demo, ...place, options: { ...options, dataFolder, claudeFolders: [demo.claudeFolder] } };
}

/** Tells whoever started it where the demo can be looked at; one line with its end. */
export function demoLine({ folder }: DemoPlace): string {
  return `The demo plays in ${folder}\n`;
}
