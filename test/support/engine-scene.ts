import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { startEngine } from '../../src/main/engine.js';
import type { Engine, EngineOptions } from '../../src/main/engine/engine-contract.js';
import type { KeyValueStore } from '../../src/main/settings/key-value-store.js';
import { openSettings } from '../../src/main/settings/settings-store.js';
import { resolveAppPaths } from '../../src/main/support/app-paths.js';
import type { SettingsPatch } from '../../src/shared/settings.js';
import { tempFolder } from './temp-folder.js';
import { answerLine, promptLine, transcriptOf } from './transcript-lines.js';

/** A home with session files and the means to start engines over it, one after the other, with the same memory. */
export interface EngineScene {
  readonly home: string;
  readonly storage: string;
  readonly logLines: string[];
  readonly start: (change?: Partial<EngineOptions> & { readonly flags?: SettingsPatch }) => Promise<Engine>;
  /** Appends lines to a session; a turn of `usedTokens` (model with a 200 000 window) when given a number. */
  readonly write: (sessionId: string, content: number | readonly string[], project?: string) => string;
  readonly sessionFile: (sessionId: string, project?: string) => string;
  /** Names of the segments of a session, archived or pending, in the order of their names. */
  readonly segments: (sessionId: string) => string[];
  /** The archived segments of a session joined. */
  readonly joined: (sessionId: string) => string;
  readonly age: (sessionId: string, seconds: number) => void;
}

/** Makes an empty scene; engines that are still running are stopped when the test is over. */
export function engineScene(): EngineScene {
  const home = tempFolder();
  const storage = path.join(home, 'storage');
  const logLines: string[] = [];
  const settingsStore = memoryStore('settings.json');
  const appStateStore = memoryStore('state.json');
  let turn = 0;

  const sessionFile = (sessionId: string, project = 'api-server') =>
    path.join(home, '.claude', 'projects', `-w-${project}`, `${sessionId}.jsonl`);
  const archive = (sessionId: string) => path.join(storage, 'exports-archive', sessionId);

  return {
    home,
    storage,
    logLines,
    async start({ flags = {}, ...change } = {}) {
      const now = () => new Date();
      const opened = openSettings({ store: settingsStore, flags, now });
      if (opened.kind === 'bad-flags') throw new Error('bad flags');
      const say = (message: string) => void logLines.push(message);
      const engine = await startEngine({
        paths: resolveAppPaths(
          {
            homeFolder: home,
            platform: 'linux',
            environment: {},
            dataFolder: storage,
            temporaryFolder: home,
            userId: 0,
            exists: existsSync,
          },
          null,
        ),
        homeFolder: home,
        environment: {},
        claudeFolders: [],
        activeWithinSeconds: 300,
        settings: opened.settings,
        appStateStore,
        startProblems: [],
        daemonPid: null,
        onDaemonEnded: async () => undefined,
        askForCommand: null,
        entryIndexWorker: null,
        demo: false,
        automaticExports: true,
        log: { debug: () => undefined, info: say, warn: say, error: say, close: () => undefined },
        now,
        appVersion: '0.0.0',
        ...change,
      });
      onTestFinished(() => engine.stop());
      return engine;
    },
    write(sessionId, content, project = 'api-server') {
      turn += 1;
      const lines =
        typeof content === 'number'
          ? [
              promptLine({ uuid: `u${turn}`, line: { cwd: `/w/${project}` } }),
              answerLine({
                uuid: `a${turn}`,
                messageId: `m${turn}`,
                promptTokens: content - 100,
                outputTokens: 100,
                line: { cwd: `/w/${project}` },
              }),
            ]
          : content;
      const file = sessionFile(sessionId, project);
      mkdirSync(path.dirname(file), { recursive: true });
      appendFileSync(file, transcriptOf(...lines));
      return file;
    },
    sessionFile,
    segments(sessionId) {
      const isOurs = (name: string) => name.endsWith('.jsonl') && name.includes(sessionId.slice(0, 8));
      const folders = [archive(sessionId), path.join(storage, 'exports-pending')].filter((folder) =>
        existsSync(folder),
      );
      return folders
        .flatMap((folder) => readdirSync(folder))
        .filter(isOurs)
        .toSorted();
    },
    joined(sessionId) {
      const folder = archive(sessionId);
      const manifests = readdirSync(folder)
        .filter((name) => name.endsWith('.manifest.json'))
        .map((name) => ({ name, manifest: JSON.parse(readFileSync(path.join(folder, name), 'utf8')) }))
        .toSorted((one, other) => one.manifest.range.start - other.manifest.range.start);
      return manifests
        .map(({ name }) => readFileSync(path.join(folder, name.replace('.manifest.json', '.jsonl')), 'utf8'))
        .join('');
    },
    age(sessionId, seconds) {
      const at = Date.now() / 1_000 - seconds;
      utimesSync(sessionFile(sessionId), at, at);
    },
  };
}

function memoryStore(name: string): KeyValueStore {
  const content: Record<string, unknown> = {};
  return {
    path: name,
    get: (key) => content[key],
    set: (record) => void Object.assign(content, structuredClone(record)),
  };
}
