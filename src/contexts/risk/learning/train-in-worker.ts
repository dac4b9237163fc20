import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refused } from '../../../kernel/refusal.ts';
import type { TrainingProgress } from './attempt.ts';
import type { ModelFile } from './contract.ts';
import type { TrainingJob } from './train.ts';
import type { FromTrainingWorker, ToTrainingWorker } from './worker.ts';

export interface TrainingWatch {
  /** Gives way to everything else on the machine; on, unless somebody sits and waits for it. */
  readonly isPatient?: boolean;
  onProgress?(progress: TrainingProgress): void;
  /** Ends the training at once; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

const HERE = import.meta.url;
const IS_SOURCE = HERE.endsWith('.ts');

/** Trains in a thread of its own, so that whoever serves requests goes on serving them. */
export function trainInWorker(job: TrainingJob, watch: TrainingWatch = {}): Promise<ModelFile> {
  const { signal } = watch;
  signal?.throwIfAborted();
  const worker = startWorker({ job, isPatient: watch.isPatient ?? true });
  const cancel = (): void => void worker.terminate();
  signal?.addEventListener('abort', cancel, { once: true });
  return new Promise<ModelFile>((resolve, reject) => {
    worker.on('message', (message: FromTrainingWorker) => {
      if (message.kind === 'progress') watch.onProgress?.(message.progress);
      else if (message.kind === 'done') resolve(message.model);
      else reject(new Refused('invalid', message.refusals));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      reject(signal?.aborted ? signal.reason : new Error(`The training ended with code ${code}.`));
    });
  }).finally(() => signal?.removeEventListener('abort', cancel));
}

/** Run from its sources, a thread needs the loader first: Node 20 gives it none by `execArgv`. */
function startWorker(workerData: ToTrainingWorker): Worker {
  const options = { workerData, env: {}, execArgv: [] };
  if (!IS_SOURCE) return new Worker(new URL('./worker.js', HERE), options);
  const loader = new URL('esm/api/index.mjs', pathToFileURL(createRequire(HERE).resolve('tsx')))
    .href;
  const program = new URL('./worker.ts', HERE).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(program)});
  })`;
  return new Worker(code, { ...options, eval: true });
}
