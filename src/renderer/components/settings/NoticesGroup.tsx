import { useId } from 'react';
import { noticeKinds, type NoticeKind } from '../../../shared/settings.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField, useFields } from '../../use-field.js';
import { FieldNotes } from '../FieldNotes.js';
import { Icon } from '../Icon.js';
import { Choice } from './Choice.js';
import { QuietHoursSetting } from './QuietHoursSetting.js';
import { SwitchSetting } from './SwitchSetting.js';

const modes = ['off', 'silent', 'sound'] as const;
type NoticeMode = (typeof modes)[number];

/** Which notices are shown, which of them make a sound, and when none does. */
export function NoticesGroup(scene: SettingsScene) {
  return (
    <>
      <SwitchSetting
        name={texts.settings.sound}
        hint={texts.settings.soundHint}
        field={useField(scene, 'noticeSound')}
      />
      <QuietHoursSetting {...scene} />
      <NoticeKinds {...scene} />
    </>
  );
}

function NoticeKinds(scene: SettingsScene) {
  const id = useId();
  const field = useFields(scene, ['noticesOff', 'noticesSilent']);
  const { noticesOff, noticesSilent } = field.shown;
  const modeOf = (kind: NoticeKind): NoticeMode =>
    noticesOff.includes(kind) ? 'off' : noticesSilent.includes(kind) ? 'silent' : 'sound';
  const choose = (kind: NoticeKind, mode: NoticeMode): void =>
    field.choose({
      noticesOff: listWith(noticesOff, kind, mode === 'off'),
      noticesSilent: listWith(noticesSilent, kind, mode === 'silent'),
    });
  return (
    <section className="kinds" aria-labelledby={`${id}heading`}>
      <div className="setting-head">
        <h3 id={`${id}heading`}>{texts.settings.kindsHeading}</h3>
        {field.reset === null ? null : (
          <button
            type="button"
            className="button-icon button-reset"
            aria-label={texts.settings.reset(texts.settings.kindsHeading)}
            title={texts.settings.reset(texts.settings.kindsHeading)}
            onClick={field.reset}
          >
            <Icon name="reset" />
          </button>
        )}
      </div>
      <p className="setting-hint">{texts.settings.kindsHint}</p>
      <FieldNotes held={field.held} faults={field.faults} />
      {noticeKinds.map((kind) => (
        <div key={kind} className="kind">
          <span className="kind-name" id={id + kind}>
            {texts.settings.kinds[kind]}
          </span>
          <Choice
            options={modes.map((value) => ({ value, text: texts.settings.noticeModes[value] }))}
            value={modeOf(kind)}
            onChoose={(mode) => choose(kind, mode)}
            labelledBy={id + kind}
          />
        </div>
      ))}
    </section>
  );
}

/** The list with or without a kind, in the order in which kinds are shown. */
function listWith(list: readonly NoticeKind[], kind: NoticeKind, isIn: boolean): readonly NoticeKind[] {
  return noticeKinds.filter((one) => (one === kind ? isIn : list.includes(one)));
}
