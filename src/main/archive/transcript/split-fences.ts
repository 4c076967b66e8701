/** Prose, or the text inside of a fence of backticks or tildes with the word behind the fence. */
export type FencedPart =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string };

/** Splits Markdown at its fences. One that is never closed goes on to the end. Empty prose is left out. */
export function splitFences(text: string): readonly FencedPart[] {
  const parts: FencedPart[] = [];
  let lines: string[] = [];
  let fence: { readonly mark: string; readonly language: string } | null = null;
  const finish = (): void => {
    const body = lines.join('\n');
    if (fence) parts.push({ kind: 'code', language: fence.language, text: body });
    else if (body.trim() !== '') parts.push({ kind: 'prose', text: body.replace(/^\n+|\s+$/g, '') });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const [, mark, info = ''] = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (fence === null && mark !== undefined && !info.includes('`')) {
      finish();
      fence = { mark, language: /^[A-Za-z0-9+#._-]{1,30}/.exec(info)?.[0] ?? '' };
    } else if (fence && mark?.startsWith(fence.mark) && info === '') {
      finish();
      fence = null;
    } else {
      lines.push(line);
    }
  }
  finish();
  return parts;
}
