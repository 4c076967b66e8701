import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { appScheme, contentSecurityPolicy } from './app-address.js';
import { servedFile } from './served-file.js';

/** Makes the app's scheme a proper, secure origin. Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }]);
}

/** Serves the page to one session, from the renderer folder only, with the policy header; returns its undo. */
export function serveApp(session: Session, rendererFolder: string): () => void {
  session.protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? servedFile(rendererFolder, request.url) : null;
    const body = file === null ? null : await contentOf(file.path);
    if (file === null || body === null)
      return new Response('Not found', { status: 404, headers: headers('text/plain') });
    return new Response(body, { headers: headers(file.contentType) });
  });
  return () => session.protocol.unhandle(appScheme);
}

async function contentOf(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return null;
    throw error;
  }
}

function headers(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}
