import { useId } from 'react';

interface SwitchSettingProps {
  readonly name: string;
  /** A sentence below it that says what it does. */
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A setting that is on or off. */
export function SwitchSetting({ name, hint, isOn, onChange }: SwitchSettingProps) {
  const hintId = useId();
  const head = (className: string) => (
    <label className={className}>
      <span className="setting-name">{name}</span>
      <input
        type="checkbox"
        className="switch"
        aria-describedby={hint === undefined ? undefined : hintId}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
  if (hint === undefined) return head('setting setting-head');
  return (
    <div className="setting">
      {head('setting-head')}
      <p className="setting-hint" id={hintId}>
        {hint}
      </p>
    </div>
  );
}
