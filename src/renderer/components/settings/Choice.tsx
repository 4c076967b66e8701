import * as RadioGroup from '@radix-ui/react-radio-group';
import { useId, type ReactNode } from 'react';

/** One of the values that can be chosen, in words and, where it helps, with a picture. */
export interface ChoiceOption<Value extends string> {
  readonly value: Value;
  readonly text: string;
  readonly picture?: ReactNode;
}

interface ChoiceProps<Value extends string> {
  readonly options: readonly ChoiceOption<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
  readonly labelledBy: string;
  readonly describedBy?: string;
}

/** A few values side by side, of which one holds: a radio group, moved through with the arrow keys. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { options, value, onChoose, labelledBy, describedBy } = props;
  const id = useId();
  return (
    <RadioGroup.Root
      className="choice"
      orientation="horizontal"
      loop={false}
      value={value}
      onValueChange={(chosen) => {
        const option = options.find((one) => one.value === chosen);
        if (option !== undefined) onChoose(option.value);
      }}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          className="choice-option"
          value={option.value}
          aria-labelledby={id + option.value}
        >
          {option.picture}
          <span id={id + option.value}>{option.text}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
