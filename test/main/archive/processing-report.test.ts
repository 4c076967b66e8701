import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { freeReportPath, writeProcessingReport } from '../../../src/main/archive/processing-report.js';
import { failureOf } from '../export/export-fixture.js';
import { tempFolder } from '../../support/temp-folder.js';

/** Local time, whatever the time zone of the machine. */
const at = new Date(2026, 10, 1, 9, 5, 7);
const report = {
  timestamp: at.toISOString(),
  file: 'a.jsonl',
  messages_new: 3,
  messages_duplicate: null,
  archived_to: '/archive/a.jsonl',
  session_id: null,
  sha256: '0'.repeat(64),
};

describe('writeProcessingReport', () => {
  it('writes one line under the local time', async () => {
    const folder = path.join(tempFolder(), 'reports');
    const file = await freeReportPath(folder, at);
    expect(path.basename(file)).toBe('cx-20261101-090507.jsonl');
    expect(await writeProcessingReport(file, report)).toBe('done');
    const text = await readFile(file, 'utf8');
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(report);
  });

  it('overwrites no other report, and repeats none', async () => {
    const folder = tempFolder();
    const first = await freeReportPath(folder, at);
    expect(await writeProcessingReport(first, report)).toBe('done');
    expect(await writeProcessingReport(first, report)).toBe('done');
    expect(await readdir(folder)).toHaveLength(1);
    await mkdir(path.join(folder, 'cx-20261101-090507-2.jsonl'));
    await symlink('/nowhere', path.join(folder, 'cx-20261101-090507-3.jsonl'));
    const other = { ...report, file: 'b.jsonl' };
    for (const taken of ['', '-2', '-3']) {
      const file = path.join(folder, `cx-20261101-090507${taken}.jsonl`);
      expect(await writeProcessingReport(file, other)).toBe('taken');
    }
    const second = await freeReportPath(folder, at);
    expect(path.basename(second)).toBe('cx-20261101-090507-4.jsonl');
    expect(await writeProcessingReport(second, other)).toBe('done');
    expect(JSON.parse(await readFile(first, 'utf8'))).toEqual(report);
    expect(JSON.parse(await readFile(second, 'utf8'))).toEqual(other);
    expect(await readdir(folder)).toHaveLength(4);
  });

  it('says what stands in the way', async () => {
    const folder = tempFolder();
    await writeFile(path.join(folder, 'reports'), 'a file');
    const target = path.join(folder, 'reports', 'cx-1.jsonl');
    expect(await failureOf(writeProcessingReport(target, report))).toMatchObject({
      mend: expect.stringMatching(/Move/),
    });
  });
});
