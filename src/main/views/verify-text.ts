import type { VerifyProgress, VerifyReport } from '../archive/verify-archive.js';
import { oneLine } from '../support/one-line.js';
import { byteWords } from './byte-words.js';

/** The text of `--verify`: what was looked at, and one line for each fault with its mend; ends with a line end. */
export function verifyText({ sessions, segments, sidecarPieces, bytes, faults }: VerifyReport): string {
  const parts = [count(sessions, 'session'), count(segments, 'segment')];
  if (sidecarPieces > 0) parts.push(count(sidecarPieces, 'sidecar piece'));
  const looked = `Verified: ${[...parts, byteWords(bytes)].join(', ')}.`;
  if (faults.length === 0) return `${looked} Everything is as it was exported.\n`;
  const lines = faults.map(
    ({ kind, sessionId, message, mend }) =>
      `  ${kind} in ${sessionId}: ${oneLine(message, 1000)} ${oneLine(mend, 1000)}`,
  );
  return `${looked}\n\n${count(faults.length, 'fault')}:\n${lines.join('\n')}\n`;
}

/** One line on how far it is, without a line end. */
export function verifyProgressText({ sessions, ofSessions, bytes, faults }: VerifyProgress): string {
  const found = faults === 0 ? '' : `, ${count(faults, 'fault')} so far`;
  return `Verified ${sessions} of ${count(ofSessions, 'session')}, ${byteWords(bytes)}${found} …`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
