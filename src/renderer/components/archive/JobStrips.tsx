import type { Job, JobWish } from '../../../shared/jobs.js';
import type { PopoverApi } from '../../../shared/ipc-contract.js';
import { texts } from '../../texts.js';
import type { ToastControl } from '../../use-toast.js';
import { JobProgressStrip } from './JobProgressStrip.js';
import { JobResultStrip } from './JobResultStrip.js';

interface JobStripsProps {
  readonly jobs: readonly Job[];
  readonly api: PopoverApi;
  readonly toast: ToastControl;
  readonly onStart: (wish: JobWish) => void;
}

/** What is being done, with how far it is and a way to end it; and what came of it, until it is dismissed. */
export function JobStrips({ jobs, api, toast, onStart }: JobStripsProps) {
  if (jobs.length === 0) return null;
  return (
    <section className="jobs" aria-label={texts.jobs.label}>
      {jobs.map((job) =>
        job.result === null ? (
          <JobProgressStrip key={job.id} job={job} onCancel={() => void toast.settle(api.cancelJob(job.id))} />
        ) : (
          <JobResultStrip
            key={job.id}
            job={job}
            result={job.result}
            onStart={onStart}
            onReveal={() => void toast.settle(api.revealRestored(job.id))}
            onDismiss={() => void toast.settle(api.dismissJob(job.id))}
          />
        ),
      )}
    </section>
  );
}
