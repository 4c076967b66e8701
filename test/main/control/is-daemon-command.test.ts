import { describe, expect, it } from 'vitest';
import { isDaemonCommand } from '../../../src/main/control/is-daemon-command.js';

const script = '/home/ada/.coditect/scripts/context-watcher-daemon.py';

describe('isDaemonCommand', () => {
  it.each([
    [['python3', script]],
    [['/usr/bin/python3.11', '-u', script, '--threshold', '80']],
    [['pypy3', 'context-watcher-daemon.py']],
    [['uv', 'run', '--no-project', script]],
    [[script, '--foreground']],
    [['context-watcher-daemon.py', '60']],
    [['context-watcher-daemon']],
    [['sh', script]],
    [['node', script]],
    [['node', '-e', 'setInterval(() => {}, 1000)', 'context-watcher-daemon.py']],
    [['sleep', '300', 'context-watcher-daemon']],
    [['python3', '/home/ada l/my scripts/context-watcher-daemon.py']],
    [[String.raw`C:\Python312\python.exe`, String.raw`C:\Users\Ada\Context-Watcher-Daemon.py`]],
  ])('takes %j as the daemon', (command) => {
    expect(isDaemonCommand(command)).toBe(true);
  });

  it.each([
    [[]],
    [['vim', script]],
    [['/usr/bin/vim.basic', '-n', script]],
    [['nvim', 'context-watcher-daemon.py']],
    [['sudo', 'nano', script]],
    [['emacs-gtk', script]],
    [['less', script]],
    [['grep', '-r', 'context-watcher-daemon', '.']],
    [['rg', 'context-watcher-daemon']],
    [['pgrep', '-f', 'context-watcher-daemon']],
    [['git', 'log', '--', 'context-watcher-daemon.py']],
    [['code-insiders', script]],
    [['diff', 'a.py', 'context-watcher-daemon.py']],
    [[String.raw`C:\Program Files\Notepad++\notepad++.exe`, 'context-watcher-daemon.py']],
    [['tail', '-f', '/home/ada/logs/context-watcher-daemon.log']],
    [['python3', '/home/ada/context-watcher-daemon/setup.py']],
    [['python3', 'old-context-watcher-daemon.py']],
    [['python3', `${script}.bak`]],
    [['sh', '-c', `vim ${script}`]],
    [['context-watcher', '--data-dir', '/tmp/context-watcher-daemon-test']],
  ])('takes %j as another program', (command) => {
    expect(isDaemonCommand(command)).toBe(false);
  });
});
