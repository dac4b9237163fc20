export type { TrainingProgress } from './attempt.ts';
export { evaluate as evaluateModel, type Judge } from './evaluation.ts';
export { checkFacts, openModel, type ReadModel, readModel, type ScoringModel } from './model.ts';
export { type LabelColumn, type ReadRows, readRows } from './read-rows.ts';
export { createRows, type LabelledRows, type RowsBuilder, sliceRows } from './rows.ts';
export { type TrainingJob, trainModel } from './train.ts';
export { type TrainingWatch, trainInWorker } from './train-in-worker.ts';
