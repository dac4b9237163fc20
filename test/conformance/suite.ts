import type { Type, Type_PrimitiveType } from '@bufbuild/cel-spec/cel/expr/checked_pb.js';
import type { Value } from '@bufbuild/cel-spec/cel/expr/value_pb.js';
import {
  getConformanceSuite,
  type IncrementalTest,
  type IncrementalTestSuite,
} from '@bufbuild/cel-spec/testdata/tests.js';
import type { FactValue } from '../../src/contexts/facts/index.ts';
import type { Outside } from './outside.ts';

/** A test of google/cel-spec in our words. */
export interface SpecTest {
  /** The file it comes from: `comparisons`. */
  readonly suite: string;
  readonly name: string;
  readonly expression: string;
  readonly container: string;
  /** Variables that could be facts. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** The names of other variables: maps, lists, messages. */
  readonly others: ReadonlySet<string>;
  readonly expected: Expected;
}

export interface Variable {
  readonly type: 'bool' | 'int' | 'double' | 'string';
  /** `undefined` for one that is declared and not given. */
  readonly value: FactValue | undefined;
}

export type Expected =
  | {
      readonly kind: 'value';
      readonly value: boolean | number | string;
      readonly isInteger: boolean;
    }
  | { readonly kind: 'error' }
  | { readonly kind: 'type' }
  /** A value that no literal of the profile can stand for. */
  | { readonly kind: 'other'; readonly outside: Outside };

export function specTests(): readonly SpecTest[] {
  return getConformanceSuite().suites.flatMap((suite) => testsOf(suite, suite.name, []));
}

function testsOf(suite: IncrementalTestSuite, file: string, path: readonly string[]): SpecTest[] {
  return [
    ...suite.tests.map((test) => specTest(test, file, path)),
    ...suite.suites.flatMap((inner) => testsOf(inner, file, [...path, inner.name])),
  ];
}

function specTest({ name, original }: IncrementalTest, suite: string, path: readonly string[]) {
  const variables = new Map<string, Variable>();
  const others = new Set<string>();
  for (const { name: variable, declKind } of original.typeEnv) {
    const type = declKind.case === 'ident' ? typeOf(declKind.value.type) : null;
    if (type) variables.set(variable, { type, value: undefined });
    else others.add(variable);
  }
  for (const [variable, { kind }] of Object.entries(original.bindings)) {
    const value = kind.case === 'value' ? plainValue(kind.value) : null;
    const declared = variables.get(variable);
    if (declared && value) variables.set(variable, { ...declared, value: value.value });
    else others.add(variable);
  }
  return {
    suite,
    name: [...path, name].join('/'),
    expression: original.expr,
    container: original.container,
    variables,
    others,
    expected: expectedOf(original),
  } satisfies SpecTest;
}

const PRIMITIVES: Readonly<Record<number, Variable['type']>> = {
  1: 'bool',
  2: 'int',
  4: 'double',
  5: 'string',
} satisfies Partial<Record<Type_PrimitiveType, Variable['type']>>;

const typeOf = (type: Type | undefined): Variable['type'] | null =>
  type?.typeKind.case === 'primitive' ? (PRIMITIVES[type.typeKind.value] ?? null) : null;

function expectedOf({ resultMatcher }: IncrementalTest['original']): Expected {
  switch (resultMatcher.case) {
    case undefined:
      return { kind: 'value', value: true, isInteger: false };
    case 'value':
      return (
        plainValue(resultMatcher.value) ?? {
          kind: 'other',
          outside: otherKind(resultMatcher.value),
        }
      );
    case 'typedResult':
      return { kind: 'type' };
    default:
      return { kind: 'error' };
  }
}

function plainValue({ kind }: Value): Extract<Expected, { kind: 'value' }> | null {
  switch (kind.case) {
    case 'boolValue':
    case 'stringValue':
    case 'doubleValue':
      return { kind: 'value', value: kind.value, isInteger: false };
    case 'int64Value':
      return { kind: 'value', value: Number(kind.value), isInteger: true };
    default:
      return null;
  }
}

function otherKind({ kind }: Value): Outside {
  switch (kind.case) {
    case 'uint64Value':
      return 'unsigned';
    case 'bytesValue':
      return 'bytes';
    case 'nullValue':
      return 'null';
    case 'typeValue':
      return 'types';
    case 'listValue':
      return 'list';
    case 'mapValue':
      return 'map';
    default:
      return 'protobuf';
  }
}
