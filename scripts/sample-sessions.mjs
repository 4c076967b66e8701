import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ turn: (usedTokens: number) => void, compact: (preTokens: number, postTokens: number) => void }} SampleSession */

/**
 * Starts a made-up session file in a Claude Code folder, as the client would write it. `turn` appends a prompt and an answer that
 * fills the window to so many tokens, `compact` a compaction.
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
  /** @param {object} line */
  const entry = (line) =>
    append({
      uuid: randomUUID(),
      parentUuid: null,
      isSidechain: false,
      sessionId: id,
      cwd: `/home/me/${project}`,
      gitBranch: 'main',
      version: '2.1.330',
      timestamp: new Date().toISOString(),
      ...line,
    });
  append({ type: 'ai-title', aiTitle: title, sessionId: id });
  return {
    turn(usedTokens) {
      const usage = {
        input_tokens: 6,
        cache_creation_input_tokens: 1_200,
        cache_read_input_tokens: usedTokens - 1_656,
        output_tokens: 450,
      };
      entry({ type: 'user', message: { role: 'user', content: 'Go on.' } });
      entry({
        type: 'assistant',
        message: {
          id: randomUUID(),
          role: 'assistant',
          model,
          content: [{ type: 'text', text: 'Done.' }],
          usage,
        },
      });
    },
    compact(preTokens, postTokens) {
      const compactMetadata = { trigger: 'auto', preTokens, postTokens };
      entry({ type: 'system', subtype: 'compact_boundary', content: 'Conversation compacted', compactMetadata });
      entry({ type: 'user', isCompactSummary: true, message: { role: 'user', content: 'A summary.' } });
    },
  };
}
