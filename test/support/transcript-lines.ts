/** Lines of a transcript as the client writes them, for tests; each function returns one line without its line end. */

type Fields = Readonly<Record<string, unknown>>;

/** What an assistant line is made of; figures not given are those of a small answer. */
export interface AnswerParts {
  readonly uuid?: string;
  readonly messageId?: string;
  readonly model?: string;
  readonly promptTokens?: number;
  readonly outputTokens?: number;
  readonly usage?: Fields;
  readonly text?: string;
  /** Further fields of the line, or others in place of the usual ones. */
  readonly line?: Fields;
}

const place = { cwd: '/home/someone/project', gitBranch: 'main', version: '2.1.330', sessionId: 's' };

/** An assistant line whose prompt is mostly read from the cache. */
export function answerLine({
  uuid = 'a1',
  messageId = 'msg_1',
  model = 'claude-opus-4-6',
  promptTokens = 51_203,
  outputTokens = 540,
  usage,
  text = 'hi',
  line = {},
}: AnswerParts = {}): string {
  return JSON.stringify({
    parentUuid: 'u1',
    isSidechain: false,
    type: 'assistant',
    uuid,
    timestamp: '2026-11-01T10:00:00.000Z',
    ...place,
    message: {
      id: messageId,
      role: 'assistant',
      model,
      content: [{ type: 'text', text }],
      usage: usage ?? {
        input_tokens: 3,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: promptTokens - 3,
        output_tokens: outputTokens,
      },
    },
    ...line,
  });
}

/** A user line. */
export function promptLine({
  uuid = 'u1',
  text = 'hello',
  line = {},
}: Pick<AnswerParts, 'uuid' | 'text' | 'line'> = {}): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    type: 'user',
    uuid,
    timestamp: '2026-11-01T09:59:00.000Z',
    ...place,
    message: { role: 'user', content: text },
    ...line,
  });
}

/** A line of another message kind: system, attachment or progress. */
export function plainLine(type: 'system' | 'attachment' | 'progress', uuid: string, line: Fields = {}): string {
  return JSON.stringify({ type, uuid, isSidechain: false, timestamp: '2026-11-01T10:00:01.000Z', ...place, ...line });
}

/** The mark of a compaction. */
export function boundaryLine(compactMetadata: Fields, line: Fields = {}): string {
  return plainLine('system', 'b1', {
    parentUuid: null,
    subtype: 'compact_boundary',
    timestamp: '2026-11-01T10:05:00.000Z',
    compactMetadata,
    ...line,
  });
}

/** A line that rides along: no message, no uuid. */
export function ridingLine(type = 'last-prompt', line: Fields = {}): string {
  return JSON.stringify({ type, sessionId: 's', ...line });
}

/** Lines as a file holds them, each ended. */
export function transcriptOf(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
