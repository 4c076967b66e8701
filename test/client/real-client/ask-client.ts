import { execa } from 'execa';

/** What the client printed and how it ended. */
export interface ClientAnswer {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs the client once without its screen (`claude -p`) and waits for its end; throws where it hangs or cannot be started. */
export async function askClient(
  program: string,
  prompt: string,
  options: {
    readonly model: string;
    /** The newest session of the folder (true), the one with this id, or a new one (false). */
    readonly resume: boolean | string;
    readonly cwd: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly allowedTools?: string;
  },
): Promise<ClientAnswer> {
  const args = ['-p', prompt, '--model', options.model];
  if (options.resume === true) args.push('--continue');
  if (typeof options.resume === 'string') args.push('--resume', options.resume);
  if (options.allowedTools !== undefined) args.push('--allowedTools', options.allowedTools);
  const client = await execa(program, args, {
    cwd: options.cwd,
    env: options.environment,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    timeout: 60_000,
  });
  if (client.exitCode === undefined) throw new Error(`The client did not end by itself: ${client.message}`);
  return { exitCode: client.exitCode, output: client.all };
}
