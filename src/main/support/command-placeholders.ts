/** What is filled in where it stands alone as an argument of the user's command: the archived file, the session's id, its percent. */
export const commandPlaceholders = ['{file}', '{session}', '{percent}'] as const;

/** One of them. */
export type CommandPlaceholder = (typeof commandPlaceholders)[number];
