// `npm run --silent desktop -- COMMAND [ARGUMENTS…]`: runs a command on a virtual desktop of its own and ends the desktop after it.
import { spawn } from 'node:child_process';
import { startVirtualDesktop } from './virtual-desktop.mjs';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error('Say what to run on the virtual desktop: npm run --silent desktop -- COMMAND [ARGUMENTS…]');
  process.exit(2);
}
const desktop = await startVirtualDesktop();
try {
  process.exitCode = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...desktop.env } });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
} finally {
  await desktop.stop();
}
