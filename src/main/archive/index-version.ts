/** The form of the index, as its head tells it once all that is archived stands in it; until then it is negative. */
export const completeVersion = 3;
