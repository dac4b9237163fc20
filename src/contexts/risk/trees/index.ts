export { type Contributions, contributionsOf } from './contributions.ts';
export { scoreRow, scoreRows } from './score.ts';
export { type TrainingInput, trainTrees } from './train.ts';
export type { Matrix, TreeOptions, Trees } from './trees.ts';
