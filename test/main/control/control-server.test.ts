import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askRunning } from '../../../src/main/control/control-client.js';
import { startControlServer, type ControlHandlers } from '../../../src/main/control/control-server.js';
import type { ControlRequest } from '../../../src/main/control/protocol.js';
import { blankState, someSession } from '../../support/blank-state.js';
import { tempFolder } from '../../support/temp-folder.js';
import { startNode } from '../../support/start-node.js';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, close: () => {} };
const state = { ...blankState, sessions: [someSession] };

function handle(overrides: Partial<ControlHandlers> = {}): ControlHandlers {
  return {
    state: () => state,
    exportNow: () => Promise.resolve({ kind: 'done', outcomes: [] }),
    retryPending: () => Promise.resolve({ kind: 'done', message: '' }),
    setPendingAside: () => Promise.resolve({ kind: 'done', message: '' }),
    bringPendingBack: () => Promise.resolve({ kind: 'done', message: '' }),
    confirmCommand: () => ({ kind: 'no-command' }),
    show: null,
    stop: () => undefined,
    ...overrides,
  };
}

async function start(sockets: readonly string[], handlers: Promise<ControlHandlers> = Promise.resolve(handle())) {
  const server = await startControlServer({ sockets, pid: process.pid, appVersion: '1.2.3', handlers, log });
  if (server.kind === 'listening') onTestFinished(() => server.stop());
  return server;
}

function ask<Request extends ControlRequest>(socket: string, request: Request, timeoutMilliseconds = 2_000) {
  return askRunning({ sockets: [socket], request, timeoutMilliseconds });
}

/** A server that takes connections and does with them what it is told. */
async function listen(socket: string, onConnection: (client: Socket) => void): Promise<void> {
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => void server.close());
}

describe('startControlServer', () => {
  it('makes a private socket in a private folder and answers who it is', async () => {
    const socket = path.join(tempFolder(), 'storage', 'context-watcher.sock');
    await start([socket]);
    expect(lstatSync(socket).mode & 0o777).toBe(0o600);
    expect(lstatSync(path.dirname(socket)).mode & 0o777).toBe(0o700);
    const answer = { kind: 'hello', pid: process.pid, appVersion: '1.2.3' };
    expect(await ask(socket, { kind: 'hello' })).toEqual({ kind: 'answered', answer });
    expect(existsSync(`${socket}.lock`)).toBe(false);
  });

  it('answers status with the whole state', async () => {
    const socket = path.join(tempFolder(), 's');
    await start([socket]);
    expect(await ask(socket, { kind: 'status' })).toEqual({
      kind: 'answered',
      answer: { kind: 'status', pid: process.pid, state },
    });
  });

  it('carries a state of many sessions', async () => {
    const socket = path.join(tempFolder(), 's');
    const many = Array.from({ length: 5_000 }, (_, number) => ({ ...someSession, id: `session-${number}` }));
    await start([socket], Promise.resolve(handle({ state: () => ({ ...state, sessions: many }) })));
    const asked = await ask(socket, { kind: 'status' });
    expect(asked.kind === 'answered' && asked.answer.kind === 'status' && asked.answer.state.sessions).toHaveLength(
      5_000,
    );
  });

  it('begins the end when asked to stop, and says what is finished first', async () => {
    const socket = path.join(tempFolder(), 's');
    const stop = vi.fn();
    const busy = {
      ...state,
      sessions: [{ ...someSession, exporting: true }],
      pendingExports: [
        {
          name: 'a.jsonl',
          sessionId: null,
          percent: null,
          trigger: null,
          state: 'processing' as const,
          bytes: 1,
          exportedAt: null,
          attempts: 1,
          problem: null,
        },
      ],
    };
    await start([socket], Promise.resolve(handle({ stop, state: () => busy })));
    expect(await ask(socket, { kind: 'stop' })).toEqual({
      kind: 'answered',
      answer: {
        kind: 'stopping',
        pid: process.pid,
        waitingFor: ['the export of api-server', 'the processing of a.jsonl'],
      },
    });
    expect(stop).toHaveBeenCalledOnce();
  });

  it('shows the popover, or says that there is none', async () => {
    const [app, headless] = [path.join(tempFolder(), 's'), path.join(tempFolder(), 's')];
    const show = vi.fn();
    await start([app], Promise.resolve(handle({ show })));
    await start([headless]);
    expect(await ask(app, { kind: 'show' })).toMatchObject({ answer: { kind: 'shown' } });
    expect(show).toHaveBeenCalledOnce();
    expect(await ask(headless, { kind: 'show' })).toMatchObject({ answer: { kind: 'refused' } });
  });

  it('hands the session on and its answer back', async () => {
    const socket = path.join(tempFolder(), 's');
    const outcome = { kind: 'nothing-new', sessionId: someSession.id } as const;
    const exportNow = vi.fn(() => Promise.resolve({ kind: 'done', outcomes: [outcome] } as const));
    await start([socket], Promise.resolve(handle({ exportNow })));
    expect(await ask(socket, { kind: 'export-now', sessionId: '11111111' })).toMatchObject({
      answer: { kind: 'export-now', answer: { kind: 'done', outcomes: [outcome] } },
    });
    expect(exportNow).toHaveBeenCalledWith('11111111');
  });

  it('says what went wrong instead of falling silent', async () => {
    const socket = path.join(tempFolder(), 's');
    await start([socket], Promise.resolve(handle({ exportNow: () => Promise.reject(new Error('no disk')) })));
    expect(await ask(socket, { kind: 'export-now', sessionId: null })).toEqual({
      kind: 'answered',
      answer: { kind: 'refused', message: 'no disk' },
    });
  });

  it('lets questions wait until the engine is there, but says at once who it is', async () => {
    const socket = path.join(tempFolder(), 's');
    let arrive: (handlers: ControlHandlers) => void = () => undefined;
    await start([socket], new Promise((resolve) => (arrive = resolve)));
    const waiting = ask(socket, { kind: 'status' });
    expect(await ask(socket, { kind: 'hello' })).toMatchObject({ kind: 'answered' });
    arrive(handle());
    expect(await waiting).toMatchObject({ answer: { kind: 'status' } });
  });

  it.each([
    ['no JSON', 'hello\n'],
    ['an unknown question', '{"kind":"format-disk"}\n'],
    ['more than was asked for', '{"kind":"hello","path":"/etc/passwd"}\n'],
  ])('refuses %s', async (_, line) => {
    const socket = path.join(tempFolder(), 's');
    await start([socket]);
    const answer = await new Promise<string>((resolve) => {
      connect(socket)
        .on('data', (data) => resolve(String(data)))
        .write(line);
    });
    expect(JSON.parse(answer)).toMatchObject({ kind: 'refused' });
  });

  it('drops an endless question and goes on', async () => {
    const socket = path.join(tempFolder(), 's');
    await start([socket]);
    const closed = new Promise((resolve) => {
      const client = connect(socket);
      client.on('error', () => undefined);
      client.on('close', resolve);
      client.write('x'.repeat(100_000));
    });
    await closed;
    expect(await ask(socket, { kind: 'hello' })).toMatchObject({ kind: 'answered' });
  });

  it('removes its socket when it stops', async () => {
    const socket = path.join(tempFolder(), 's');
    const server = await start([socket]);
    if (server.kind === 'listening') await server.stop();
    expect(existsSync(socket)).toBe(false);
    expect(await ask(socket, { kind: 'hello' })).toEqual({ kind: 'not-running' });
  });

  it('lets one of many win, with nothing there before', async () => {
    const socket = path.join(tempFolder(), 's');
    const kinds = (await Promise.all(Array.from({ length: 8 }, () => start([socket])))).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['listening', ...Array.from({ length: 7 }, () => 'taken')]);
  });

  it('lets one of many win over the socket of a killed instance', async () => {
    const socket = path.join(tempFolder(), 's');
    const dead = await startNode(`require("net").createServer().listen(process.argv[1], () => console.log("up"))`, [
      socket,
    ]);
    const gone = new Promise((resolve) => dead.on('exit', resolve));
    dead.kill('SIGKILL');
    await gone;
    expect(existsSync(socket)).toBe(true);
    const kinds = (await Promise.all(Array.from({ length: 8 }, () => start([socket])))).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['listening', ...Array.from({ length: 7 }, () => 'taken')]);
    expect(await ask(socket, { kind: 'hello' })).toMatchObject({ kind: 'answered' });
  });

  it('leaves an instance alone that hangs', async () => {
    const socket = path.join(tempFolder(), 's');
    await listen(socket, () => undefined);
    expect(await start([socket])).toEqual({ kind: 'taken' });
    expect(existsSync(socket)).toBe(true);
  });

  it('does not delete a file that is no socket', async () => {
    const socket = path.join(tempFolder(), 's');
    writeFileSync(socket, 'precious');
    expect(await start([socket])).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringContaining('not a socket') },
    });
    expect(existsSync(socket)).toBe(true);
  });

  it('falls back to the next place where the first takes no socket', async () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const sockets = [path.join(folder, 'file', 's'), path.join(folder, 'fallback', 's')];
    expect(await start(sockets)).toMatchObject({ kind: 'listening' });
    expect(await askRunning({ sockets, request: { kind: 'hello' }, timeoutMilliseconds: 500 })).toMatchObject({
      kind: 'answered',
    });
    expect(await start(sockets)).toEqual({ kind: 'taken' });
  });

  it('waits while another process takes a socket over', async () => {
    const socket = path.join(tempFolder(), 's');
    writeFileSync(`${socket}.lock`, '');
    const starting = start([socket]);
    await pause(200);
    expect(existsSync(socket)).toBe(false);
    rmSync(`${socket}.lock`);
    expect(await starting).toMatchObject({ kind: 'listening' });
  });

  it('goes past the lock of a process that died holding it', async () => {
    const socket = path.join(tempFolder(), 's');
    writeFileSync(`${socket}.lock`, '');
    utimesSync(`${socket}.lock`, 1, 1);
    expect(await start([socket])).toMatchObject({ kind: 'listening' });
  });

  it.skipIf(process.getuid?.() !== 0)("refuses another user's folder where anybody may make folders", async () => {
    const parent = tempFolder();
    const folder = path.join(parent, 'context-watcher-0');
    mkdirSync(folder);
    chmodSync(parent, 0o1777);
    chownSync(folder, 12_345, 12_345);
    expect(await start([path.join(folder, 's')])).toMatchObject({ kind: 'failed' });
  });
});

describe('askRunning', () => {
  it('knows when nobody is there', async () => {
    expect(await ask(path.join(tempFolder(), 'none'), { kind: 'hello' })).toEqual({ kind: 'not-running' });
  });

  it.each<[string, (client: Socket) => void]>([
    ['silent', () => undefined],
    ['rude', (client) => client.destroy()],
    ['not ours', (client) => client.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['wrong', (client) => client.write('{"kind":"hello","pid":"many"}\n')],
  ])('has no answer from a listener that is %s', async (_, onConnection) => {
    const socket = path.join(tempFolder(), 's');
    await listen(socket, onConnection);
    const before = performance.now();
    expect(await ask(socket, { kind: 'hello' }, 300)).toMatchObject({ kind: 'no-answer' });
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('waits for an answer that comes in pieces', async () => {
    const socket = path.join(tempFolder(), 's');
    await listen(socket, (client) => {
      client.write('{"kind":"hello",');
      setTimeout(() => client.write('"pid":7,"appVersion":"1"}\nmore'), 50);
    });
    expect(await ask(socket, { kind: 'hello' })).toMatchObject({ answer: { pid: 7 } });
  });
});
