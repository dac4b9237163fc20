// The thread in which a model is trained. It gets its rows, says how far it is, and hands over the
// model; it reads no file and knows no store.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { TrainingProgress } from './attempt.ts';
import type { ModelFile } from './contract.ts';
import { type TrainingJob, trainModel } from './train.ts';

export interface ToTrainingWorker {
  readonly job: TrainingJob;
  readonly isPatient: boolean;
}

export type FromTrainingWorker =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'done'; readonly model: ModelFile }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Training can wait, a filing cannot. On Linux a priority is the thread's own; elsewhere it is not. */
const PATIENT = 10;
const { job, isPatient } = workerData as ToTrainingWorker;
if (isPatient && process.platform === 'linux') setPriority(PATIENT);

const tell = (message: FromTrainingWorker): void => parentPort?.postMessage(message);

try {
  const model = trainModel(job, (progress) => tell({ kind: 'progress', progress }));
  tell({ kind: 'done', model });
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  tell({ kind: 'refused', refusals: error.refusals });
}
