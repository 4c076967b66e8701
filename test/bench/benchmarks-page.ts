import { format, resolveConfig } from 'prettier';
import type { BenchResult, Figure, Quantity } from './bench-result.js';

const head = `# Benchmarks

\`npm run bench\` measures these and writes [benchmarks.json](benchmarks.json), from which this page is made: change neither by
hand. \`npm run bench -- --only NAME[,NAME]\` measures some anew and keeps the others with their dates; \`--quick\` measures
shorter. Everything is measured on the production build, and what stands beside a figure was measured in the same run. A
machine with other work to do gives worse figures; none are left out for that.
`;

/** The page for people, made of the raw results alone and formatted as the project's other files; \`file\` is where it will lie. */
export async function benchmarksPage(results: readonly BenchResult[], file: string): Promise<string> {
  const summary = [
    '| scenario | measures | bar | measured | beside it | bar kept |',
    '| --- | --- | --- | --- | --- | --- |',
    ...results.map(summaryRow),
  ].join('\n');
  const text = [head, summary, ...results.map(section)].join('\n\n');
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

/** Whether every figure with a bar keeps it; null where none was measured. */
export function isBarKept({ outcome }: BenchResult): boolean | null {
  return outcome.kind === 'skipped' ? null : outcome.figures.every(isKept);
}

function isKept({ value, bar }: Figure): boolean {
  return bar === null || value <= bar;
}

function summaryRow(result: BenchResult): string {
  const { name, measures, bar, outcome } = result;
  const link = `[${name}](#${name})`;
  if (outcome.kind === 'skipped') return `| ${link} | ${measures} | ${bar} | skipped | | |`;
  const judged = outcome.figures.filter((figure) => figure.bar !== null).map(worded);
  const kept = isBarKept(result) ? 'yes' : '**no**';
  return `| ${link} | ${measures} | ${bar} | ${judged.join(', ')} | ${outcome.beside.map(worded).join(', ')} | ${kept} |`;
}

function section({ name, outcome, date, quick, busyPercent, machine }: BenchResult): string {
  const { platform, cores, memoryGigabytes, node, electron } = machine;
  const runtime = electron === null ? `Node ${node}` : `Node ${node}, Electron ${electron}`;
  const when = `${date.slice(0, 10)}, ${platform}, ${cores} cores, ${memoryGigabytes} GB, ${runtime}${quick ? '; a quick run' : ''}${busyPercent < 10 ? '' : `; other work kept the cores ${busyPercent} % busy`}`;
  const title = `## ${name}`;
  if (outcome.kind === 'skipped') return `${title}\n\n${when}. Skipped: ${outcome.why}`;
  const rows = [
    ...outcome.figures.map(
      (figure) =>
        `| ${figure.name} | ${amount(figure)} | ${barWords(figure)} | ${figure.bar === null ? '' : keptWords(figure)} |`,
    ),
    ...outcome.beside.map((other) => `| _${other.name}_ | ${amount(other)} | | |`),
  ];
  const table = ['| figure | value | bar | kept |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return [title, `${when}.`, table, outcome.notes.join(' ')].join('\n\n');
}

function barWords(figure: Figure): string {
  return figure.bar === null ? '' : `≤ ${amount({ ...figure, value: figure.bar })}`;
}

function keptWords(figure: Figure): string {
  return isKept(figure) ? 'yes' : '**no**';
}

function worded(quantity: Quantity): string {
  return `${quantity.name} ${amount(quantity)}`;
}

function amount({ value, unit }: Quantity): string {
  return unit === '' ? numeral(value) : `${numeral(value)} ${unit}`;
}

/** Three significant digits, whole numbers in full, thousands apart. */
function numeral(value: number): string {
  const size = Math.abs(value);
  const decimals = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toFixed(decimals).replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}
