import { useState } from 'react';
import { figures } from '../../figures.js';
import { modelName } from '../../model-name.js';
import { seenModels } from '../../seen-models.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useFields } from '../../use-field.js';
import { FieldNotes } from '../FieldNotes.js';
import { IconButton } from '../IconButton.js';
import { NumberField } from '../NumberField.js';
import { AddModel } from './AddModel.js';
import { SessionOverrides } from './SessionOverrides.js';

/** The context windows that the user knows better than the app: by model, added from the models that sessions use. */
export function WindowsGroup(scene: SettingsScene) {
  const field = useFields(scene, ['windowTokensByModel']);
  const windows = field.shown.windowTokensByModel;
  const without = (model: string): Record<string, number> =>
    Object.fromEntries(Object.entries(windows).filter(([name]) => name !== model));
  const models = seenModels(scene.state.sessions).filter(({ model }) => !Object.hasOwn(windows, model));
  return (
    <>
      <section aria-label={texts.settings.windows}>
        <p className="setting-hint">{texts.settings.windowsHint}</p>
        <ul className="overrides" aria-label={texts.settings.windows}>
          {Object.entries(windows).map(([model, tokens]) => (
            <ModelWindow
              key={model}
              model={model}
              tokens={tokens}
              field={field}
              onRemove={() => field.choose({ windowTokensByModel: without(model) })}
            />
          ))}
        </ul>
        {Object.keys(windows).length === 0 ? <p className="nothing">{texts.settings.noWindows}</p> : null}
        <FieldNotes held={field.held} faults={field.faults} />
        <AddModel
          models={models.map(({ model, tokens }) => ({
            model,
            text: modelName(model),
            size: tokens === null ? null : figures.tokens(tokens),
          }))}
          onAdd={(model) => {
            const tokens = models.find((one) => one.model === model)?.tokens ?? usualTokens;
            field.choose({ windowTokensByModel: { ...windows, [model]: tokens } });
          }}
        />
      </section>
      <SessionOverrides {...scene} />
    </>
  );
}

const usualTokens = 200_000;

type WindowsField = ReturnType<typeof useFields<'windowTokensByModel'>>;

interface ModelWindowProps {
  readonly model: string;
  readonly tokens: number;
  readonly field: WindowsField;
  readonly onRemove: () => void;
}

function ModelWindow({ model, tokens, field, onRemove }: ModelWindowProps) {
  const [localFault, setLocalFault] = useState<string | null>(null);
  const name = modelName(model);
  return (
    <li className="override">
      <span className="override-name" title={model}>
        {name}
      </span>
      <NumberField
        label={texts.settings.windowField(name)}
        unit={texts.settings.windowUnit}
        min={1000}
        max={9_999_999}
        setting={{
          ...field,
          shown: tokens,
          preview: (next) =>
            field.preview({ windowTokensByModel: { ...field.shown.windowTokensByModel, [model]: next } }),
        }}
        hasFault={localFault !== null || field.faults.length > 0}
        onLocalFault={setLocalFault}
      />
      <IconButton icon="close" label={texts.settings.removeWindow(name)} onClick={onRemove} />
      {localFault === null ? null : (
        <p className="field-fault" role="alert">
          {localFault}
        </p>
      )}
    </li>
  );
}
