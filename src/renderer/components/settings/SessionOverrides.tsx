import type { SessionState } from '../../../shared/app-state.js';
import { displayText } from '../../display-text.js';
import { figures } from '../../figures.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useFields } from '../../use-field.js';
import { FieldNotes } from '../FieldNotes.js';
import { IconButton } from '../IconButton.js';

/** What single sessions have of their own, a window or a threshold, with the way to take it from them; nothing where none has. */
export function SessionOverrides(scene: SettingsScene) {
  const field = useFields(scene, ['windowTokensBySession', 'thresholdPercentBySession']);
  const { windowTokensBySession, thresholdPercentBySession } = field.shown;
  const ids = [...new Set([...Object.keys(windowTokensBySession), ...Object.keys(thresholdPercentBySession)])];
  if (ids.length === 0 && field.faults.length === 0) return null;
  const remove = (id: string): void =>
    field.choose({
      windowTokensBySession: without(windowTokensBySession, id),
      thresholdPercentBySession: without(thresholdPercentBySession, id),
    });
  return (
    <section className="kinds" aria-label={texts.settings.sessionsOwn}>
      <h3>{texts.settings.sessionsOwn}</h3>
      <ul className="overrides" aria-label={texts.settings.sessionsOwn}>
        {ids.map((id) => {
          const name = nameOf(id, scene.state.sessions);
          const tokens = windowTokensBySession[id];
          const percent = thresholdPercentBySession[id];
          const values = [
            ...(tokens === undefined ? [] : [texts.session.window(figures.tokens(tokens))]),
            ...(percent === undefined ? [] : [texts.settings.ownThreshold(percent)]),
          ];
          return (
            <li key={id} className="override">
              <bdi className="override-name" title={displayText(id)}>
                {name}
              </bdi>
              <span className="root-state">{values.join(texts.listSeparator)}</span>
              <IconButton icon="close" label={texts.settings.removeOwn(name)} onClick={() => remove(id)} />
            </li>
          );
        })}
      </ul>
      <FieldNotes held={field.held} faults={field.faults} />
    </section>
  );
}

function nameOf(id: string, sessions: readonly SessionState[]): string {
  const session = sessions.find((one) => one.id === id);
  if (session === undefined) return displayText(id.slice(0, 8));
  return [session.project, session.title ?? '']
    .map(displayText)
    .filter((part) => part !== '')
    .join(texts.listSeparator);
}

function without(record: Readonly<Record<string, number>>, id: string): Record<string, number> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}
