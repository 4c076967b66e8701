import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPopover } from './render-popover.js';
import { sampleState } from './sample-state.js';
import { openGroup } from './settings-scene.js';

const offer = () => screen.queryByRole('region', { name: 'An offer' });

test.each([
  ['Yes', true],
  ['No', false],
] as const)('CODITECT’s exporter is offered, and %s is handed on, by keyboard too', async (name, accepted) => {
  const { api } = await renderPopover(sampleState({ scripts: { exporter: 'offered', extractor: 'on' } }));
  expect(offer()?.textContent).toContain('Run it as well after each export?');
  screen.getByRole('button', { name }).focus();
  await userEvent.keyboard('{Enter}');
  expect(api.answerExporterOffer.mock.calls).toEqual([[accepted]]);
});

test.each(['missing', 'off', 'on'] as const)('nothing is offered while it is %s', async (exporter) => {
  await renderPopover(sampleState({ scripts: { exporter, extractor: 'missing' } }));
  expect(offer()).toBeNull();
});

test('the settings switch installed scripts on and off, and name no others', async () => {
  const { api, push } = await renderPopover(sampleState({ scripts: { exporter: 'off', extractor: 'on' } }));
  openGroup('Scripts');
  await userEvent.click(screen.getByRole('switch', { name: 'Run CODITECT’s exporter too' }));
  await userEvent.click(screen.getByRole('switch', { name: 'Run CODITECT’s extractor too' }));
  expect(api.updateSettings.mock.calls).toEqual([[{ exporterScript: true }], [{ extractorScript: 'off' }]]);
  push(sampleState({ revision: 2, scripts: { exporter: 'missing', extractor: 'missing' } }));
  expect(screen.queryByRole('switch', { name: /CODITECT/ })).toBeNull();
  expect(screen.getByText(/None of CODITECT’s scripts is installed/)).toBeTruthy();
});
