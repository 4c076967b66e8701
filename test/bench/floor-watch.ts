// The least that following session files can cost in Node: a plain watch on each folder, and a read of what was appended.
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync, watch } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { HostMessage, HostRequest, LoopDelay, Sighting } from './host-report.js';
import { watchLoop } from './loop-watch.js';

const [projects = ''] = process.argv.slice(2);
const now = (): string => process.hrtime.bigint().toString();
const tell = (message: HostMessage): void => void process.send?.(message);

const offsets = new Map<string, number>();
let sightings: Sighting[] = [];
let loopDelay: (() => LoopDelay) | null = null;

function readNew(file: string): void {
  const descriptor = openSync(file, 'r');
  try {
    const [from, to] = [offsets.get(file) ?? 0, fstatSync(descriptor).size];
    if (to <= from) return;
    const bytes = Buffer.alloc(to - from);
    readSync(descriptor, bytes, 0, bytes.length, from);
    offsets.set(file, to);
    const { message } = JSON.parse(bytes.toString('utf8').trimEnd().split('\n').at(-1) ?? '');
    if (message.usage === undefined) return;
    const { input_tokens: input, cache_read_input_tokens: cached, output_tokens: output } = message.usage;
    sightings.push([path.basename(file, '.jsonl'), input + cached + output, now()]);
  } finally {
    closeSync(descriptor);
  }
}

const startedAt = now();
for (const folder of readdirSync(projects).map((name) => path.join(projects, name))) {
  watch(folder, (_event, name) => name !== null && readNew(path.join(folder, name)));
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    offsets.set(file, statSync(file).size);
  }
}
process.on('message', (request: HostRequest) => {
  if (request === 'watch-loop') {
    loopDelay = watchLoop();
    return;
  }
  tell({ kind: 'report', sightings, states: sightings.length, loop: loopDelay?.() ?? null });
  sightings = [];
});
tell({ kind: 'ready', startedAt, readyAt: now() });
