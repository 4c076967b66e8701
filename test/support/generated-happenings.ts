import * as fc from 'fast-check';

type Fields = Readonly<Record<string, unknown>>;

/** Something that leaves lines in a transcript. */
export type Happening =
  | {
      readonly kind: 'answer';
      readonly model: string;
      readonly isAskedFor1m: boolean | null;
      readonly usage: Fields;
      /** Output figures of the answer's lines, in order: early ones may be placeholders. */
      readonly outputs: readonly number[];
      readonly text: string;
      readonly isSidechain: boolean;
      readonly place: Fields;
    }
  | { readonly kind: 'late line of an earlier answer'; readonly back: number; readonly output: number }
  | { readonly kind: 'prompt'; readonly text: string; readonly place: Fields; readonly toolUseResult: Fields | null }
  | { readonly kind: 'sub-agent progress'; readonly usage: Fields; readonly text: string }
  | {
      readonly kind: 'compaction';
      readonly metadata: Fields;
      readonly hasSummary: boolean;
      /** How many lines, counted from which, are appended again behind the boundary. */
      readonly again: { readonly from: number; readonly count: number };
    }
  | { readonly kind: 'line'; readonly fields: Fields; readonly hasIdentity: boolean };

const awkwardTexts = [
  'ok',
  '',
  'Set model to \u001b[1mOpus 4.6\u001b[22m [1m]',
  '{"type":"assistant","uuid":"quoted","message":{"model":"quoted","usage":{"input_tokens":777777}}}',
  'line one\nline two\r\n\ttabbed \u2028 \u2029 \u0000 \u0007',
  '会话记录上下文窗口',
  '🐛👩‍👩‍👧 grüße',
  'lone \ud800 and \udfff halves',
  '}}]}"\\',
];
const hugeTexts = ['x'.repeat(300_000), '界'.repeat(30_000), '}'.repeat(70_000), '\\"{"type":'.repeat(5_000)];

const text = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...awkwardTexts) },
  { weight: 8, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(...hugeTexts) },
);

const tokens = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 250_000 }) },
  { weight: 3, arbitrary: fc.nat({ max: 10 }) },
  { weight: 1, arbitrary: fc.constant(1_000_000) },
);
const figure: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 15, arbitrary: tokens },
  { weight: 1, arbitrary: fc.constantFrom(null, '5', -3, [], {}) },
);
const inputFigures = {
  input_tokens: figure,
  cache_creation_input_tokens: figure,
  cache_read_input_tokens: figure,
  cache_creation: fc.record(
    { ephemeral_5m_input_tokens: figure, ephemeral_1h_input_tokens: figure },
    { requiredKeys: [] },
  ),
};
const iteration = fc.record(
  {
    type: fc.constantFrom('message', 'message', 'fallback_message', 'advisor_message', 'compaction', 'unheard_of'),
    ...inputFigures,
  },
  { requiredKeys: ['type'] },
);
const usage: fc.Arbitrary<Fields> = fc.record(
  {
    ...inputFigures,
    service_tier: fc.constant('standard'),
    iterations: fc.oneof(fc.array(iteration, { maxLength: 4 }), fc.constant(null)),
  },
  { requiredKeys: [] },
);

const place: fc.Arbitrary<Fields> = fc.record(
  {
    cwd: fc.constantFrom('/w', '/w/deeper', 'C:\\Users\\someone', '/家'),
    gitBranch: fc.constantFrom('main', 'fix/月', ''),
    version: fc.constantFrom('1.0.98', '2.1.39', '2.1.330'),
  },
  { requiredKeys: [] },
);

const answer: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constant('answer'),
  model: fc.constantFrom('claude-opus-4-6', 'claude-haiku-4-5-20251001', 'us.anthropic.claude-x-v1:0', '<synthetic>'),
  isAskedFor1m: fc.constantFrom(null, false, true),
  usage,
  outputs: fc.array(tokens, { minLength: 1, maxLength: 4 }),
  text,
  isSidechain: fc.constantFrom(false, false, false, true),
  place,
});

const lateLine: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constant('late line of an earlier answer'),
  back: fc.nat({ max: 3 }),
  output: tokens,
});

const prompt: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constant('prompt'),
  text,
  place,
  toolUseResult: fc.option<Fields>(fc.record({ usage, content: text, totalTokens: tokens }), { freq: 3 }),
});

const progress: fc.Arbitrary<Happening> = fc.record({ kind: fc.constant('sub-agent progress'), usage, text });

const compaction: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constant('compaction'),
  metadata: fc.record(
    { trigger: fc.constantFrom('auto', 'manual'), preTokens: tokens, postTokens: tokens },
    { requiredKeys: ['trigger'] },
  ),
  hasSummary: fc.boolean(),
  again: fc.record({ from: fc.nat({ max: 40 }), count: fc.constantFrom(0, 0, 1, 2, 8) }),
});

const named = <Name extends string>(type: Name, field: string, value: fc.Arbitrary<unknown>) =>
  value.map((content) => ({ type, [field]: content }));

const otherLine: fc.Arbitrary<Happening> = fc
  .oneof<fc.Arbitrary<Fields>[]>(
    named('ai-title', 'aiTitle', text),
    named('custom-title', 'customTitle', text),
    named('summary', 'summary', text),
    named('last-prompt', 'lastPrompt', text),
    named('queue-operation', 'content', text),
    named('cost-state', 'modelUsage', fc.constantFrom({ 'claude-opus-4-6[1m]': { inputTokens: 5 } }, { a: {} }, null)),
    named('file-history-snapshot', 'snapshot', fc.constant({ trackedFileBackups: {}, type: 'assistant' })),
    named('api-request', 'message', fc.record({ model: fc.constant('claude-x[1m]'), usage })),
    named('never-seen-before', 'message', fc.record({ usage })),
    named('attachment', 'attachment', fc.record({ type: fc.constant('file'), content: text })),
    named('continued-in', 'successor', fc.constant('another')),
    named('relocated', 'to', fc.constant('/elsewhere')),
    fc.constant({ type: 'system', subtype: 'microcompact_boundary', microcompactMetadata: { preTokens: 999_999 } }),
    fc.constant({ type: 'system', subtype: 'local_command', content: '<command-name>/model</command-name>' }),
    fc.constant({ subtype: 'compact_boundary', compactMetadata: { trigger: 'auto', preTokens: 999_999 } }),
    fc.constant({ type: 7, message: { usage: { input_tokens: 9 } } }),
  )
  .map((fields) => ({
    kind: 'line',
    fields,
    hasIdentity: fields['type'] === 'attachment' || fields['type'] === 'system',
  }));

/** Anything that a client, old or new, is known to write lines for, and some that no client is known to write. */
export const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: answer },
  { weight: 2, arbitrary: lateLine },
  { weight: 5, arbitrary: prompt },
  { weight: 2, arbitrary: progress },
  { weight: 2, arbitrary: compaction },
  { weight: 8, arbitrary: otherLine },
);
