import { seededRandom, type SeededRandom } from './seeded-random.js';

/** What a generated session holds and what has to be read from it. */
export interface GeneratedSession {
  /** Whole lines, one after the other. */
  readonly lines: Iterable<string>;
  /** Prompt plus output tokens of the newest answer; asked after the last line was taken. */
  readonly usedTokens: () => number;
}

const models = ['claude-opus-4-8', 'claude-opus-4-6', 'claude-sonnet-5', 'claude-haiku-4-5'] as const;
const versions = ['2.0.28', '2.1.96', '2.1.219', '2.1.330'] as const;
/** Where these models' sessions are compacted. */
const compactionTokens = {
  'claude-opus-4-8': 967_000,
  'claude-sonnet-5': 967_000,
  'claude-opus-4-6': 167_000,
  'claude-haiku-4-5': 167_000,
};
const tools = ['Bash', 'Read', 'Edit', 'Grep', 'TodoWrite'] as const;

const words =
  'the session reads its file again and finds a line that was cut so it waits for the rest before it counts “tokens” – naïve café ✓ const value = await read(path); return {"type":"text","usage":{"input_tokens":1}}\n\t'.split(
    ' ',
  );
const fillerCharacters = 4_000_000;
const filler = makeFiller();

/** Text as transcripts hold it: prose, code, quotes that look like JSON, line ends, some characters beyond ASCII. */
function makeFiller(): string {
  const random = seededRandom(1);
  let text = '';
  while (text.length < fillerCharacters) text += `${random.pick(['', ...words])} `;
  return text;
}

function textOf(random: SeededRandom, least: number, most: number): string {
  const length = random.whole(least, most);
  const from = random.whole(0, fillerCharacters - length - 1);
  return filler.slice(from, from + length);
}

/**
 * A session as the client writes one, about `bytes` long and the same for the same seed: turns of prompt, answers in several
 * lines with placeholders, tool calls and results, sub-agents' progress, images, snapshots and titles, and compactions.
 */
export function generateSession(options: {
  readonly seed: number;
  readonly bytes: number;
  readonly sessionId: string;
  readonly cwd: string;
  /** Time of the first line. */
  readonly startsAtMs: number;
  /** Any of those it knows where it is left out. */
  readonly model?: (typeof models)[number];
}): GeneratedSession {
  const { bytes, sessionId, cwd, startsAtMs } = options;
  const random = seededRandom(options.seed);
  const model = options.model ?? random.pick(models);
  const place = {
    isSidechain: false,
    userType: 'external',
    cwd,
    sessionId,
    version: random.pick(versions),
    gitBranch: 'main',
  };
  const hasAgents = random.share() < 0.3;
  const hasImages = random.share() < 0.1;
  let atMs = startsAtMs;
  let parentUuid: string | null = null;
  let [prompt, output, made] = [random.whole(15_000, 40_000), 0, 0];

  const ended = (line: object): string => {
    const text = `${JSON.stringify(line)}\n`;
    made += text.length;
    return text;
  };
  const message = (type: string, fields: object): string => {
    atMs += random.whole(200, 9_000);
    const uuid = random.uuid();
    const text = ended({ parentUuid, ...place, type, ...fields, uuid, timestamp: new Date(atMs).toISOString() });
    parentUuid = uuid;
    return text;
  };
  const user = (content: unknown, fields: object = {}): string =>
    message('user', { message: { role: 'user', content }, ...fields });
  const answer = (id: string, content: object, outputTokens: number): string =>
    message('assistant', {
      requestId: `req_${id.slice(4)}`,
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model,
        content: [content],
        stop_reason: null,
        usage: {
          input_tokens: 3,
          cache_creation_input_tokens: 1_000,
          cache_read_input_tokens: prompt - 1_003,
          cache_creation: { ephemeral_5m_input_tokens: 1_000, ephemeral_1h_input_tokens: 0 },
          output_tokens: outputTokens,
          service_tier: 'standard',
        },
      },
    });

  function* agentLines(): Generator<string> {
    const agentId = random.uuid().slice(0, 8);
    for (let step = random.whole(3, 12); step > 0; step -= 1) {
      const inner = {
        id: `msg_${random.uuid()}`,
        role: 'assistant',
        model: 'claude-haiku-4-5',
        content: [{ type: 'text', text: textOf(random, 100, 3_000) }],
        usage: {
          input_tokens: 9,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: random.whole(5_000, 90_000),
          output_tokens: 1,
        },
      };
      yield message('progress', {
        data: { type: 'agent_progress', agentId, message: { type: 'assistant', message: inner } },
      });
    }
  }

  function* stepLines(): Generator<string> {
    prompt += output + random.whole(200, 6_000);
    output = random.whole(40, 2_500);
    const id = `msg_${random.uuid()}`;
    yield answer(id, { type: 'text', text: textOf(random, 50, 1_500) }, random.whole(1, 10));
    const toolUse = {
      type: 'tool_use',
      id: `toolu_${random.uuid()}`,
      name: random.pick(tools),
      input: { command: textOf(random, 20, 800) },
    };
    yield answer(id, toolUse, output);
    if (hasAgents && random.share() < 0.1) yield* agentLines();
    const result = textOf(random, 20, random.share() < 0.05 ? 60_000 : 4_000);
    const content = [{ type: 'tool_result', tool_use_id: toolUse.id, content: result }];
    yield user(content, { toolUseResult: { stdout: result, usage: { input_tokens: 5, output_tokens: 7 } } });
  }

  function* turnLines(): Generator<string> {
    yield user(textOf(random, 10, 2_000));
    if (hasImages && random.share() < 0.2) {
      const data = Buffer.from(textOf(random, 50_000, 500_000)).toString('base64');
      yield user([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }]);
    }
    for (let step = random.whole(1, 8); step > 0; step -= 1) yield* stepLines();
    yield ended({
      type: 'file-history-snapshot',
      messageId: parentUuid,
      snapshot: { trackedFileBackups: {} },
      isSnapshotUpdate: false,
    });
    yield ended({ type: 'last-prompt', sessionId, leafUuid: parentUuid, lastPrompt: textOf(random, 10, 200) });
  }

  function* compactionLines(): Generator<string> {
    const preTokens = prompt + output;
    [prompt, output] = [random.whole(30_000, 70_000), 0];
    parentUuid = null;
    yield message('system', {
      subtype: 'compact_boundary',
      content: 'Conversation compacted',
      compactMetadata: { trigger: 'auto', preTokens },
    });
    yield user(textOf(random, 4_000, 12_000), { isCompactSummary: true });
  }

  function* allLines(): Generator<string> {
    yield ended({ type: 'ai-title', sessionId, aiTitle: textOf(random, 20, 60) });
    for (;;) {
      if (prompt + output > compactionTokens[model]) yield* compactionLines();
      yield* turnLines();
      if (made >= bytes) return;
    }
  }

  return { lines: allLines(), usedTokens: () => prompt + output };
}
