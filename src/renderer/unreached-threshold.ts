import type { SessionState } from '../shared/app-state.js';
import { figures } from './figures.js';
import { modelName } from './model-name.js';
import { texts } from './texts.js';

/** Says which models compact below the threshold (whole percent), so that it never fires for them; null where there are none. Each model is named once; sessions with a threshold of their own are left out. */
export function unreachedThreshold(sessions: readonly SessionState[], thresholdPercent: number): string | null {
  const lowest = new Map<string, number>();
  for (const session of sessions) {
    const percent = linePercent(session);
    const name = nameOf(session);
    if (session.exportBand.isOwn || percent === null || name === null || percent >= thresholdPercent) continue;
    const isReachedElsewhere = sessions.some(
      (other) => nameOf(other) === name && (linePercent(other) ?? 0) >= thresholdPercent,
    );
    const label =
      isReachedElsewhere && session.windowTokens !== null
        ? texts.rules.modelWithWindow(name, figures.tokens(session.windowTokens))
        : name;
    lowest.set(label, Math.min(percent, lowest.get(label) ?? percent));
  }
  if (lowest.size === 0) return null;
  return texts.rules.unreached([...lowest].map(([label, percent]) => [label, Math.floor(percent)]));
}

function linePercent({ compactionLine }: SessionState): number | null {
  return compactionLine?.percent ?? null;
}

function nameOf({ model, requestedModel }: SessionState): string | null {
  const id = model ?? requestedModel;
  return id === null ? null : modelName(id);
}
