import { pageAt, removePages } from '../archive/transcript/open-page.js';
import { writeTranscriptAside } from '../archive/transcript/transcript-thread.js';
import type { ExportFolders } from '../export/export-ledger.js';
import { StorageError } from '../export/storage-error.js';
import { isSessionId } from '../export/segment-name.js';
import type { Log } from '../support/log.js';
import type { Engine } from './engine-contract.js';

/** A page to open (absolute path), or why there is none, in a sentence for people. */
export type TranscriptPage =
  { readonly kind: 'page'; readonly path: string } | { readonly kind: 'none'; readonly message: string };

/** Makes the pages that people open; `stop` ends what is being written. */
export interface TranscriptMaker {
  /** The session's page, made anew where the archive has grown, at an entry or, with null, at its top. */
  readonly page: (sessionId: string, entryUuid: string | null) => Promise<TranscriptPage>;
  /** An archive's deletion that takes the session's page along, which is a copy of it. */
  readonly forgetting: (deletion: Engine['deleteArchived']) => Engine['deleteArchived'];
  readonly stop: () => void;
}

/** Writes pages aside of this thread, one of a session at a time. */
export function makeTranscripts(options: {
  readonly folders: ExportFolders;
  readonly workerUrl: URL | null;
  /** Whether what looks like a secret is masked in pages. */
  readonly maskSecrets: () => boolean;
  readonly now: () => Date;
  readonly log: Pick<Log, 'warn'>;
}): TranscriptMaker {
  const { folders: layout, workerUrl, now, log } = options;
  const folders = { exportsPending: layout.exportsPending, exportsArchive: layout.exportsArchive };
  const stopping = new AbortController();
  const running = new Map<string, Promise<TranscriptPage>>();

  async function write(session: string): Promise<TranscriptPage> {
    const { signal } = stopping;
    try {
      const request = { session, format: 'html', folders, maskSecrets: options.maskSecrets(), target: null } as const;
      const outcome = await writeTranscriptAside(workerUrl, request, { signal, now });
      if (outcome.kind === 'unknown-session') return { kind: 'none', message: outcome.message };
      if (outcome.kind === 'refused') return { kind: 'none', message: `${outcome.message} ${outcome.mend}` };
      for (const trouble of outcome.troubles) log.warn(`Transcript of ${session}: ${trouble}`);
      return { kind: 'page', path: outcome.path };
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      log.warn(`Transcript of ${session}: ${error.message} ${error.mend}`);
      return { kind: 'none', message: `${error.message} ${error.mend}` };
    }
  }

  return {
    async page(sessionId, entryUuid) {
      if (!isSessionId(sessionId)) return { kind: 'none', message: 'Nothing is archived of this session.' };
      const writing = running.get(sessionId) ?? write(sessionId);
      running.set(sessionId, writing);
      try {
        const page = await writing;
        return page.kind === 'none' ? page : { kind: 'page', path: await pageAt(page.path, entryUuid) };
      } finally {
        running.delete(sessionId);
      }
    },
    forgetting: (deletion) => async (sessionId, moveToBin) => {
      const answer = await deletion(sessionId, moveToBin);
      if (answer.kind === 'deleted') await removePages(folders, sessionId);
      return answer;
    },
    stop: () => stopping.abort(new Error('The app ends.')),
  };
}
