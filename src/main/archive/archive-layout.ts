import path from 'node:path';
import type { ExportFolders } from '../export/export-ledger.js';

/** The paths below a context storage folder that export and archive use; absolute if the folder is. */
export interface ArchiveLayout extends ExportFolders {
  readonly contextStorage: string;
  readonly processingReports: string;
  /** The index and the files SQLite keeps beside it. */
  readonly indexFolder: string;
  readonly indexFile: string;
  /** What is remembered of the archive's sizes. */
  readonly sizesFile: string;
  /** What could neither be completed nor taken for a loose file. */
  readonly setAside: string;
}

/** Says where everything lies below a context storage folder. */
export function archiveLayout(contextStorage: string): ArchiveLayout {
  const indexFolder = path.join(contextStorage, 'index');
  return {
    contextStorage,
    exportsPending: path.join(contextStorage, 'exports-pending'),
    exportsArchive: path.join(contextStorage, 'exports-archive'),
    processingReports: path.join(contextStorage, 'cx-processing-reports'),
    indexFolder,
    indexFile: path.join(indexFolder, 'entries.sqlite'),
    sizesFile: path.join(indexFolder, 'archive-sizes.json'),
    setAside: path.join(contextStorage, 'set-aside'),
  };
}
