/**
 * What came of confirming the command that runs after each export. `code` names that exact command, word by word; a
 * confirmation with the code of another one is refused.
 */
export type CommandAnswer =
  | { readonly kind: 'no-command' }
  | { readonly kind: 'unconfirmed'; readonly words: readonly string[]; readonly code: string }
  | { readonly kind: 'confirmed'; readonly words: readonly string[] }
  | { readonly kind: 'other-command'; readonly words: readonly string[]; readonly code: string };
