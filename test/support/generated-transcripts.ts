import * as fc from 'fast-check';
import { anyHappening } from './generated-happenings.js';
import { recordsOf } from './generated-records.js';

type Fields = Readonly<Record<string, unknown>>;

/** One line of a generated transcript, with what is known of it because it was made and not read. */
export interface GeneratedLine {
  /** Without its line end. */
  readonly bytes: Buffer;
  /** Empty for a last line that is still being written. */
  readonly lineEnd: '\n' | '\r\n' | '';
  /** The records that can be had from the line, in order. */
  readonly records: readonly Fields[];
  readonly isBad: boolean;
}

/** How a record is put into the file: mostly as it is, sometimes the way a crash leaves it. */
type Layout =
  | { readonly kind: 'whole' }
  | { readonly kind: 'NUL bytes'; readonly at: number; readonly count: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'cut, the next one behind it'; readonly at: number }
  | { readonly kind: 'no line end, the next one behind it' }
  | { readonly kind: 'preceded by'; readonly noise: string };

/** Between 0 and 1, both of them likely. */
const fraction = fc.nat({ max: 1000 }).map((value) => value / 1000);

const layout: fc.Arbitrary<Layout> = fc.oneof(
  { weight: 30, arbitrary: fc.constant<Layout>({ kind: 'whole' }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('NUL bytes'), at: fraction, count: fc.constantFrom(1, 3, 4096) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut'), at: fraction }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut, the next one behind it'), at: fraction }) },
  { weight: 1, arbitrary: fc.constant<Layout>({ kind: 'no line end, the next one behind it' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('preceded by'),
      noise: fc.constantFrom('', ' \t', '// prose', '42', '[1]', 'null', '"text"', '\0\0\0', '{', '\ufffd'),
    }),
  },
);

const style = fc.record({
  layout,
  lineEnd: fc.constantFrom('\n', '\n', '\n', '\r\n'),
  keyOrder: fc.option(fc.nat(), { freq: 3 }),
  isEscaped: fc.constantFrom(false, false, true),
});

/** Whole transcripts: every kind of line that the client writes, in any order of keys, with every damage that is known. */
export const generatedTranscript: fc.Arbitrary<readonly GeneratedLine[]> = fc
  .record({
    happenings: fc.array(anyHappening, { maxLength: 25, size: 'max' }),
    styles: fc.array(style, { minLength: 1, maxLength: 40 }),
    isUnfinished: fc.boolean(),
  })
  .map(({ happenings, styles, isUnfinished }) => {
    const lines = linesOf(recordsOf(happenings), styles);
    const last = lines.at(-1);
    return last === undefined || !isUnfinished ? lines : [...lines.slice(0, -1), { ...last, lineEnd: '' }];
  });

/** The transcript as it lies on disk. */
export function bytesOfTranscript(lines: readonly GeneratedLine[]): Buffer {
  return Buffer.concat(lines.flatMap(({ bytes, lineEnd }) => [bytes, Buffer.from(lineEnd)]));
}

interface Style {
  readonly layout: Layout;
  readonly lineEnd: '\n' | '\r\n';
  readonly keyOrder: number | null;
  readonly isEscaped: boolean;
}

function linesOf(records: readonly Fields[], styles: readonly Style[]): GeneratedLine[] {
  const lines: GeneratedLine[] = [];
  const styleOf = (index: number) => styles[index % styles.length] as Style;
  const written = records.map((record, index) => Buffer.from(textOf(record, styleOf(index))));
  for (let index = 0; index < records.length; index += 1) {
    const bytes = written[index] as Buffer;
    const record = records[index] as Fields;
    const { layout: laid, lineEnd } = styleOf(index);
    const next = { bytes: written[index + 1], record: records[index + 1] };
    const add = (pieces: readonly Buffer[], from: readonly Fields[], isBad: boolean) =>
      lines.push({ bytes: Buffer.concat(pieces), lineEnd, records: from, isBad });
    if (laid.kind === 'NUL bytes') {
      const at = characterStart(bytes, laid.at);
      add([bytes.subarray(0, at), Buffer.alloc(laid.count), bytes.subarray(at)], [record], true);
    } else if (laid.kind === 'cut') {
      add([cutShort(bytes, laid.at)], [], true);
    } else if (laid.kind === 'cut, the next one behind it' && next.bytes !== undefined && next.record !== undefined) {
      add([cutShort(bytes, laid.at), next.bytes], [next.record], true);
      index += 1;
    } else if (laid.kind === 'no line end, the next one behind it' && next.bytes !== undefined && next.record) {
      add([bytes, next.bytes], [record, next.record], true);
      index += 1;
    } else {
      if (laid.kind === 'preceded by') add([Buffer.from(laid.noise)], [], laid.noise.trim() !== '');
      add([bytes], [record], false);
    }
  }
  return lines;
}

/** At least the opening brace, at most all but the closing one; any byte between, also within a character. */
function cutShort(bytes: Buffer, at: number): Buffer {
  return bytes.subarray(0, 1 + Math.floor(at * (bytes.length - 2)));
}

function characterStart(bytes: Buffer, at: number): number {
  let index = Math.floor(at * bytes.length);
  while (index > 0 && ((bytes[index] ?? 0) & 0xc0) === 0x80) index -= 1;
  return index;
}

function textOf(record: Fields, { keyOrder, isEscaped }: Style): string {
  const text = JSON.stringify(keyOrder === null ? record : shuffled(record, keyOrder));
  if (!isEscaped) return text;
  return text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same record with its keys, and those of its parts, in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (typeof value !== 'object' || value === null) return value;
  const keyed = Object.entries(value).map(([key, item], index) => ({
    key,
    item: shuffled(item, seed),
    rank: Math.imul(seed + index + 1, 2_654_435_761) >>> 0,
  }));
  return Object.fromEntries(keyed.toSorted((one, other) => one.rank - other.rank).map(({ key, item }) => [key, item]));
}
