// chokidar watching every file below a folder, as is usual: tells what it costs once it is ready.
import process from 'node:process';
import { watch } from 'chokidar';
import { memoryMegabytes, watchCount } from './process-facts.js';

const [folder = ''] = process.argv.slice(2);
const before = memoryMegabytes(process.pid);
const startedAt = performance.now();
watch(folder, { ignoreInitial: true }).on('ready', () => {
  const readyMs = performance.now() - startedAt;
  const added = memoryMegabytes(process.pid) - before;
  process.stdout.write(JSON.stringify({ watches: watchCount(process.pid), addedMegabytes: added, readyMs }), () =>
    process.exit(),
  );
});
