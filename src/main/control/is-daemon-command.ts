const daemonNames: ReadonlySet<string> = new Set(['context-watcher-daemon.py', 'context-watcher-daemon']);

/** Programs that read, edit, move or look for a file without running it. */
const bystanders: ReadonlySet<string> = new Set(
  `vi vim vimdiff view nvim gvim nano pico micro hx kak joe emacs emacsclient gedit kate mousepad xed subl code codium
  zed idea pycharm notepad notepad++ less more most bat head tac wc stat ls find fd locate
  grep egrep fgrep rg ag ack pgrep pkill pidof ps git diff cmp meld sed awk sort cp mv rm ln touch chmod chown tar
  zip rsync scp sftp inotifywait black ruff pylint flake8 mypy`.split(/\s+/),
);

/**
 * Whether a process with this command line, argument by argument, runs the Python daemon: its script is named in an
 * argument (whichever interpreter or wrapper stands before it), and no program that merely handles files is.
 */
export function isDaemonCommand(command: readonly string[]): boolean {
  // A renamed process carries all of its command line in one argument. What follows `-c` is a piece of program, not the name of a file.
  const words = command
    .filter((_, index) => command[index - 1] !== '-c')
    .flatMap((word) => word.split(/\s+/).map(baseName));
  const named = words.findIndex((word) => daemonNames.has(word));
  return named !== -1 && !words.slice(0, named).some((word) => bystanders.has(programName(word)));
}

function baseName(word: string): string {
  return word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).toLowerCase();
}

/** `vim` of `vim.basic`, `emacs` of `emacs-gtk`, `code` of `code.exe`. */
function programName(word: string): string {
  return word.replace(/[.-].*$/, '');
}
