import { dialog } from 'electron';
import { oneLine } from '../support/one-line.js';

/** Asks in a native dialog whether exactly this command may run after each export. Closing it says no. */
export async function askForCommand(words: readonly string[]): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Context Watcher',
    message: 'Run this command after each export?',
    detail: [
      ...words.map((word, index) => `${index + 1}. ${word === '' ? '(empty)' : oneLine(word, 4_096)}`),
      '',
      'Your settings file names it, each text on a line of its own. It runs with your rights, not through a shell. You are asked again when it changes.',
    ].join('\n'),
    buttons: ["Don't run it", 'Run it'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
