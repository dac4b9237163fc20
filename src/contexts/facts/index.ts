export { carriedFacts } from './carried.ts';
export { chemicalFacts } from './chemical.ts';
export {
  type EventKind,
  type Fact,
  type FactSet,
  type FactType,
  type FactValue,
  Figure,
  Label,
  type Metric,
} from './contract.ts';
export { declaredFacts } from './declared.ts';
export { createVocabulary, type Vocabulary, type Words } from './vocabulary.ts';
