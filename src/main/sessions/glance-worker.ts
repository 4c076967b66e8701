// A second thread for a reading of many sessions at once: takes files from the list that it shares with the first.
import { parentPort, workerData } from 'node:worker_threads';
import { glanceAtShare, type FoundAt, type GlanceShare } from './glance-many.js';

const found: FoundAt[] = [];
glanceAtShare(workerData as GlanceShare, (one) => void found.push(one));
parentPort?.postMessage(found);
