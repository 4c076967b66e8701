/** One line of a session file as far as these tests look at it; read without any of the app's code. */
export interface TranscriptLine {
  readonly type?: string;
  readonly subtype?: string;
  readonly uuid?: string;
  readonly requestedModel?: string;
  readonly compactMetadata?: { readonly trigger: string; readonly preTokens: number };
  readonly message?: { readonly id?: string; readonly model?: string };
}

/** The lines of a session file's bytes. */
export function linesOf(bytes: Buffer): readonly TranscriptLine[] {
  return bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TranscriptLine);
}

/** How many messages people would count: distinct `message.id`, else `uuid`, of user and assistant lines. */
export function countMessages(lines: readonly TranscriptLine[]): number {
  const messages = lines.filter(({ type }) => type === 'user' || type === 'assistant');
  return new Set(messages.map(({ message, uuid }) => message?.id ?? uuid)).size;
}
