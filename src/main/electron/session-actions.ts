import { clipboard, shell } from 'electron';
import type { AppState, SessionState } from '../../shared/app-state.js';
import { resumeCommand } from '../views/resume-command.js';
import { sessionFolder } from './session-folder.js';

/** Puts the command that resumes a session on the clipboard and hands it back. Throws with a sentence for people when there is none. */
export function copyResumeCommand(state: AppState, sessionId: string): string {
  const command = resumeCommand(sessionIn(state, sessionId), process.platform);
  if (command === null) throw new Error('The name of this session file is no id that Claude Code could resume.');
  clipboard.writeText(command);
  return command;
}

/** Opens the folder a session works in with the system's file manager. Throws with a sentence for people when that can't be. */
export async function openSessionFolder(state: AppState, sessionId: string): Promise<void> {
  const { folder, how } = await sessionFolder(sessionIn(state, sessionId).cwd, process.platform);
  if (how === 'reveal') return shell.showItemInFolder(folder);
  const fault = await shell.openPath(folder);
  if (fault !== '') throw new Error(`The folder could not be opened: ${fault}`);
}

function sessionIn(state: AppState, sessionId: string): SessionState {
  const session = state.sessions.find(({ id }) => id === sessionId);
  if (!session) throw new Error('This session is not followed any more.');
  return session;
}
