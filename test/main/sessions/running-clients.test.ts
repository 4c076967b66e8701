import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readRunningClients } from '../../../src/main/sessions/running-clients.js';
import { tempFolder } from '../../support/temp-folder.js';

test('clients are those whose process lives; everything else is passed over', async () => {
  const configFolder = tempFolder();
  const write = (name: string, content: string) => writeFileSync(path.join(configFolder, 'sessions', name), content);
  mkdirSync(path.join(configFolder, 'sessions', '77.json'), { recursive: true });
  write('11.json', JSON.stringify({ sessionId: 'busy-one', status: 'busy' }));
  write('12.json', JSON.stringify({ sessionId: 'silent-one', status: 5 }));
  write('13.json', JSON.stringify({ sessionId: 'ended', status: 'idle' }));
  write('14.json', '{"sessionId":"half wri');
  write('15.json', JSON.stringify({ sessionId: 15 }));
  write('0.json', JSON.stringify({ sessionId: 'nobody' }));
  write('notes.json', JSON.stringify({ sessionId: 'notes' }));
  expect(await readRunningClients(configFolder, (pid) => pid !== 13)).toEqual(
    new Map([
      ['busy-one', { pid: 11, status: 'busy' }],
      ['silent-one', { pid: 12, status: null }],
    ]),
  );
});

test('a process is looked for by its number', async () => {
  const configFolder = tempFolder();
  mkdirSync(path.join(configFolder, 'sessions'));
  const write = (pid: number) =>
    writeFileSync(path.join(configFolder, 'sessions', `${pid}.json`), JSON.stringify({ sessionId: `of ${pid}` }));
  write(process.pid);
  write(2 ** 22 + 1); // Above the highest number that Linux gives.
  expect([...(await readRunningClients(configFolder)).keys()]).toEqual([`of ${process.pid}`]);
});

test('a config folder without running clients has none', async () => {
  expect(await readRunningClients(path.join(tempFolder(), 'missing'))).toEqual(new Map());
});
