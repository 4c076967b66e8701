import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { archiveLayout } from '../../../src/main/archive/archive-layout.js';
import { isPendingName } from '../../../src/main/archive/pending-name.js';
import { bringBack, listSetAside, setAside } from '../../../src/main/archive/set-aside.js';
import { manifestNameOf } from '../../../src/main/export/segment-name.js';
import { makeExportFixture, userLine } from '../export/export-fixture.js';
import { tempFolder } from '../../support/temp-folder.js';

function makeScene() {
  const layout = archiveLayout(tempFolder());
  mkdirSync(layout.exportsPending);
  const put = (folder: string, name: string, text = name) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const names = (folder: string) => readdirSync(folder).toSorted();
  return { layout, put, names };
}

/** A segment with manifest and sidecars in the pending folder. */
async function makeSegment() {
  const fixture = await makeExportFixture();
  onTestFinished(fixture.remove);
  await fixture.append(userLine('u1'));
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  const layout = archiveLayout(path.dirname(fixture.folders.exportsPending));
  const { name } = outcome;
  const sidecars = name.replace('.jsonl', '.sidecars');
  mkdirSync(path.join(layout.exportsPending, sidecars));
  writeFileSync(path.join(layout.exportsPending, sidecars, '0001-agent.jsonl'), 'agent');
  const all = [name, manifestNameOf(name), sidecars].toSorted();
  return { layout, name, sidecars, all, names: (folder: string) => readdirSync(folder).toSorted() };
}

describe('setAside and bringBack', () => {
  it('move a segment with its manifest and sidecars, there and back', async () => {
    const { layout, name, sidecars, all, names } = await makeSegment();
    expect(await setAside(name, layout)).toBe(name);
    expect([names(layout.exportsPending), names(layout.setAside)]).toEqual([[], all]);
    expect(readFileSync(path.join(layout.setAside, sidecars, '0001-agent.jsonl'), 'utf8')).toBe('agent');
    expect(await listSetAside(layout)).toMatchObject([{ name, isUnfinished: false }]);
    expect(await bringBack(name, layout)).toBe('done');
    expect([names(layout.exportsPending), names(layout.setAside)]).toEqual([all, []]);
  });

  it('take another name where one of the parts is taken, and then no part of it', async () => {
    const { layout, name, names } = await makeSegment();
    mkdirSync(layout.setAside);
    writeFileSync(path.join(layout.setAside, manifestNameOf(name)), 'other');
    const renamed = name.replace('.jsonl', '-2.jsonl');
    expect(await setAside(name, layout)).toBe(renamed);
    expect(names(layout.setAside)).toEqual(
      [manifestNameOf(name), renamed, manifestNameOf(renamed), renamed.replace('.jsonl', '.sidecars')].toSorted(),
    );
    expect(readFileSync(path.join(layout.setAside, manifestNameOf(name)), 'utf8')).toBe('other');
  });

  it('move a loose file alone', async () => {
    const { layout, put, names } = makeScene();
    put(layout.exportsPending, 'a.jsonl');
    put(layout.exportsPending, 'a.manifest.json', 'theirs');
    await setAside('a.jsonl', layout);
    expect([names(layout.exportsPending), names(layout.setAside)]).toEqual([['a.manifest.json'], ['a.jsonl']]);
    put(layout.exportsPending, 'a.jsonl', 'newer');
    expect(await bringBack('a.jsonl', layout)).toBe('taken');
    expect(readFileSync(path.join(layout.setAside, 'a.jsonl'), 'utf8')).toBe('a.jsonl');
  });

  it('bring back no link, nothing that is not there, and no segment without a manifest', async () => {
    const { layout, put, names } = makeScene();
    const segment = '2026-11-01-102030-0a1b2c3d-76pct.jsonl';
    put(layout.setAside, segment);
    symlinkSync('/etc/passwd', path.join(layout.setAside, 'link.txt'));
    expect(await bringBack('none.jsonl', layout)).toBe('gone');
    expect(await bringBack('link.txt', layout)).toBe('gone');
    expect(await bringBack(segment, layout)).toBe('unfinished');
    expect(await listSetAside(layout)).toEqual([{ name: segment, bytes: segment.length, isUnfinished: true }]);
    expect(names(layout.exportsPending)).toEqual([]);
  });

  it('leave the segment where it is when its manifest can not be moved', async () => {
    const { layout, name, all, names } = await makeSegment();
    writeFileSync(layout.setAside, 'a file in the way');
    await expect(setAside(name, layout)).rejects.toMatchObject({ name: 'StorageError' });
    expect(names(layout.exportsPending)).toEqual(all);
  });
});

it.each([
  ['a.jsonl', true],
  ['Ω ü (2).txt', true],
  ['../a.jsonl', false],
  ['a/b.jsonl', false],
  ['a\\b.jsonl', false],
  ['/etc/a.txt', false],
  ['.hidden.jsonl', false],
  ['a.jsonl\0', false],
  ['a\0.jsonl', false],
  ['a.manifest.json', false],
  [`${'x'.repeat(250)}.jsonl`, false],
  ['', false],
])('isPendingName(%j) is %s', (text, isName) => {
  expect(isPendingName(text)).toBe(isName);
});
