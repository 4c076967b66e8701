import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFileAtomically } from '../../export/atomic-file.js';
import type { ExportFolders } from '../../export/export-ledger.js';
import { storageError } from '../../export/storage-error.js';
import { anchorOf } from './transcript-item.js';
import { transcriptsFolderOf } from './write-transcript.js';

/**
 * The file (absolute) by which a page is opened at a message. Systems drop what stands behind the `#` when they hand a
 * file to a browser, so a small page beside the transcript leads there. Without a uuid it is the page itself.
 */
export async function pageAt(page: string, entryUuid: string | null): Promise<string> {
  if (entryUuid === null) return page;
  const address = `${pathToFileURL(page).href}#${anchorOf(entryUuid)}`.replaceAll(/[&"<>;]/g, encodeURIComponent);
  const leading = page.replace(/\.html$/, '.at.html');
  const policy = "default-src 'none'";
  await writeFileAtomically(
    leading,
    `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta http-equiv="refresh" content="0; url=${address}">
<title>Transcript</title>
<a href="${address}">Open the transcript</a>
`,
  );
  return leading;
}

/** Removes the pages of a session from the transcripts' folder. Throws a `StorageError`. */
export async function removePages(folders: ExportFolders, sessionId: string): Promise<void> {
  for (const ending of ['.html', '.at.html']) {
    const page = path.join(transcriptsFolderOf(folders), `${sessionId}${ending}`);
    try {
      await rm(page, { force: true });
    } catch (error) {
      throw storageError('remove a transcript', page, error);
    }
  }
}
