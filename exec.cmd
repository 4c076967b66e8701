@rem package.json starts long-running scripts with the shell's exec, so that a signal to npm reaches them; Windows has no such word.
@%*
