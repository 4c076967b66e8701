import * as Progress from '@radix-ui/react-progress';
import type { Job } from '../../../shared/jobs.js';
import { figures } from '../../figures.js';
import { texts } from '../../texts.js';

/** A job that runs: what it does, how far it is, and Cancel. */
export function JobProgressStrip({ job, onCancel }: { readonly job: Job; readonly onCancel: () => void }) {
  const doing = texts.jobs.doing[job.kind];
  const isStopping = job.state === 'stopping';
  const words = isStopping ? texts.jobs.stopping : progressWords(job);
  const percent = job.total === null || job.total === 0 ? null : Math.floor((100 * job.done) / job.total);
  return (
    <div className="job" data-state={job.state}>
      <div className="job-head">
        <p className="job-words">
          <span className="job-doing">{doing}</span> <span className="job-figures">{words}</span>
        </p>
        <button
          type="button"
          className="button button-small"
          aria-label={texts.jobs.cancelFor(doing)}
          aria-disabled={isStopping}
          onClick={isStopping ? undefined : onCancel}
        >
          {texts.jobs.cancel}
        </button>
      </div>
      <Progress.Root
        className="progress"
        value={percent}
        aria-label={doing}
        getValueLabel={() => words}
        data-known={percent !== null}
      >
        <Progress.Indicator className="progress-done" style={{ width: `${percent ?? 100}%` }} />
      </Progress.Root>
    </div>
  );
}

function progressWords({ kind, done, total, bytes }: Job): string {
  if (total === null) return texts.jobs.starting;
  switch (kind) {
    case 'index':
    case 'reindex':
      return texts.jobs.ofExports(done, total);
    case 'verify':
      return texts.jobs.ofSessions(done, total, figures.bytes(bytes ?? 0));
    case 'restore':
      return texts.jobs.ofBytes(figures.bytes(done), figures.bytes(total));
  }
}
