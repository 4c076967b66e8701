import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} SampleSession
 * @property {(usedTokens: number, endedMinutesAgo?: number) => void} turn
 * @property {(preTokens: number, postTokens: number) => void} compact
 * @property {(status: 'busy' | 'idle' | 'waiting', pid: number) => void} openIn
 */

const minutesPerTurn = 2;

/**
 * Starts a made-up session file in a Claude Code folder, as the client would write it. `turn` appends a prompt and, of two minutes
 * later, an answer that fills the window to so many tokens, `compact` a compaction; `openIn` says that a running process has it open.
 * @param {string} claudeFolder
 * @param {{ project: string, title: string, model: string }} about
 * @returns {SampleSession}
 */
export function startSampleSession(claudeFolder, { project, title, model }) {
  const id = randomUUID();
  const folder = join(claudeFolder, 'projects', `-home-me-${project}`);
  const file = join(folder, `${id}.jsonl`);
  mkdirSync(folder, { recursive: true });
  /** @param {object} line */
  const append = (line) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  /** @param {object} line @param {number} [minutesAgo] */
  const entry = (line, minutesAgo = 0) =>
    append({
      uuid: randomUUID(),
      parentUuid: null,
      isSidechain: false,
      sessionId: id,
      cwd: `/home/me/${project}`,
      gitBranch: 'main',
      version: '2.1.330',
      timestamp: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
      ...line,
    });
  append({ type: 'ai-title', aiTitle: title, sessionId: id });
  return {
    turn(usedTokens, endedMinutesAgo = 0) {
      const usage = {
        input_tokens: 6,
        cache_creation_input_tokens: 1_200,
        cache_read_input_tokens: usedTokens - 1_656,
        output_tokens: 450,
      };
      entry({ type: 'user', message: { role: 'user', content: 'Go on.' } }, endedMinutesAgo + minutesPerTurn);
      const message = {
        id: randomUUID(),
        role: 'assistant',
        model,
        content: [{ type: 'text', text: 'Done.' }],
        usage,
      };
      entry({ type: 'assistant', message }, endedMinutesAgo);
    },
    compact(preTokens, postTokens) {
      const compactMetadata = { trigger: 'auto', preTokens, postTokens };
      entry({ type: 'system', subtype: 'compact_boundary', content: 'Conversation compacted', compactMetadata });
      entry({ type: 'user', isCompactSummary: true, message: { role: 'user', content: 'A summary.' } });
    },
    openIn(status, pid) {
      const clients = join(claudeFolder, 'sessions');
      mkdirSync(clients, { recursive: true });
      writeFileSync(join(clients, `${pid}.json`), JSON.stringify({ sessionId: id, status }));
    },
  };
}
