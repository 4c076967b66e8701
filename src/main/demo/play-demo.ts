import { randomUUID } from 'node:crypto';
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { demoCompaction, demoTitle, demoTurn, type DemoScript } from './demo-lines.js';

/** A generated Claude Code folder that is being written to. `failed` resolves with the first error that ends the play. */
export interface Demo {
  /** The config folder to watch in place of the user's own. */
  readonly claudeFolder: string;
  readonly failed: Promise<Error>;
  readonly stop: () => Promise<void>;
}

const startTokens = 24_000;
const compactsAtTokens = 168_000;
const afterCompactionTokens = 31_000;
const tokensPerTurn = 9_000;

const exchanges = [
  ['The login test fails one time in ten. Why?', 'Two tests share one clock. Looking at the fixture now.'],
  ['Fix it, and run the suite fifty times.', 'Fixed in the fixture. Fifty runs, fifty green.'],
  ['Now the retry logic.', 'It retries on 400 as well; it should only on 429 and 5xx.'],
  ['Write the test first.', 'Red for 400, as it should be. Now the change.'],
] as const;

/**
 * Plays two generated sessions into `folder`, faster than life: one climbs past the export threshold of its 200 000
 * token window, compacts and climbs again for as long as it runs; the other grows slowly in a large window.
 */
export async function playDemo(options: { folder: string; turnMs: number; now: () => Date }): Promise<Demo> {
  const claudeFolder = path.join(options.folder, 'claude');
  const climbing = await openSession(claudeFolder, 'api-server', 'Fix the flaky login tests', 'claude-sonnet-4-5');
  const calm = await openSession(claudeFolder, 'docs-site', 'Rewrite the install guide', 'claude-opus-5-5');
  let usedTokens = startTokens;
  let turns = 0;
  let stopped = false;
  let inHand: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let reportFailure: (error: Error) => void;
  const failed = new Promise<Error>((resolve) => (reportFailure = resolve));

  async function playTurn(): Promise<void> {
    const [prompt, answer] = exchanges[turns % exchanges.length] ?? exchanges[0];
    turns += 1;
    if (usedTokens > compactsAtTokens) {
      const figures = {
        preTokens: usedTokens - tokensPerTurn,
        postTokens: afterCompactionTokens - startTokens,
        at: options.now(),
      };
      usedTokens = afterCompactionTokens;
      return appendFile(climbing.file, demoCompaction(climbing.script, figures));
    }
    await appendFile(climbing.file, demoTurn(climbing.script, { usedTokens, prompt, answer, at: options.now() }));
    usedTokens += tokensPerTurn;
    if (turns % 3 !== 1) return undefined;
    const calmTokens = Math.min(900_000, 180_000 + turns * 2_000);
    return appendFile(calm.file, demoTurn(calm.script, { usedTokens: calmTokens, prompt, answer, at: options.now() }));
  }

  function playOn(): void {
    if (stopped) return;
    inHand = playTurn().then(
      () => {
        timer = setTimeout(playOn, options.turnMs);
      },
      (error: unknown) => reportFailure(new Error('The demo could not be written on', { cause: error })),
    );
  }

  playOn();
  return {
    claudeFolder,
    failed,
    async stop() {
      stopped = true;
      await inHand;
      clearTimeout(timer);
    },
  };
}

async function openSession(claudeFolder: string, project: string, title: string, model: string) {
  const script: DemoScript = { sessionId: randomUUID(), workingFolder: `/demo/${project}`, title, model };
  const folder = path.join(claudeFolder, 'projects', `-demo-${project}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${script.sessionId}.jsonl`);
  await appendFile(file, demoTitle(script), { mode: 0o600 });
  return { script, file };
}
