/** What a message can be filtered by; null: nothing is known, or nothing is asked for. */
interface FilterValues {
  /** Rows of the index. */
  readonly session: number | null;
  readonly project: number | null;
  readonly role: string | null;
  readonly kind: string | null;
}

/** The words that the index keeps beside a message's own, so that a filter is a part of the query. */
export function filterTokens({ session, project, role, kind }: FilterValues): string {
  const tokens = [
    session === null ? null : sessionToken(session),
    project === null ? null : projectToken(project),
    role === null ? null : roleToken(role),
    kind === null ? null : kindToken(kind),
  ];
  return tokens.filter((token) => token !== null).join(' ');
}

export const sessionToken = (row: number): string => `s${row}`;
export const projectToken = (row: number): string => `p${row}`;
export const roleToken = (role: string): string => `r${role}`;
/** Any text: as hex it is one word. */
export const kindToken = (kind: string): string => `k${Buffer.from(kind).toString('hex')}`;
