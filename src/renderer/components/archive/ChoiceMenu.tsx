import * as Menu from '@radix-ui/react-dropdown-menu';
import { Icon } from '../Icon.js';

interface ChoiceMenuProps {
  /** What is chosen among, with what is chosen now, for screen readers. */
  readonly label: string;
  /** The first choice, which is the one where nothing is chosen. */
  readonly anyLabel: string;
  readonly chosen: string | null;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string | null) => void;
  readonly onOpen?: (() => void) | undefined;
}

/** A button that says what is chosen, and opens a menu to choose from. */
export function ChoiceMenu({ label, anyLabel, chosen, choices, onChoose, onOpen }: ChoiceMenuProps) {
  const shown = choices.find(({ value }) => value === chosen)?.label ?? chosen ?? anyLabel;
  return (
    <Menu.Root modal={false} onOpenChange={(isOpen) => (isOpen ? onOpen?.() : undefined)}>
      <Menu.Trigger asChild>
        <button type="button" className="filter" aria-label={label} data-chosen={chosen !== null}>
          <bdi className="filter-words">{shown}</bdi>
          <Icon name="down" />
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="start" sideOffset={4} collisionPadding={8} aria-label={label}>
          <Menu.RadioGroup
            value={chosen === null ? anyValue : `=${chosen}`}
            onValueChange={(value) => onChoose(value === anyValue ? null : value.slice(1))}
          >
            {[
              { key: anyValue, name: anyLabel },
              ...choices.map((one) => ({ key: `=${one.value}`, name: one.label })),
            ].map(({ key, name }) => (
              <Menu.RadioItem key={key} className="menu-item" value={key}>
                <span className="menu-mark">
                  <Menu.ItemIndicator>
                    <Icon name="check" />
                  </Menu.ItemIndicator>
                </span>
                <bdi className="menu-words">{name}</bdi>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** No choice begins so: theirs begin with an equals sign. */
const anyValue = 'any';
