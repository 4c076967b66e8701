import { useState } from 'react';
import { addedFolders } from '../../added-folders.js';
import { faultWords } from '../../send-settings.js';
import { displayText } from '../../display-text.js';
import { heldByFlag } from '../../held-by-flag.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { FieldNotes } from '../FieldNotes.js';
import { Icon } from '../Icon.js';
import { IconButton } from '../IconButton.js';
import { RootRow } from '../RootList.js';
import { NumberSetting } from './NumberSetting.js';

/** The folders in which sessions are looked for, each with its health; folders are added by the system's own dialog. */
export function FoldersGroup(scene: SettingsScene) {
  const { state, api } = scene;
  const [faults, setFaults] = useState<readonly string[]>([]);
  const { watched, unlisted } = addedFolders(state.roots, state.settings.extraRoots);
  const add = async (): Promise<void> => {
    const answer = await api.addRoot().catch(() => null);
    if (answer === null) return setFaults([texts.toast.noAnswer]);
    if (!answer.ok) return setFaults([answer.message]);
    setFaults(answer.value.kind === 'refused' ? answer.value.faults.map(faultWords) : []);
  };
  const remove = async (entry: string): Promise<void> => {
    const answer = await api.removeRoot(entry).catch(() => null);
    if (answer === null) return setFaults([texts.toast.noAnswer]);
    setFaults(answer.ok ? answer.value.faults.map(faultWords) : [answer.message]);
  };
  return (
    <>
      <section aria-label={texts.settings.roots}>
        <p className="setting-hint">{texts.settings.rootsHint}</p>
        <ul className="facts folders" aria-label={texts.settings.roots}>
          {watched.map(({ root, entry }) => (
            <RootRow key={root.path} root={root} hasSource>
              {entry === null ? null : (
                <IconButton
                  icon="close"
                  label={texts.settings.removeRoot(displayText(entry))}
                  onClick={() => void remove(entry)}
                />
              )}
            </RootRow>
          ))}
          {unlisted.map((entry) => (
            <li key={entry} className="root" data-stacked data-unlisted>
              <span className="root-words">
                <bdi className="fact-path">{displayText(entry)}</bdi>
                <span className="root-state">{texts.settings.rootElsewhere}</span>
              </span>
              <IconButton
                icon="close"
                label={texts.settings.removeRoot(displayText(entry))}
                onClick={() => void remove(entry)}
              />
            </li>
          ))}
        </ul>
        <FieldNotes held={heldByFlag(state, ['extraRoots'])} faults={faults} />
        <button type="button" className="button button-small" onClick={() => void add()}>
          <Icon name="plus" />
          {texts.settings.addRoot}
        </button>
      </section>
      <NumberSetting
        name={texts.settings.poll}
        hint={texts.settings.pollHint}
        label={texts.settings.pollField}
        unit={texts.settings.pollUnit}
        min={1}
        max={3600}
        field={useField(scene, 'pollIntervalSeconds')}
      />
    </>
  );
}
