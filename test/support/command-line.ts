import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const builtFile = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

/** How a run of the command line ended and what it printed. */
export interface CommandLineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line to its end, in plain Node, with `home` as the user's home; throws where it does not end by itself. */
export async function runCommandLine(home: string, args: readonly string[]): Promise<CommandLineResult> {
  const result = await startNode(home, args, 60_000);
  if (result.exitCode === undefined) throw new Error(`${args.join(' ')} did not end by itself: ${result.message}`);
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}

/** The built command line while it runs. */
export interface RunningCommandLine {
  readonly pid: number;
  /** What it printed so far. */
  readonly output: () => string;
  /** Ends it with SIGTERM, waits for its end and hands back how it ended. */
  readonly stop: () => Promise<CommandLineResult>;
}

/** Starts the built command line and leaves it running; throws where it can't be started. */
export function startCommandLine(home: string, args: readonly string[]): RunningCommandLine {
  const child = startNode(home, args);
  const { pid } = child;
  if (pid === undefined) throw new Error('The command line could not be started.');
  let output = '';
  child.all.on('data', (piece: Buffer) => (output += piece.toString()));
  return {
    pid,
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      const { exitCode, stdout, stderr } = await child;
      return { exitCode: exitCode ?? 1, stdout, stderr };
    },
  };
}

function startNode(home: string, args: readonly string[], timeoutMs = 0) {
  return execa(process.execPath, [builtFile, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    timeout: timeoutMs,
  });
}
