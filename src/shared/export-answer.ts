/** What came of a wish to export; one entry per session that was asked for. */
export type ExportOutcome =
  | {
      readonly kind: 'exported';
      readonly sessionId: string;
      readonly name: string;
      readonly path: string;
      readonly messages: number;
    }
  | { readonly kind: 'nothing-new'; readonly sessionId: string }
  | { readonly kind: 'failed'; readonly sessionId: string; readonly message: string; readonly mend: string };

/** The answer to Export now. */
export type ExportNowAnswer =
  | { readonly kind: 'done'; readonly outcomes: readonly ExportOutcome[] }
  | { readonly kind: 'unknown-session'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };
