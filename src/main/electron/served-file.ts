import path from 'node:path';
import { pageOrigin } from './app-address.js';

/** A file of the page and how it is labelled. */
export interface ServedFile {
  readonly path: string;
  readonly contentType: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * The file in the renderer folder that an address of the app's scheme names, or null when it names another
 * host, leaves the folder, or has an ending that the page has no use for.
 */
export function servedFile(rendererFolder: string, address: string): ServedFile | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== pageOrigin) return null;
  const name = decoded(url.pathname);
  if (name === null || name.includes('\0') || name.includes('\\')) return null;
  const folder = path.resolve(rendererFolder);
  const file = path.resolve(folder, `.${name === '/' ? '/index.html' : name}`);
  const contentType = contentTypes[path.extname(file)];
  return file.startsWith(folder + path.sep) && contentType !== undefined ? { path: file, contentType } : null;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
