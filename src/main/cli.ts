#!/usr/bin/env node
import process from 'node:process';
import { nodeWorld } from './cli/node-world.js';
import { parseArguments } from './cli/parse-arguments.js';
import { runCommand } from './cli/run-command.js';

/** How long what is still open after a command may keep the process. */
const lingerMilliseconds = 2_000;

const indexWorker = new URL('./entry-index-worker.js', import.meta.url);

const world = nodeWorld(indexWorker);

try {
  process.exitCode = await runCommand(parseArguments(process.argv.slice(2), process.cwd()), world);
} catch (error) {
  await world.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
setTimeout(() => process.exit(), lingerMilliseconds).unref();
