import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { renderPopover } from './render-popover.js';
import { sampleState } from './sample-state.js';
import { drag, pass, patches, press, setScene, slider, valueOf, withSettings } from './settings-scene.js';

setScene();

const field = (edge: 'threshold' | 'maximum') =>
  screen.getByRole<HTMLInputElement>('spinbutton', { name: `Export ${edge} in percent` });

describe('the fields of the band', () => {
  test.each([
    ['threshold', '80', { thresholdPercent: 80 }],
    ['maximum', '90', { maxPercent: 90 }],
  ] as const)('the %s can be typed, and only that is sent', async (edge, typed, patch) => {
    const { api } = await renderPopover(sampleState());
    fireEvent.change(field(edge), { target: { value: typed } });
    expect(valueOf(`Export ${edge}`)).toBe(Number(typed));
    await pass(500);
    expect(patches(api)).toEqual([patch]);
  });

  test('a value that main refuses is said beside them, and the one in force is back', async () => {
    const { api } = await renderPopover(sampleState());
    api.updateSettings.mockResolvedValue({
      ok: true,
      value: { faults: [{ field: 'maxPercent', message: 'The maximum is not above.', mend: 'Raise it.' }] },
    });
    fireEvent.change(field('threshold'), { target: { value: '96' } });
    expect([valueOf('Export threshold'), valueOf('Export maximum')]).toEqual([96, 97]);
    fireEvent.blur(field('threshold'));
    await pass(0);
    expect(screen.getByText('The maximum is not above. Raise it.')).toBeTruthy();
    expect(field('threshold').getAttribute('aria-invalid')).toBe('true');
    expect(field('threshold').value).toBe('75');
  });

  test('what is no whole number is not sent', async () => {
    const { api } = await renderPopover(sampleState());
    fireEvent.change(field('maximum'), { target: { value: '90.5' } });
    expect(screen.getByText('Only whole numbers, please.')).toBeTruthy();
    await pass(1_000);
    expect(api.updateSettings).not.toHaveBeenCalled();
  });
});

describe('the band slider', () => {
  test('is one slider with two named thumbs that speak their values', async () => {
    await renderPopover(sampleState());
    const [threshold, maximum] = [slider('Export threshold'), slider('Export maximum')];
    expect(threshold.closest('.slider')).toBe(maximum.closest('.slider'));
    expect(threshold.getAttribute('aria-valuetext')).toBe('75 percent');
    expect(maximum.getAttribute('aria-valuetext')).toBe('95 percent');
    expect(threshold.getAttribute('aria-valuemin')).toBe('1');
    expect(threshold.getAttribute('aria-valuemax')).toBe('99');
    expect(maximum.getAttribute('aria-valuemax')).toBe('100');
    expect([field('threshold').value, field('maximum').value]).toEqual(['75', '95']);
  });

  test.each([
    ['ArrowRight', 76],
    ['ArrowUp', 76],
    ['ArrowLeft', 74],
    ['PageUp', 80],
    ['PageDown', 70],
    ['Home', 1],
    ['End', 94],
  ])('%s moves the threshold to %d', async (key, expected) => {
    await renderPopover(sampleState());
    press('Export threshold', key);
    expect(valueOf('Export threshold')).toBe(expected);
  });

  test.each([
    ['ArrowRight', 96],
    ['PageUp', 100],
    ['Home', 76],
    ['End', 100],
  ])('%s moves the maximum to %d', async (key, expected) => {
    await renderPopover(sampleState());
    press('Export maximum', key);
    expect(valueOf('Export maximum')).toBe(expected);
  });

  test('keys act once, 500 ms after the last one, and send only what changed', async () => {
    const { api } = await renderPopover(sampleState());
    press('Export threshold', 'ArrowRight');
    await pass(400);
    press('Export threshold', 'ArrowRight', 'PageUp');
    await pass(499);
    expect(api.updateSettings).not.toHaveBeenCalled();
    await pass(1);
    expect(patches(api)).toEqual([{ thresholdPercent: 82 }]);
  });

  test('keys that end where they began send nothing', async () => {
    const { api } = await renderPopover(sampleState());
    press('Export threshold', 'ArrowRight', 'ArrowLeft');
    await pass(600);
    expect(api.updateSettings).not.toHaveBeenCalled();
  });

  test('leaving the slider acts at once', async () => {
    const { api } = await renderPopover(sampleState());
    press('Export maximum', 'ArrowLeft');
    fireEvent.blur(slider('Export maximum'));
    expect(patches(api)).toEqual([{ maxPercent: 94 }]);
    await pass(600);
    expect(api.updateSettings).toHaveBeenCalledTimes(1);
  });

  test('shows while dragging, on the bars too, and acts on release', async () => {
    const { api, container } = await renderPopover(sampleState());
    drag('Export threshold', 'Down', 75);
    drag('Export threshold', 'Move', 60);
    expect(valueOf('Export threshold')).toBe(60);
    expect(field('threshold').value).toBe('60');
    expect(container.querySelector<HTMLElement>('.bar-band')?.style.insetInlineStart).toBe('60%');
    await pass(2000);
    expect(api.updateSettings).not.toHaveBeenCalled();
    drag('Export threshold', 'Up', 60);
    expect(patches(api)).toEqual([{ thresholdPercent: 60 }]);
  });

  test('a drag that the system takes away changes nothing', async () => {
    const { api } = await renderPopover(sampleState());
    drag('Export threshold', 'Down', 75);
    drag('Export threshold', 'Move', 60);
    drag('Export threshold', 'Cancel', 60);
    expect(valueOf('Export threshold')).toBe(75);
    await pass(1000);
    expect(api.updateSettings).not.toHaveBeenCalled();
  });

  test('thumbs don’t cross: the threshold stops one below the maximum', async () => {
    await renderPopover(sampleState());
    drag('Export threshold', 'Down', 75);
    drag('Export threshold', 'Move', 100);
    expect(valueOf('Export threshold')).toBe(94);
    expect(valueOf('Export maximum')).toBe(95);
  });

  test('a new state does not fight a drag in progress, and shows once it is over', async () => {
    const { api, push } = await renderPopover(sampleState());
    drag('Export threshold', 'Down', 75);
    drag('Export threshold', 'Move', 60);
    push(withSettings({ thresholdPercent: 50 }));
    expect(valueOf('Export threshold')).toBe(60);
    drag('Export threshold', 'Up', 60);
    await pass(0);
    expect(patches(api)).toEqual([{ thresholdPercent: 60 }]);
    push(withSettings({ thresholdPercent: 60 }));
    push(withSettings({ thresholdPercent: 55 }));
    expect(valueOf('Export threshold')).toBe(55);
  });

  test('keeps showing what was sent until main has taken it', async () => {
    const { push } = await renderPopover(sampleState());
    press('Export threshold', 'PageDown');
    await pass(500);
    push({ ...sampleState(), revision: 2 });
    expect(valueOf('Export threshold')).toBe(70);
    await pass(3000);
    expect(valueOf('Export threshold')).toBe(75);
  });

  test('a refused change goes back and its fault stands beside the slider', async () => {
    const { api } = await renderPopover(sampleState());
    api.updateSettings.mockResolvedValue({
      ok: true,
      value: { faults: [{ field: 'thresholdPercent', message: 'Too low.', mend: 'Take 1 to 99.' }] },
    });
    press('Export threshold', 'Home');
    await pass(500);
    const fault = screen.getByText('Too low. Take 1 to 99.');
    expect(fault.closest('[role=alert]')).not.toBeNull();
    expect(slider('Export threshold').getAttribute('aria-describedby')).toBe(fault.closest('[id]')?.id);
    expect(valueOf('Export threshold')).toBe(75);
    press('Export threshold', 'ArrowLeft');
    expect(screen.queryByText('Too low. Take 1 to 99.')).toBeNull();
  });

  test('Escape undoes an edit in progress and does not hide the popover', async () => {
    const { api } = await renderPopover(sampleState());
    press('Export threshold', 'PageDown', 'Escape');
    await pass(600);
    expect(valueOf('Export threshold')).toBe(75);
    expect(api.updateSettings).not.toHaveBeenCalled();
    expect(api.hidePopover).not.toHaveBeenCalled();
  });

  test('says which flags hold it for this run', async () => {
    await renderPopover(sampleState({ heldByFlag: ['thresholdPercent', 'maxPercent', 'cooldownMinutes'] }));
    expect(screen.getByText('Set by --threshold and --max-threshold for this run; a change replaces it.')).toBeTruthy();
    expect(screen.getByText('Set by --cooldown for this run; a change replaces it.')).toBeTruthy();
  });
});
