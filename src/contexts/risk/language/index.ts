export {
  type ArithmeticOperator,
  type Comparison,
  type ComparisonOperator,
  type Expression,
  factsOf,
  LANGUAGE_VERSION,
  type Literal,
  listsOf,
  type Question,
  type TextTest,
  type TextTestName,
  type Value,
  type ValueType,
} from './ast.ts';
export type { Column, ColumnProgram, Columns, ColumnVerdicts } from './columns.ts';
export { explain, type Seen, type Step } from './explain.ts';
export { evaluateRule, type Truth, type Verdict } from './interpret.ts';
export { compileRules, type NotEvaluated, type Outcome, type RuleProgram } from './javascript.ts';
export { printRule } from './print.ts';
export { type ReadRule, readRule } from './read.ts';
export type { List, Lists, Problem, Scope } from './scope.ts';
export { sentenceOf } from './sentence.ts';
