import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { renderPopover } from './render-popover.js';
import { sampleState } from './sample-state.js';
import { pass, patches, press, setScene, slider, valueOf, withSettings } from './settings-scene.js';

setScene();

describe('the cooldown', () => {
  const field = () => screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Cooldown in minutes' });

  test('speaks minutes, not positions', async () => {
    await renderPopover(withSettings({ cooldownMinutes: 90 }));
    const thumb = slider('Cooldown');
    expect(thumb.getAttribute('aria-valuenow')).toBe('90');
    expect(thumb.getAttribute('aria-valuemax')).toBe('1440');
    expect(thumb.getAttribute('aria-valuetext')).toBe('90 minutes');
    expect(field().value).toBe('90');
  });

  test.each([
    [10, 'ArrowRight', 11],
    [10, 'PageUp', 15],
    [10, 'PageDown', 5],
    [60, 'ArrowRight', 75],
    [66, 'ArrowRight', 75],
    [66, 'ArrowLeft', 60],
    [10, 'Home', 0],
    [10, 'End', 1440],
  ])('from %d %s goes to %d', async (from, key, expected) => {
    const { api } = await renderPopover(withSettings({ cooldownMinutes: from }));
    press('Cooldown', key);
    expect(valueOf('Cooldown')).toBe(expected);
    expect(field().value).toBe(String(expected));
    await pass(500);
    expect(patches(api)).toEqual([{ cooldownMinutes: expected }]);
  });

  test('takes every whole number in the field, 500 ms after the last key', async () => {
    const { api } = await renderPopover(sampleState());
    fireEvent.change(field(), { target: { value: '10' } });
    fireEvent.change(field(), { target: { value: '101' } });
    await pass(499);
    expect(api.updateSettings).not.toHaveBeenCalled();
    await pass(1);
    expect(patches(api)).toEqual([{ cooldownMinutes: 101 }]);
  });

  test.each(['Enter', 'blur'])('%s acts at once', async (how) => {
    const { api } = await renderPopover(sampleState());
    fireEvent.change(field(), { target: { value: '7' } });
    if (how === 'blur') fireEvent.blur(field());
    else fireEvent.keyDown(field(), { key: how });
    expect(patches(api)).toEqual([{ cooldownMinutes: 7 }]);
  });

  test.each([
    ['', 0],
    ['1.5', 1],
    ['-3', 1],
  ])('sends nothing for %j, has %d fault, and shows the real value when left', async (text, faults) => {
    const { api } = await renderPopover(sampleState());
    fireEvent.change(field(), { target: { value: '12' } });
    fireEvent.change(field(), { target: { value: text } });
    await pass(1000);
    expect(screen.queryAllByText('Only whole numbers, please.')).toHaveLength(faults);
    expect(field().getAttribute('aria-invalid')).toBe(String(faults > 0));
    fireEvent.blur(field());
    expect(api.updateSettings).not.toHaveBeenCalled();
    expect(field().value).toBe('10');
    expect(screen.queryByText('Only whole numbers, please.')).toBeNull();
  });

  test('Escape undoes what is typed, and hides the popover once there is nothing to undo', async () => {
    const { api } = await renderPopover(sampleState());
    fireEvent.change(field(), { target: { value: '20' } });
    fireEvent.keyDown(field(), { key: 'Escape' });
    await pass(600);
    expect(field().value).toBe('10');
    expect(api.updateSettings).not.toHaveBeenCalled();
    expect(api.hidePopover).not.toHaveBeenCalled();
    fireEvent.keyDown(field(), { key: 'Escape' });
    expect(api.hidePopover).toHaveBeenCalledTimes(1);
  });

  test('keeps a refused text in sight beside its fault until the field is left', async () => {
    const { api } = await renderPopover(sampleState());
    api.updateSettings.mockResolvedValue({
      ok: true,
      value: { faults: [{ field: 'cooldownMinutes', message: '5000 is too much.', mend: 'Take 0 to 1440.' }] },
    });
    fireEvent.change(field(), { target: { value: '5000' } });
    await pass(500);
    const fault = screen.getByText('5000 is too much. Take 0 to 1440.');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(field().getAttribute('aria-describedby')).toBe(fault.closest('[id]')?.id);
    expect(field().value).toBe('5000');
    fireEvent.blur(field());
    expect(field().value).toBe('10');
  });
});
