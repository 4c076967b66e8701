import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the client hands to a status line command, as far as it is compared. */
export interface StatusLine {
  readonly session_id: string;
  readonly model: { readonly id: string };
  readonly context_window: {
    readonly total_input_tokens: number;
    readonly context_window_size: number;
    readonly used_percentage: number | null;
  };
}

const dump = 'status-line.jsonl';

/** Client settings that make it write down, in the user's home, each status line that it shows. */
export const statusLineSettings = {
  statusLine: { type: 'command', command: `cat >> "$HOME/${dump}"; echo >> "$HOME/${dump}"; echo shown` },
} as const;

/** The newest status line in a home that `isWanted`; null where none has been shown. */
export async function shownStatusLine(
  home: string,
  isWanted: (shown: StatusLine) => boolean = () => true,
): Promise<StatusLine | null> {
  const text = await readFile(join(home, dump), 'utf8').catch(() => '');
  const complete = text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '');
  return complete.map((line) => JSON.parse(line) as StatusLine).findLast(isWanted) ?? null;
}
