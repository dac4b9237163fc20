export type {
  EventKind,
  Fact,
  FactSet,
  FactType,
  FactValue,
  Figure,
  Label,
  Metric,
} from './contract.ts';
export { declaredFacts } from './declared.ts';
export { createVocabulary, type Vocabulary, type Words } from './vocabulary.ts';
