import { parse } from '@bufbuild/cel';
import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { OUTSIDE, type Outside } from './outside.ts';
import type { SpecTest } from './suite.ts';

/** What keeps a test out of the profile: nothing, for the tests that must pass. */
export function outsideOf(test: SpecTest): readonly Outside[] {
  const found = new Set<Outside>();
  if (/_ext$|^optionals$/.test(test.suite)) found.add('extension');
  if (/^(?:proto[23]|wrappers|enums|dynamic)$/.test(test.suite)) found.add('protobuf');
  if (test.container !== '') found.add('container');
  if (test.expected.kind === 'type') found.add('notEvaluated');
  if (test.expected.kind === 'other') found.add(test.expected.outside);
  if (test.expression.includes('`')) found.add('quoted');
  const tree = treeOf(test.expression);
  if (tree) visit(tree, test, found);
  return (Object.keys(OUTSIDE) as Outside[]).filter((reason) => found.has(reason));
}

/** The tree of a text by `@bufbuild/cel`; `null` when that cannot read it either. */
export function treeOf(expression: string): Expr | null {
  try {
    return parse(expression).expr;
  } catch {
    return null;
  }
}

type Type = 'bool' | 'int' | 'double' | 'string' | 'timestamp' | 'other';

/** Notes what lies outside the profile in a tree, and says what type it has. */
function visit(tree: Expr, test: SpecTest, found: Set<Outside>): Type {
  const kind = tree.exprKind;
  switch (kind.case) {
    case 'constExpr':
      return visitConstant(kind.value.constantKind, found);
    case 'identExpr':
      return visitName(kind.value.name, test, found);
    case 'selectExpr': {
      const name = dottedName(tree);
      if (name !== null) return visitName(name, test, found);
      if (kind.value.operand) visit(kind.value.operand, test, found);
      found.add('map');
      return 'other';
    }
    case 'listExpr':
      for (const element of kind.value.elements) visit(element, test, found);
      found.add('list');
      return 'other';
    case 'structExpr':
      found.add(kind.value.messageName === '' ? 'map' : 'protobuf');
      return 'other';
    case 'comprehensionExpr':
      found.add('macro');
      return 'other';
    case 'callExpr': {
      const { function: name, target, args } = kind.value;
      if (name === '@in') return visitMembership(args, test, found);
      const own = target === undefined ? [] : [target];
      const types = [...own, ...args].map((operand) => visit(operand, test, found));
      return visitCall({ name, isMethod: target !== undefined, args, types }, found);
    }
    case undefined:
      return 'other';
  }
}

function visitConstant(
  constant: { readonly case: string | undefined; readonly value?: unknown },
  found: Set<Outside>,
): Type {
  switch (constant.case) {
    case 'boolValue':
      return 'bool';
    case 'doubleValue':
      return 'double';
    case 'stringValue':
      return 'string';
    case 'int64Value':
      if (!Number.isSafeInteger(Number(constant.value))) found.add('unsafe');
      return 'int';
    case 'uint64Value':
      found.add('unsigned');
      return 'other';
    case 'bytesValue':
      found.add('bytes');
      return 'other';
    default:
      found.add('null');
      return 'other';
  }
}

const TYPE_NAMES = /^(?:bool|int|uint|double|string|bytes|list|map|null_type|type|dyn)$/;

function visitName(name: string, test: SpecTest, found: Set<Outside>): Type {
  const type = test.variables.get(name)?.type;
  if (type === undefined) {
    if (TYPE_NAMES.test(name)) found.add('types');
    else if (/^(?:google|cel|msg)\b|TestAllTypes|Enum/.test(name)) found.add('protobuf');
    else if (test.others.has(name.replace(/\..*/s, ''))) found.add('map');
    else found.add('unknownName');
    return 'other';
  }
  return type;
}

function dottedName(tree: Expr): string | null {
  const kind = tree.exprKind;
  if (kind.case === 'identExpr') return kind.value.name;
  if (kind.case !== 'selectExpr' || !kind.value.operand) return null;
  const before = dottedName(kind.value.operand);
  return before === null ? null : `${before}.${kind.value.field}`;
}

function visitMembership(args: readonly Expr[], test: SpecTest, found: Set<Outside>): Type {
  const [item, list] = args;
  const type = item ? visit(item, test, found) : 'other';
  if (list?.exprKind.case !== 'listExpr') {
    found.add('map');
    return 'bool';
  }
  const { elements } = list.exprKind.value;
  if (elements.length === 0) found.add('list');
  for (const element of elements) {
    const { case: form } = element.exprKind;
    if (form !== 'constExpr') found.add('list');
    compareTypes(type, visit(element, test, found), found);
  }
  return 'bool';
}

function compareTypes(one: Type, other: Type, found: Set<Outside>): void {
  if (one === 'bool' && other === 'bool') found.add('booleans');
  const bothNumbers = [one, other].every((type) => type === 'int' || type === 'double');
  if (one !== other && !bothNumbers) found.add('mixed');
}

interface Call {
  readonly name: string;
  readonly isMethod: boolean;
  readonly args: readonly Expr[];
  readonly types: readonly Type[];
}

function visitCall(call: Call, found: Set<Outside>): Type {
  const { name, types, args } = call;
  const [one = 'other', other = 'other'] = types;
  switch (name) {
    case '_&&_':
    case '_||_':
      if (types.some((type) => type !== 'bool')) found.add('mixed');
      return 'bool';
    case '!_':
      if (one !== 'bool') found.add('mixed');
      return 'bool';
    case '_==_':
    case '_!=_':
      compareTypes(one, other, found);
      return 'bool';
    case '_<_':
    case '_<=_':
    case '_>_':
    case '_>=_':
      if (one === other && (one === 'string' || one === 'bool')) found.add('ordering');
      compareTypes(one, other, found);
      return 'bool';
    case '_+_':
    case '_-_':
    case '_*_':
    case '_/_':
      return visitArithmetic(call, found);
    case '-_':
      if (one === 'int' && args[0]?.exprKind.case !== 'constExpr') found.add('integers');
      return one;
    case '_%_':
      found.add('modulo');
      return 'other';
    case '_?_:_':
      found.add('conditional');
      return 'other';
    case '_[_]':
      found.add('index');
      return 'other';
    case 'size':
      if (call.isMethod || one !== 'string') found.add('list');
      return 'int';
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return 'bool';
    case 'matches':
      found.add('regex');
      return 'bool';
    case 'double':
      if (one !== 'int') found.add('conversion');
      return 'double';
    case 'timestamp':
      if (!isMidnight(args[0])) found.add('time');
      return 'timestamp';
    case 'dyn':
    case 'type':
      found.add('types');
      return 'other';
    case 'bool':
    case 'int':
    case 'uint':
    case 'string':
    case 'bytes':
      found.add('conversion');
      return 'other';
    default:
      found.add(TIME.test(name) ? 'time' : 'unknownName');
      return 'other';
  }
}

function isMidnight(text: Expr | undefined): boolean {
  const kind = text?.exprKind;
  if (kind?.case !== 'constExpr' || kind.value.constantKind.case !== 'stringValue') return false;
  return /^\d{4}-\d\d-\d\dT00:00:00Z$/.test(kind.value.constantKind.value);
}

const TIME = /^(?:duration|get[A-Z][A-Za-z]+)$/;

function visitArithmetic({ name, types, args }: Call, found: Set<Outside>): Type {
  const [one = 'other'] = types;
  if (types.includes('int')) found.add('integers');
  if (types.includes('timestamp')) found.add('time');
  if (types.includes('string')) found.add('concatenation');
  const divisor = args[1]?.exprKind;
  const isSafe =
    divisor?.case === 'constExpr' && divisor.value.constantKind.value !== 0
      ? true
      : divisor?.case === 'callExpr' && divisor.value.function === '-_';
  if (name === '_/_' && !isSafe) found.add('unguarded');
  return one;
}
