import { useState } from 'react';
import { texts } from '../texts.js';
import type { SettingControl } from '../use-setting.js';

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly setting: SettingControl<number>;
  readonly describedBy?: string;
  readonly hasFault: boolean;
  /** Told what is wrong with the typed text itself, or null. */
  readonly onLocalFault: (fault: string | null) => void;
}

/** A field for whole numbers: acts 500 ms after the last key, on Enter, or when the focus leaves. Refused text stays until then, beside its fault. */
export function NumberField(props: NumberFieldProps) {
  const { label, unit, min, max, setting, describedBy, hasFault, onLocalFault } = props;
  const [typed, setTyped] = useState<string | null>(null);

  const type = (text: string): void => {
    setTyped(text);
    const isWhole = /^\d{1,7}$/.test(text);
    onLocalFault(isWhole || text === '' ? null : texts.rules.notWhole);
    if (!isWhole) return void setting.cancel();
    setting.preview(Number(text));
    setting.commitSoon();
  };
  return (
    <span className="number-field">
      <input
        type="number"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={hasFault}
        min={min}
        max={max}
        step={1}
        value={typed ?? String(setting.shown)}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setting.commit();
          const isOpen = typed !== null && typed !== String(setting.shown);
          if (event.key === 'Escape' && (setting.cancel() || isOpen)) {
            setTyped(null);
            onLocalFault(null);
            event.preventDefault();
          }
        }}
        onBlur={() => {
          setting.commit();
          setTyped(null);
          onLocalFault(null);
        }}
      />
      <span className="number-unit">{unit}</span>
    </span>
  );
}
