import contextWindows from './context-windows.json' with { type: 'json' };
import { hasProviderName, plainModelName } from './model-name.js';

/** What the table says of a model. */
interface ListedWindow {
  readonly windowTokens: number;
  /** `assumed` where the one who serves the model may give it another window than the table's. */
  readonly windowSource: 'table' | 'assumed';
}

/** Listed with 1 000 000, and said to have 200 000 on Bedrock, Vertex and Foundry, or behind some gateways. */
const smallAtSomeProviders: readonly string[] = ['claude-opus-4-8', 'claude-opus-5', 'claude-sonnet-5'];

/** The window of a model as the table of the client's status line has it; null for a model that isn't in it. */
export function listedWindow(model: string): ListedWindow | null {
  const models: Readonly<Record<string, number>> = contextWindows.models;
  const listed = listedName(Object.keys(models), plainModelName(model));
  const windowTokens = listed === null ? undefined : models[listed];
  if (listed === null || windowTokens === undefined) return null;
  const isUncertain = hasProviderName(model) && smallAtSomeProviders.includes(listed);
  return { windowTokens, windowSource: isUncertain ? 'assumed' : 'table' };
}

/** The exact name, else the longest listed name of which this is a variant (`…-fast`). A further number is another model, which the table doesn't know. */
function listedName(names: readonly string[], name: string): string | null {
  if (names.includes(name)) return name;
  const variants = names.filter(
    (listed) => name.startsWith(`${listed}-`) && /^[a-z]/.test(name.slice(listed.length + 1)),
  );
  return variants.toSorted((one, other) => other.length - one.length)[0] ?? null;
}
