import { logLevels, logLevelVariable } from '../support/log-level.js';
import { flags } from './flags.js';

const indent = 27;
const width = 100;

/** The text of `--help`: usage, every flag with its default, examples and exit codes; ends with a line end. */
export function helpText(): string {
  const lines = flags.flatMap((flag) => {
    const head = `  --${flag.name}${flag.value === null ? '' : ` ${flag.value}`}`;
    const body = wrapped(flag.help, width - indent);
    const isHeadShort = head.length < indent - 1;
    return isHeadShort
      ? body.map((line, index) => (index === 0 ? head : '').padEnd(indent) + line)
      : [head, ...body.map((line) => ' '.repeat(indent) + line)];
  });
  return `Usage: context-watcher [options]

Watches every live Claude Code session; exports and archives it before its context window is full.
Without a command it runs in the foreground until Ctrl+C.

Options:
${lines.join('\n')}

A flag holds for this run and is not stored.

Environment:
  ${logLevelVariable}=debug  Log every reading too (levels: ${logLevels.join(', ')}; default: info)

Examples:
  context-watcher                          Run in the foreground
  context-watcher --threshold 80           Export at 80 %
  context-watcher --status                 Is it running?
  context-watcher --once --json            Every session's figures for a script
  context-watcher --export-now 1b9d6bcd    Export one session now
  context-watcher --verify                 Is the archive whole?
  context-watcher --restore 1b9d6bcd       Bring one session back
  context-watcher --transcript 1b9d6bcd    Read one session
  context-watcher --search "disk full"     Find it in every archived session
  context-watcher --stop                   Stop it

Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 another instance or the Python daemon runs.
`;
}

function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  // "(default: 75)" stays together.
  for (const word of text.split(/(?<!default:) /)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
