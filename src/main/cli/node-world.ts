import { existsSync } from 'node:fs';
import { constants, homedir, tmpdir } from 'node:os';
import process from 'node:process';
import packageJson from '../../../package.json' with { type: 'json' };
import { openOutput } from './output.js';
import type { World } from './world.js';

/** A terminal that closes ends the run as cleanly as Ctrl+C does. */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The world as this process finds it. `entryIndexWorker` is where the built index worker should lie, the other one beside it. */
export function nodeWorld(entryIndexWorker: URL): World {
  const whenBuilt = (worker: URL) => (existsSync(worker) ? worker : null);
  return {
    facts: {
      homeFolder: homedir(),
      platform: process.platform,
      environment: process.env,
      temporaryFolder: tmpdir(),
      userId: process.getuid?.() ?? null,
      exists: existsSync,
    },
    appVersion: packageJson.version,
    entryIndexWorker: whenBuilt(entryIndexWorker),
    glanceWorker: whenBuilt(new URL('glance-worker.js', entryIndexWorker)),
    now: () => new Date(),
    stdout: openOutput(process.stdout),
    stderr: openOutput(process.stderr),
    onSignal(listener) {
      const heard = endingSignals.map((name) => {
        const hear = () => listener({ name, number: constants.signals[name] });
        process.on(name, hear);
        return () => process.off(name, hear);
      });
      return () => heard.forEach((forget) => forget());
    },
    startEngine: async (options) => (await import('../engine.js')).startEngine(options),
    readOnce: async (options) => (await import('../engine/read-once.js')).readOnce(options),
  };
}
