import type { Job, JobKind, JobResult, JobWish } from '../../../shared/jobs.js';
import { displayText } from '../../display-text.js';
import { figures } from '../../figures.js';
import { texts } from '../../texts.js';
import { Icon } from '../Icon.js';
import { JobTroubleList } from './JobTroubleList.js';

interface JobResultStripProps {
  readonly job: Job;
  readonly result: JobResult;
  readonly onStart: (wish: JobWish) => void;
  readonly onReveal: () => void;
  readonly onDismiss: () => void;
}

/** What came of a job, with what can be done about it. It stays until it is dismissed. */
export function JobResultStrip({ job, result, onStart, onReveal, onDismiss }: JobResultStripProps) {
  const hasTroubles = 'troublesTotal' in result && result.troublesTotal > 0;
  const isBad = hasTroubles || result.kind === 'failed' || result.kind === 'refused';
  const isQuiet = result.kind === 'cancelled';
  const actions = actionsOf(job, result, onStart, onReveal);
  return (
    <div className="job-outcome" data-tone={isBad ? 'bad' : isQuiet ? 'quiet' : 'good'} role="status">
      <Icon name={isBad ? 'warning' : isQuiet ? 'minus' : 'check'} />
      <div className="job-result">
        {wordsOf(job.kind, result).map((words) => (
          <p key={words}>{words}</p>
        ))}
        {hasTroubles ? <JobTroubleList troubles={result.troubles} total={result.troublesTotal} /> : null}
        {actions.length === 0 ? null : (
          <div className="job-actions">
            {actions.map(({ label, onClick }) => (
              <button key={label} type="button" className="button button-small" onClick={onClick}>
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
      <button
        type="button"
        className="button-icon"
        aria-label={texts.jobs.dismiss}
        data-hint={texts.jobs.dismiss}
        onClick={onDismiss}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function wordsOf(kind: JobKind, result: JobResult): readonly string[] {
  const { jobs } = texts;
  switch (result.kind) {
    case 'verified': {
      const looked = jobs.verified(result.sessions, result.segments, figures.bytes(result.bytes));
      return [`${looked} ${result.troublesTotal === 0 ? jobs.allWell : jobs.faults(result.troublesTotal)}`];
    }
    case 'indexed': {
      const read = jobs.indexed(result.messages, result.exports);
      return result.troublesTotal === 0 ? [read] : [jobs.leftOut(result.troublesTotal)];
    }
    case 'restored':
    case 'already-there': {
      const restored = result.kind === 'restored' ? jobs.restored(figures.bytes(result.bytes)) : jobs.alreadyThere;
      const beside = result.files === 0 ? [] : [jobs.filesToo(result.files)];
      const stamped = result.isStampedNow ? [jobs.stampedNow] : [];
      const leftOut = result.troublesTotal === 0 ? [] : [jobs.filesLeftOut(result.troublesTotal)];
      return [[restored, ...beside, ...stamped, ...leftOut].join(' '), displayText(result.path)];
    }
    case 'refused':
    case 'failed':
      return [displayText(result.message), displayText(result.mend)];
    case 'cancelled':
      return [jobs.cancelled[kind]];
  }
}

function actionsOf(
  { kind, sessionId }: Job,
  result: JobResult,
  onStart: JobResultStripProps['onStart'],
  onReveal: () => void,
): readonly { readonly label: string; readonly onClick: () => void }[] {
  const start = (label: string, wish: JobWish) => ({ label, onClick: () => onStart(wish) });
  switch (result.kind) {
    case 'restored':
    case 'already-there':
      return [{ label: texts.jobs.reveal, onClick: onReveal }];
    case 'refused':
      return sessionId === null || !result.isOfPlace
        ? []
        : [start(texts.jobs.chooseFolder, { kind: 'restore', sessionId, place: 'chosen' })];
    case 'failed':
      return kind === 'restore' ? [] : [start(texts.jobs.again, { kind })];
    case 'cancelled':
      return kind === 'index' || kind === 'reindex' ? [start(texts.jobs.goOn, { kind: 'index' })] : [];
    case 'verified':
    case 'indexed':
      return [];
  }
}
