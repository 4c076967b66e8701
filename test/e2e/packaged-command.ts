import { execa } from 'execa';
import type { Scene } from './scene.js';

/** How a run of the packaged app ended that was to end by itself. */
export interface CommandEnd {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the packaged app as the scene's user, on the scene's folders, with further arguments, until it ends. */
export async function runPackaged(scene: Scene, ...args: readonly string[]): Promise<CommandEnd> {
  const places = ['--data-dir', scene.data, '--claude-dir', scene.claude];
  const { exitCode, stdout, stderr } = await execa(scene.asUserApp, [...places, ...args], {
    env: scene.environment,
    extendEnv: false,
    cwd: scene.home,
    stdin: 'ignore',
    reject: false,
    timeout: 20_000,
  });
  return { exitCode, stdout, stderr };
}
