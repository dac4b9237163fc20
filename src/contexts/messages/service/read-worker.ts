// The thread in which long messages are read. It is given bytes and hands over what was understood; it
// knows no store and files nothing.
import { parentPort } from 'node:worker_threads';
import { readMessage } from '../reading/read.ts';

parentPort?.on('message', (bytes: Uint8Array) => {
  parentPort?.postMessage(readMessage(Buffer.from(bytes)));
});
