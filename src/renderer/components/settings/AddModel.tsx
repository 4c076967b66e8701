import * as Menu from '@radix-ui/react-dropdown-menu';
import { texts } from '../../texts.js';
import { Icon } from '../Icon.js';

interface AddModelProps {
  readonly models: readonly { readonly model: string; readonly text: string; readonly size: string | null }[];
  readonly onAdd: (model: string) => void;
}

/** A menu of the models that sessions use and that have no size of their own yet. */
export function AddModel({ models, onAdd }: AddModelProps) {
  if (models.length === 0) return <p className="nothing">{texts.settings.noModels}</p>;
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="button button-small">
        <Icon name="plus" />
        {texts.settings.addWindow}
      </Menu.Trigger>
      <Menu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
        {models.map(({ model, text, size }) => (
          <Menu.Item key={model} className="menu-item" title={model} onSelect={() => onAdd(model)}>
            {text}
            {size === null ? null : <span className="menu-note">{texts.session.window(size)}</span>}
          </Menu.Item>
        ))}
      </Menu.Content>
    </Menu.Root>
  );
}
