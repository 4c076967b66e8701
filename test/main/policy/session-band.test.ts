import { expect, test } from 'vitest';
import { bandOfSession } from '../../../src/main/policy/session-band.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

const settings = {
  ...defaultSettings,
  thresholdPercent: 75,
  maxPercent: 95,
  thresholdPercentBySession: { early: 40, edge: 95, late: 97 },
};

test.each([
  ['without one of its own, the common band', 'other', { from: 75, to: 95, isOwn: false }],
  ['its own threshold, the common maximum', 'early', { from: 40, to: 95, isOwn: true }],
  ['at the maximum, up to 100', 'edge', { from: 95, to: 100, isOwn: true }],
  ['above the maximum, up to 100', 'late', { from: 97, to: 100, isOwn: true }],
  ['named as a part of every object, the common band', 'constructor', { from: 75, to: 95, isOwn: false }],
])('%s', (_, sessionId, band) => {
  expect(bandOfSession(settings, sessionId)).toEqual(band);
});
