import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { readManifest } from '../../../src/main/export/segment-manifest.js';
import { manifestNameOf } from '../../../src/main/export/segment-name.js';
import { finishUnfinishedExports } from '../../../src/main/export/unfinished-exports.js';
import type { SeededRandom } from '../../bench/seeded-random.js';
import { metadataLine, sessionId, userLine } from '../export/export-fixture.js';
import { agent, meta, readStored, sidecarScene } from '../export/sidecar-scene.js';
import { makeArchiveFixture } from './archive-fixture.js';

/** A storage that children are killed in, and a session with sidecars that is written meanwhile. */
export interface KillScene {
  readonly contextStorage: string;
  readonly sourcePath: string;
  /** Where to keep notes beside the storage, on the same disk. */
  readonly notes: string;
  /** Says what is wrong with the exports that a dead child had said were done. */
  readonly lostOf: (names: readonly string[]) => Promise<readonly string[]>;
  /** Ends the writing, then lets an app start, export and archive what is left; says all that is wrong then. */
  readonly finish: (isPowerCut: boolean) => Promise<readonly string[]>;
  readonly remove: () => Promise<void>;
}

const writeEveryMs = 4;

/** Makes a scene below `parent` and begins to write its session, in pieces that may end in the middle of a line. */
export async function makeKillScene(parent: string, random: SeededRandom): Promise<KillScene> {
  const fixture = await makeArchiveFixture(parent);
  const { layout, sourcePath } = fixture;
  await mkdir(layout.contextStorage, { mode: 0o700 });
  const sidecars = sidecarScene(fixture);
  let lines = 0;
  let rest = '';
  const writeOn = () => {
    if (rest === '') {
      lines += 1;
      const length = random.whole(0, 19) === 0 ? random.whole(0, 100_000) : random.whole(0, 300);
      rest = userLine(`u${lines}`, 'x'.repeat(length)) + metadataLine;
    }
    const length = random.whole(0, 2) === 0 ? random.whole(0, rest.length) : rest.length;
    appendFileSync(sourcePath, rest.slice(0, length));
    rest = rest.slice(length);
    appendFileSync(sidecars.at(agent), `${'s'.repeat(random.whole(0, 1000))}${random.whole(0, 1) === 0 ? '\n' : ''}`);
    if (random.whole(0, 19) === 0) writeFileSync(sidecars.at(meta), `{"lines":${lines}}`);
  };
  await sidecars.write(agent, '');
  writeOn();
  const writer = setInterval(writeOn, writeEveryMs);

  async function isHeld(name: string): Promise<boolean> {
    const folders = [layout.exportsPending, path.join(layout.exportsArchive, sessionId)];
    for (const manifestFolder of folders) {
      const read = await readManifest(path.join(manifestFolder, manifestNameOf(name)));
      if (read.kind !== 'valid') continue;
      for (const folder of folders) {
        const held = await readStored(path.join(folder, name)).catch(() => null);
        if (held && sha256Of(held) === read.manifest.sha256) return true;
      }
    }
    return false;
  }

  async function recover(): Promise<void> {
    await finishUnfinishedExports({
      folders: layout,
      setAside: layout.setAside,
      findSources: async () => [{ sessionId, path: sourcePath }],
      now: () => new Date(),
      appVersion: '0.1.0',
      log: () => undefined,
    });
    await fixture.exportNow();
    await fixture.queue.processAll();
    // What a child had half compressed is compressed to the end.
    const { setAside } = layout;
    const compression = { sessionId, folders: layout, setAside, plainForMs: 0, budgetBytes: Number.POSITIVE_INFINITY };
    await compressSession({ ...compression, now: () => new Date() });
  }

  async function wrongAtTheEnd(isPowerCut: boolean): Promise<readonly string[]> {
    const wrong: string[] = fixture.failures.map(({ message }) => `Not archived: ${message}`);
    const demand = (isTrue: boolean, sentence: string) => (isTrue ? 0 : wrong.push(sentence));
    const { segments } = await readExportLedger({ sessionId, ...layout });
    const pieces = segments.flatMap(({ manifest }) => manifest.sidecars ?? []);
    for (const relative of [agent, meta]) {
      const isWhole = (await sidecars.joined(relative)) === (await readFile(sidecars.at(relative), 'utf8'));
      demand(isWhole, `The pieces of ${relative} don't join to it.`);
    }
    const agentBytes = pieces.filter(({ path: of }) => of === agent).map(({ range }) => range.end - range.start);
    const stored = agentBytes.reduce((sum, bytes) => sum + bytes, 0);
    demand(
      stored === (await readFile(sidecars.at(agent))).length,
      'Bytes of a sidecar are stored twice or not at all.',
    );
    const source = await fixture.source();
    const places = segments.map(({ name }) => path.join(layout.exportsArchive, sessionId, name));
    const bytes = await Promise.all(places.map(readStored));
    const isJoined = Buffer.concat(bytes).equals(source.subarray(0, source.lastIndexOf(10) + 1));
    demand(isJoined, "The segments don't join to the session.");
    const archived = await fixture.archived();
    demand(archived.length === segments.length * 2 + pieces.length, `${archived.length} files are archived.`);
    const everything = await readdir(layout.contextStorage, { recursive: true });
    const halves = everything.filter((name) => name.includes('.cw-tmp'));
    demand(halves.length === 0, `Half-written: ${halves.join(', ')}`);
    // A power cut may take a draft away: what it said of sidecars is then unproven. They are exported again.
    const aside = everything.filter((name) => name.startsWith(`set-aside${path.sep}`));
    demand(isPowerCut || aside.length === 0, `Set aside: ${aside.join(', ')}`);
    const pending = await readdir(layout.exportsPending);
    demand(pending.length === 0, `The queue holds ${pending.join(', ')}`);
    demand((await fixture.index.unsettled()).length === 0, 'Files are in work still.');
    const reports = await fixture.reports();
    demand(reports.length === segments.length, `${reports.length} reports tell of ${segments.length} exports.`);
    const total = (key: string) => reports.reduce((sum, report) => sum + Number(report[key]), 0);
    demand(total('messages_new') === lines, `${total('messages_new')} of ${lines} messages are reported as new.`);
    demand(total('messages_duplicate') === 0, `${total('messages_duplicate')} messages were indexed twice.`);
    return wrong;
  }

  return {
    contextStorage: layout.contextStorage,
    sourcePath,
    notes: path.join(fixture.folder, 'notes'),
    async lostOf(names) {
      const wrong: string[] = [];
      for (const name of names) if (!(await isHeld(name))) wrong.push(`Lost although it was exported: ${name}`);
      return wrong;
    },
    async finish(isPowerCut) {
      clearInterval(writer);
      appendFileSync(sourcePath, rest);
      appendFileSync(sidecars.at(agent), '\n');
      writeFileSync(sidecars.at(meta), 'the last word');
      try {
        await recover();
        return await wrongAtTheEnd(isPowerCut);
      } catch (error) {
        return [`What the children left can't be brought to its end: ${String(error)}`];
      }
    },
    async remove() {
      clearInterval(writer);
      await fixture.remove();
    },
  };
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
