/** What came of the wish to delete an archived session. `refused`: nothing was touched; the message says why. */
export type DeletionAnswer =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly message: string };
