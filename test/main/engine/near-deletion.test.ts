import { appendFileSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepNearDeletion } from '../../../src/main/engine/near-deletion.js';
import { keepProblems } from '../../../src/main/engine/problem-list.js';
import { findUnarchivedSessions } from '../../../src/main/engine/unarchived-sessions.js';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { exportSegment } from '../../../src/main/export/segment-writer.js';
import { rememberSidecars } from '../../../src/main/export/sidecar-look.js';
import { statSessionFile, type SessionFile } from '../../../src/main/sessions/session-file.js';
import type { NewAppEvent } from '../../../src/shared/app-state.js';
import { tempFolder } from '../../support/temp-folder.js';
import { readingsOf } from '../export/sidecar-scene.js';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-01T12:00:00Z');

/** Session files of a folder, and the storage they would be archived in. */
function scene() {
  const home = tempFolder();
  const projects = path.join(home, 'projects', '-w');
  mkdirSync(projects, { recursive: true });
  const folders = {
    exportsPending: path.join(home, 'storage', 'exports-pending'),
    exportsArchive: path.join(home, 'storage', 'exports-archive'),
  };
  async function write(index: number, text: string, ageDays = 28): Promise<SessionFile> {
    const id = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000001`;
    const file = path.join(projects, `${id}.jsonl`);
    writeFileSync(file, text);
    const at = (nowMs - ageDays * dayMs) / 1_000;
    utimesSync(file, at, at);
    return look(file);
  }
  return { projects, folders, write };
}

async function look(file: string): Promise<SessionFile> {
  const found = await statSessionFile(file);
  if (!found) throw new Error('no file');
  return found;
}

const message = '{"type":"user","uuid":"u"}\n';

describe('findUnarchivedSessions', () => {
  it('reads no large file, a small one once, and nothing at the next look', async () => {
    const { folders, write } = scene();
    const files: SessionFile[] = [];
    for (let index = 0; index < 300; index += 1) files.push(await write(index, message.repeat(3_000)));
    const small = await write(999, message);
    const unarchived = findUnarchivedSessions({ folders, memory: rememberSidecars(), mayRead: () => true });
    const first = await readingsOf(() => unarchived.find([...files, small]));
    expect(first.bytes).toBe(message.length);
    const second = await readingsOf(async () => {
      expect(await unarchived.find([...files, small])).toHaveLength(301);
    });
    expect(second.bytes).toBe(0);
    unarchived.settle(small);
    expect(await unarchived.find([...files, small])).toHaveLength(300);
    expect(await unarchived.find([await write(999, message + message)])).toHaveLength(1);
  });

  it('reads nothing of a file that is as it was when it was exported, and reads on where it has grown', async () => {
    const { folders, write } = scene();
    const file = await write(1, message.repeat(5_000));
    const ledger = await readExportLedger({ sessionId: file.id, ...folders });
    await exportSegment({
      sourcePath: file.path,
      sessionId: file.id,
      endLimit: null,
      reading: null,
      trigger: 'manual',
      late: false,
      ledger,
      folders,
      now: () => new Date(nowMs),
      appVersion: '0.0.0',
    });
    const unarchived = findUnarchivedSessions({ folders, memory: rememberSidecars(), mayRead: () => true });
    const same = await readingsOf(async () => expect(await unarchived.find([file])).toEqual([]));
    expect(same.bytes).toBe(0);
    appendFileSync(file.path, '{"type":"summary"}\n');
    expect(await unarchived.find([await look(file.path)])).toEqual([]);
    appendFileSync(file.path, message);
    expect((await unarchived.find([await look(file.path)])).map(({ bytes }) => bytes)).toEqual([19 + message.length]);
  });

  it('counts no file without a message, and nothing that lies on a disk that is not quick but by its size', async () => {
    const { folders, write } = scene();
    const files = [await write(1, '{"type":"summary"}\n'), await write(2, ''), await write(3, message)];
    const quick = findUnarchivedSessions({ folders, memory: rememberSidecars(), mayRead: () => true });
    expect((await quick.find(files)).map(({ file }) => file.id[7])).toEqual(['3']);
    let mayRead = false;
    const slow = findUnarchivedSessions({ folders, memory: rememberSidecars(), mayRead: () => mayRead });
    const readings = await readingsOf(async () => {
      expect((await slow.find(files)).map(({ file }) => file.id[7])).toEqual(['1', '3']);
    });
    expect(readings.bytes).toBe(0);
    mayRead = true;
    expect((await slow.find(files)).map(({ file }) => file.id[7])).toEqual(['3']);
  });

  it('follows no link in place of a session', async () => {
    const { folders, write } = scene();
    const file = await write(1, message);
    const unarchived = findUnarchivedSessions({ folders, memory: rememberSidecars(), mayRead: () => true });
    expect(await unarchived.find([{ ...file, path: `${file.path}.gone` }])).toEqual([]);
  });
});

describe('keepNearDeletion', () => {
  function keeper(files: readonly SessionFile[], change: Partial<Parameters<typeof keepNearDeletion>[0]> = {}) {
    const { folders } = scene();
    const events: NewAppEvent[] = [];
    const exported: string[] = [];
    const problems = keepProblems({ now: () => new Date(nowMs), onNew: () => undefined, onChange: () => undefined });
    let toldAt: string | null = null;
    const kept = keepNearDeletion({
      files: () => files,
      unarchived: findUnarchivedSessions({ folders, memory: rememberSidecars(), mayRead: () => true }),
      isLive: () => false,
      cleanupPeriodDays: () => null,
      async exportFile({ id }) {
        exported.push(id);
        return { kind: 'exported' };
      },
      namesOf: async (named) => named.map(({ id }) => ({ sessionId: id, project: id.slice(0, 8), title: null })),
      exportsPending: folders.exportsPending,
      archiveBeforeDeletion: () => false,
      mayExport: () => true,
      isAutomatic: true,
      saved: {
        paused: () => false,
        deletionToldAt: () => toldAt,
        rememberDeletionTold: (at) => void (toldAt = at),
      },
      problems,
      addEvent: (event) => void events.push(event),
      onChange: () => undefined,
      log: { info: () => undefined },
      now: () => new Date(nowMs),
      ...change,
    });
    return { kept, events, exported, problems };
  }

  it('archives none where the disk has no room for all, and says what mends it', async () => {
    const { write } = scene();
    const files = [await write(1, message.repeat(5_000)), await write(2, message)];
    let free = 50_000;
    const { kept, exported, problems } = keeper(files, { freeBytes: () => Promise.resolve(free) });
    await kept.look();
    await kept.archive();
    expect(exported).toEqual([]);
    expect(problems.all()).toMatchObject([
      { code: 'no-room-before-deletion', mend: expect.stringContaining('Free some space') },
    ]);
    expect(kept.state()).toMatchObject({ sessions: 2, archiving: false });
    free = 10_000_000;
    await kept.archive();
    expect(exported).toHaveLength(2);
    expect(problems.all()).toEqual([]);
    expect(kept.state()).toMatchObject({ sessions: 0, bytes: 0, firstAt: null });
  });

  it('keeps counting what could not be archived, and says how many', async () => {
    const { write } = scene();
    const files = [await write(1, message), await write(2, message)];
    const { kept, events } = keeper(files, {
      exportFile: async ({ id }) => ({ kind: id.startsWith('00000001') ? 'failed' : 'exported' }),
    });
    await kept.archive();
    expect(events).toMatchObject([{ kind: 'retention-archived', sessions: 1, failed: 1 }]);
    expect(kept.state()).toMatchObject({ sessions: 1, bytes: message.length });
  });

  it('tells of what it could not archive by itself, once', async () => {
    const { write } = scene();
    const files = [await write(1, message)];
    const { kept, events } = keeper(files, {
      archiveBeforeDeletion: () => true,
      exportFile: async () => ({ kind: 'failed' }),
    });
    await kept.look();
    await kept.look();
    expect(events).toMatchObject([{ kind: 'retention-near', sessions: 1 }]);
  });

  it('names the three that are deleted first', async () => {
    const { write } = scene();
    const files = [await write(1, message, 28), await write(2, message, 40), await write(3, message, 29)];
    const { kept, events } = keeper([...files, await write(4, message, 35)]);
    await kept.look();
    expect(events).toMatchObject([
      { sessions: 4, soonest: [{ project: '00000002' }, { project: '00000004' }, { project: '00000003' }] },
    ]);
  });

  it('leaves out what is live and what another folder holds in a newer copy', async () => {
    const { write } = scene();
    const [one, two, three] = [await write(1, message), await write(2, message), await write(3, message)];
    const newer = { ...two, path: `${two.path}.copy`, modifiedAtMs: nowMs };
    const { kept } = keeper([one, two, newer, three], { isLive: ({ id }) => id === one.id });
    await kept.look();
    expect(kept.state()).toMatchObject({ sessions: 1, bytes: statSync(three.path).size });
  });

  it('archives nothing where it may not, and nothing more once it was stopped', async () => {
    const { write } = scene();
    const files = [await write(1, message), await write(2, message)];
    const shown = keeper(files, { mayExport: () => false });
    await shown.kept.look();
    await shown.kept.archive();
    expect([shown.exported, shown.events, shown.kept.state()?.sessions]).toEqual([[], [], 2]);
    const stopped = keeper(files, {
      async exportFile() {
        stopped.kept.stop();
        stopped.exported.push('one');
        return { kind: 'exported' };
      },
    });
    await stopped.kept.archive();
    expect(stopped.exported).toEqual(['one']);
  });

  it('looks a while after the start, then every ten minutes, whatever the clock does', async () => {
    let [atMs, looks] = [nowMs, 0];
    const { kept } = keeper([], {
      now: () => new Date(atMs),
      files: () => {
        looks += 1;
        return [];
      },
    });
    const after = async (milliseconds: number) => {
      atMs += milliseconds;
      await kept.lookIfDue();
      return looks;
    };
    expect(await after(4_000)).toBe(0);
    expect(await after(2_000)).toBe(1);
    expect(await after(9 * 60_000)).toBe(1);
    expect(await after(2 * 60_000)).toBe(2);
    expect(await after(-3_600_000)).toBe(3);
  });
});
