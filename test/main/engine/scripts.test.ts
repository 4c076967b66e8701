import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import { commandHash } from '../../../src/main/export/user-command.js';
import { engineScene, type EngineScene } from '../../support/engine-scene.js';
import { installScript, shellPython } from '../../support/shell-python.js';
import { waitUntil } from '../../support/wait-until.js';

const id = '11111111-2222-4333-8444-555555555555';
const otherId = '22222222-2222-4333-8444-555555555555';

const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []);
const codes = (engine: Engine) => engine.state().problems.map(({ code }) => code);
const exportedEvent = (engine: Engine) => engine.state().events.find(({ kind }) => kind === 'exported');
const allow = () => Promise.resolve(true);

/** Notes its arguments in a file of the home folder. */
const notes = (scene: EngineScene, file = 'calls') => `echo "$*" >> '${path.join(scene.home, file)}'`;

describe.skipIf(process.platform === 'win32')('CODITECT’s exporter', () => {
  const start = (scene: EngineScene) => scene.start({ environment: shellPython(scene.home) });

  it('is offered once where it is there, and not run before the user says yes', async () => {
    const scene = engineScene();
    installScript(scene.home, 'session-exporter.py', notes(scene));
    const engine = await start(scene);
    expect(engine.state()).toMatchObject({ scripts: { exporter: 'offered', extractor: 'missing' } });
    expect(scene.logLines.filter((line) => line.includes('exporterScript'))).toHaveLength(1);
    scene.write(id, 100_000);
    await engine.exportNow(id);
    engine.answerExporterOffer(false);
    await pause(150);
    expect(engine.state()).toMatchObject({ scripts: { exporter: 'off' }, settings: { exporterScript: false } });
    await engine.stop();
    expect(linesOf(path.join(scene.home, 'calls'))).toEqual([]);
    const again = await start(scene);
    expect(again.state().scripts.exporter).toBe('off');
  });

  it('is run as well once the user has said yes, with --current, and what it made is processed as a loose file', async () => {
    const scene = engineScene();
    const pending = path.join(scene.storage, 'exports-pending');
    installScript(
      scene.home,
      'session-exporter.py',
      `${notes(scene)}\necho '{"uuid":"x1","type":"user"}' > '${pending}/theirs.jsonl'`,
    );
    const engine = await start(scene);
    engine.answerExporterOffer(true);
    scene.write(id, 100_000);
    await engine.exportNow(id);
    await waitUntil('the loose file', () =>
      existsSync(path.join(scene.storage, 'exports-archive', 'theirs.jsonl')) ? true : null,
    );
    expect(linesOf(path.join(scene.home, 'calls'))).toEqual(['--current']);
    expect(engine.state()).toMatchObject({ settings: { exporterScript: true }, scripts: { exporter: 'on' } });
    expect(scene.logLines).toContain('The exporter script made theirs.jsonl');
    expect(scene.joined(id)).toBe(readFileSync(scene.sessionFile(id), 'utf8'));
    expect(codes(engine)).toEqual([]);
  });

  it('is run for the session written to last alone', async () => {
    const scene = engineScene();
    installScript(
      scene.home,
      'session-exporter.py',
      `${notes(scene)}\ntouch '${scene.storage}/exports-pending/x'.$$.txt`,
    );
    const engine = await start(scene);
    engine.answerExporterOffer(true);
    scene.write(id, 100_000);
    scene.age(id, 60);
    scene.write(otherId, 100_000);
    await engine.exportNow(id);
    await engine.exportNow(otherId);
    await engine.stop();
    expect(linesOf(path.join(scene.home, 'calls'))).toHaveLength(1);
  });

  it.each([
    ['fails', 'echo broken >&2; exit 4', /ended with exit code 4: broken/],
    ['leaves only what was there', 'exit 0', /ended without an export/],
  ])('that %s is a problem, and the built-in export stands', async (_, shell, message) => {
    const scene = engineScene();
    mkdirSync(path.join(scene.storage, 'exports-pending'), { recursive: true });
    writeFileSync(path.join(scene.storage, 'exports-pending', 'old.jsonl'), '{}\n');
    installScript(scene.home, 'session-exporter.py', shell);
    const engine = await start(scene);
    engine.answerExporterOffer(true);
    scene.write(id, 100_000);
    await expect(engine.exportNow(id)).resolves.toMatchObject({ outcomes: [{ kind: 'exported' }] });
    const problem = await waitUntil('the problem', () => engine.state().problems[0]);
    expect(problem).toMatchObject({ code: 'exporter-script-failed', message: expect.stringMatching(message) });
    expect(scene.joined(id)).toBe(readFileSync(scene.sessionFile(id), 'utf8'));
    installScript(scene.home, 'session-exporter.py', `echo x > '${scene.storage}/exports-pending/new.txt'`);
    scene.write(id, 110_000);
    await engine.exportNow(id);
    await waitUntil('the end of the problem', () => (codes(engine).length === 0 ? true : null));
  });
});

describe.skipIf(process.platform === 'win32')('CODITECT’s extractor', () => {
  it('that fails is a problem and told with the export, which stays archived; it is over when it works', async () => {
    const scene = engineScene();
    installScript(scene.home, 'unified-message-extractor.py', 'echo no table >&2; exit 2');
    const engine = await scene.start({ environment: shellPython(scene.home) });
    expect(engine.state().scripts).toEqual({ exporter: 'missing', extractor: 'on' });
    scene.write(id, 100_000);
    await engine.exportNow(id);
    await waitUntil('the event', () => exportedEvent(engine));
    expect(exportedEvent(engine)).toMatchObject({ processed: false, newMessages: 2 });
    expect(exportedEvent(engine)).toMatchObject({ path: expect.stringContaining('exports-archive') });
    expect(engine.state().problems).toMatchObject([
      { code: 'extractor-failed', message: 'The extractor script ended with exit code 2: no table.' },
    ]);
    expect(scene.joined(id)).toBe(readFileSync(scene.sessionFile(id), 'utf8'));
    installScript(scene.home, 'unified-message-extractor.py', 'echo "→ 1 new / 2 total"');
    scene.write(id, 110_000);
    await engine.exportNow(id);
    await waitUntil('the end of the problem', () => (codes(engine).length === 0 ? true : null));
  });

  it('is not run where it is switched off, nor in a demo', async () => {
    const scene = engineScene();
    installScript(scene.home, 'unified-message-extractor.py', notes(scene));
    const environment = shellPython(scene.home);
    const off = await scene.start({ environment, flags: { extractorScript: 'off' } });
    scene.write(id, 100_000);
    await off.exportNow(id);
    expect(off.state().scripts.extractor).toBe('off');
    await off.stop();
    const demo = await scene.start({ environment, demo: true });
    scene.write(id, 110_000);
    await demo.exportNow(id);
    expect(demo.state().scripts).toEqual({ exporter: 'missing', extractor: 'missing' });
    expect(linesOf(path.join(scene.home, 'calls'))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('the command after exports', () => {
  /** Notes each of its arguments on a line of its own. */
  const commandOf = (scene: EngineScene, ...more: string[]) => {
    const program = path.join(scene.home, 'note');
    writeFileSync(program, `#!/bin/sh\nfor word in "$@"; do printf '%s\\n' "$word" >> '${scene.home}/calls'; done\n`, {
      mode: 0o700,
    });
    return [program, '{file}', '{session}', '{percent}', ...more];
  };
  const calls = (scene: EngineScene) => linesOf(path.join(scene.home, 'calls'));

  it('is asked about once, then run with its placeholders filled in, never through a shell', async () => {
    const scene = engineScene();
    const commandAfterExport = commandOf(scene, '$(touch x); `id`', '{}');
    const asked: (readonly string[])[] = [];
    const askForCommand = (words: readonly string[]) => (asked.push(words), allow());
    const engine = await scene.start({ flags: { commandAfterExport }, askForCommand });
    scene.write(id, 100_000);
    await engine.exportNow(id);
    await waitUntil('the call', () => (calls(scene).length === 5 ? true : null));
    const archived = path.join(scene.storage, 'exports-archive', id, scene.segments(id)[0] ?? '');
    expect(calls(scene)).toEqual([archived, id, '50.0', '$(touch x); `id`', '{}']);
    await engine.stop();
    const again = await scene.start({ flags: { commandAfterExport }, askForCommand });
    scene.write(id, 110_000);
    await again.exportNow(id);
    await again.stop();
    expect(calls(scene)).toHaveLength(10);
    expect(asked).toEqual([commandAfterExport]);
  });

  it('is asked about again when it has changed, and not run when the answer is no', async () => {
    const scene = engineScene();
    const first = await scene.start({ flags: { commandAfterExport: commandOf(scene) }, askForCommand: allow });
    await first.stop();
    let asked = 0;
    const askForCommand = () => Promise.resolve((asked += 1) < 0);
    const changed = { commandAfterExport: commandOf(scene, 'more') };
    for (let run = 0; run < 2; run += 1) {
      const engine = await scene.start({ flags: changed, askForCommand });
      scene.write(id, 100_000 + run);
      await engine.exportNow(id);
      expect(codes(engine)).toEqual(['command-unconfirmed']);
      await engine.stop();
    }
    expect(asked).toBe(1);
    expect(calls(scene)).toEqual([]);
  });

  it('is confirmed by its code where nobody can be asked', async () => {
    const scene = engineScene();
    const words = commandOf(scene);
    const engine = await scene.start({ flags: { commandAfterExport: words } });
    expect(engine.state().problems).toMatchObject([
      { code: 'command-unconfirmed', mend: expect.stringContaining('--confirm-command') },
    ]);
    const code = commandHash(words).slice(0, 12);
    expect(engine.confirmCommand(null)).toEqual({ kind: 'unconfirmed', words, code });
    expect(engine.confirmCommand('0123456789ab')).toEqual({ kind: 'other-command', words, code });
    scene.write(id, 100_000);
    await engine.exportNow(id);
    expect(engine.confirmCommand(code)).toEqual({ kind: 'confirmed', words });
    await waitUntil('the end of the problem', () => (codes(engine).length === 0 ? true : null));
    expect(calls(scene)).toEqual([]);
    scene.write(id, 110_000);
    await engine.exportNow(id);
    await engine.stop();
    expect(calls(scene)).toHaveLength(3);
  });

  it('that fails is a problem; it holds up no export', async () => {
    const scene = engineScene();
    const program = path.join(scene.home, 'fails');
    writeFileSync(program, '#!/bin/sh\nsleep 1\necho "no room" >&2\nexit 5\n', { mode: 0o700 });
    const engine = await scene.start({ flags: { commandAfterExport: [program] }, askForCommand: allow });
    scene.write(id, 100_000);
    await engine.exportNow(id);
    expect(codes(engine)).toEqual([]);
    const problem = await waitUntil('the problem', () => engine.state().problems[0]);
    expect(problem).toMatchObject({
      code: 'command-failed',
      message: 'The command after the export ended with exit code 5: no room.',
    });
  });

  it('gets nothing of what a session says', async () => {
    const scene = engineScene();
    const engine = await scene.start({ flags: { commandAfterExport: commandOf(scene) }, askForCommand: allow });
    scene.write(id, 100_000, '$(touch hacked);..');
    scene.write(id, ['{"type":"custom-title","customTitle":"../../`touch hacked`"}'], '$(touch hacked);..');
    await engine.exportNow(id);
    await engine.stop();
    expect(calls(scene).join('\n')).not.toContain('hacked');
    expect(calls(scene)).toHaveLength(3);
  });
});
