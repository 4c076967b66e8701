/** Whether a text may be the name of a pending file: a name and never a path, visible, with one of the two endings. */
export function isPendingName(text: string): boolean {
  return text.length <= 255 && /^[^./\\\0][^/\\\0]*\.(?:jsonl|txt)$/.test(text);
}
