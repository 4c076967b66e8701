const mark = /\[1m\]/i;

/** Whether a model name carries the `[1m]` mark by which a window of 1 000 000 tokens is asked for. Ask of model fields only: prose holds the same letters as the ANSI code for bold. */
export function hasOneMillionMark(model: string): boolean {
  return mark.test(model);
}

/** A model name without the `[1m]` mark. */
export function withoutOneMillionMark(model: string): string {
  return model.replace(mark, '');
}
