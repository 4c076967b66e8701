import { appendFileSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { answerLine, promptLine, ridingLine, transcriptOf } from '../support/transcript-lines.js';
import type { Scene } from './scene.js';

/** A session that a test writes, turn by turn; the model's window is 200 000 tokens. */
export interface SessionFile {
  readonly id: string;
  readonly path: string;
  readonly project: string;
  /** Appends a prompt and its answer that fills the window to `percent`. Hands back what was appended. */
  readonly turn: (percent: number) => string;
  /** The lines of such a turn, not appended. */
  readonly turnText: (percent: number) => string;
  readonly append: (bytes: Uint8Array | string) => void;
  readonly read: () => string;
  readonly size: () => number;
}

const windowTokens = 200_000;

/** Starts a session file with a title line in a Claude Code folder, and one turn per percent given. */
export function writeSession(
  scene: Scene,
  options: {
    readonly id?: string;
    readonly project?: string;
    readonly title?: string;
    readonly claude?: string;
    readonly percents?: readonly number[];
  } = {},
): SessionFile {
  const { id = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', project = 'api-server' } = options;
  const { title = 'Fix the flaky login tests', claude = scene.claude, percents = [] } = options;
  const folder = path.join(claude, 'projects', `-w-${project}`);
  const file = path.join(folder, `${id}.jsonl`);
  scene.makeFolder(folder);
  scene.write(file, transcriptOf(ridingLine('ai-title', { aiTitle: title, sessionId: id })));
  let turns = 0;

  const turnText = (percent: number): string => {
    turns += 1;
    const line = { cwd: `/w/${project}`, timestamp: new Date().toISOString(), sessionId: id };
    const part = `${id.slice(0, 8)}-${turns}`;
    const tokens = Math.round((percent / 100) * windowTokens);
    return transcriptOf(
      promptLine({ uuid: `u-${part}`, text: 'Why does the login test fail – one time in ten? ✓', line }),
      answerLine({
        uuid: `a-${part}`,
        messageId: `msg-${part}`,
        promptTokens: tokens - 500,
        outputTokens: 500,
        text: 'Two tests share one clock … “fixed” 🙂',
        line: { ...line, parentUuid: `u-${part}` },
      }),
    );
  };
  const append = (bytes: Uint8Array | string): void => appendFileSync(file, bytes);
  const turn = (percent: number): string => {
    const text = turnText(percent);
    append(text);
    return text;
  };
  for (const percent of percents) turn(percent);
  return {
    id,
    path: file,
    project,
    turn,
    turnText,
    append,
    read: () => readFileSync(file, 'utf8'),
    size: () => statSync(file).size,
  };
}
