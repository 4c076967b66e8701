/** What can be done with one file of the pending folder, or with one that was set aside from it. */
export type PendingAction = 'retry' | 'set-aside' | 'bring-back' | 'open' | 'reveal';

/** What came of it, in a sentence for people. `refused`: it makes no sense now. `unknown`: there is no such file. */
export type PendingAnswer =
  | { readonly kind: 'done'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly mend: string };
