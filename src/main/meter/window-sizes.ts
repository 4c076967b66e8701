/** The window that models have without `[1m]`, unless they have the large one anyway; in tokens. */
export const smallWindowTokens = 200_000;

/** The window of `[1m]`, of newer models and of any model that the client doesn't know; in tokens. */
export const largeWindowTokens = 1_000_000;
