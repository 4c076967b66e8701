import { describe, expect, it, vi } from 'vitest';
import { keepProblems, mirrorProblems } from '../../../src/main/engine/problem-list.js';

function list() {
  const onNew = vi.fn();
  const onChange = vi.fn();
  return { problems: keepProblems({ now: () => new Date(0), onNew, onChange }), onNew, onChange };
}

const full = { code: 'disk-full', message: 'The disk is full.', mend: 'Free some space.' };

describe('keepProblems', () => {
  it('holds a cause once however often it is reported', () => {
    const { problems, onNew, onChange } = list();
    problems.report(full);
    problems.report({ ...full });
    expect(problems.all()).toEqual([{ ...full, sessionId: null, since: '1970-01-01T00:00:00.000Z' }]);
    expect(onNew).toHaveBeenCalledOnce();
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('keeps the same cause of two sessions apart', () => {
    const { problems } = list();
    problems.report({ ...full, sessionId: 'a' });
    problems.report({ ...full, sessionId: 'b' });
    problems.clear('disk-full', 'a');
    expect(problems.all().map((problem) => problem.sessionId)).toEqual(['b']);
  });
});

describe('mirrorProblems', () => {
  it('clears what its source no longer says, and nothing else', () => {
    const { problems } = list();
    const since = new Date(0).toISOString();
    let source = [{ ...full, sessionId: null, since }];
    const mirror = mirrorProblems(() => source, problems);
    mirror();
    problems.report({ ...full, code: 'other' });
    source = [];
    mirror();
    expect(problems.all().map(({ code }) => code)).toEqual(['other']);
  });
});
