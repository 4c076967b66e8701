import { expect, it } from 'vitest';
import type { NewAppEvent } from '../../../src/shared/app-state.js';
import { remindOfSize } from '../../../src/main/engine/archive-reminder.js';
import { keepProblems } from '../../../src/main/engine/problem-list.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

const gigabyte = 1_000_000_000;

it('reminds once per crossing, over restarts too, and shows the problem for as long as it lasts', () => {
  let given = false;
  let limit: number | null = null;
  const events: NewAppEvent[] = [];
  function start() {
    const problems = keepProblems({ now: () => new Date(), onNew: () => undefined, onChange: () => undefined });
    const around = {
      settings: () => ({ ...defaultSettings, archiveReminderGigabytes: limit }),
      problems,
      saved: { archiveReminderGiven: () => given, setArchiveReminderGiven: (next: boolean) => void (given = next) },
      addEvent: (event: NewAppEvent) => void events.push(event),
    };
    return (bytes: number) => {
      remindOfSize(bytes, around);
      return problems.all().map(({ code }) => code);
    };
  }
  let judge = start();
  expect(judge(900 * gigabyte)).toEqual([]);
  limit = 2.5;
  expect(judge(2.5 * gigabyte)).toEqual([]);
  expect(judge(2.6 * gigabyte)).toEqual(['archive-large']);
  expect(judge(2.7 * gigabyte)).toEqual(['archive-large']);
  judge = start();
  expect(judge(2.7 * gigabyte)).toEqual(['archive-large']);
  expect(events).toEqual([{ kind: 'archive-large', bytes: 2.6 * gigabyte, limitBytes: 2.5 * gigabyte }]);
  expect(judge(2 * gigabyte)).toEqual([]);
  judge(3 * gigabyte);
  expect(events).toHaveLength(2);
  limit = 4;
  expect(judge(3 * gigabyte)).toEqual([]);
});
