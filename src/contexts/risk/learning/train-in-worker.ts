import { Refused } from '../../../kernel/refusal.ts';
import { startThread } from '../../../platform/thread.ts';
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

/** Trains in a thread of its own, so that whoever serves requests goes on serving them. */
export function trainInWorker(job: TrainingJob, watch: TrainingWatch = {}): Promise<ModelFile> {
  const { signal } = watch;
  signal?.throwIfAborted();
  const asked: ToTrainingWorker = { job, isPatient: watch.isPatient ?? true };
  const worker = startThread(import.meta.url, './worker', asked);
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
