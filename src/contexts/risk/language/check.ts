import { isLocalDate } from '../../../kernel/dates.ts';
import { seen } from '../../../kernel/refusal.ts';
import type { FactType } from '../../facts/index.ts';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  Literal,
  TextTestName,
  Value,
} from './ast.ts';
import { divisorKey, provenBy } from './guard.ts';
import { nearestName } from './nearest.ts';
import { printRule } from './print.ts';
import type { Problem, Scope } from './scope.ts';
import { MAX_LIST_ITEMS, type Syntax } from './syntax.ts';

const LISTS = 'lists.';
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?Z$/;

/** What an author calls the types: the words of CEL, as they appear in the text. */
const CEL_TYPE: Readonly<Record<FactType, string>> = {
  number: 'double',
  integer: 'int',
  text: 'string',
  boolean: 'bool',
  date: 'timestamp',
};

type Of<Kind extends Syntax['kind']> = Extract<Syntax, { kind: Kind }>;

/** The divisors that what was asked before has shown not to be zero. */
type Proven = ReadonlySet<string>;

/**
 * Turns what was written into what is meant, or says everything that keeps it from meaning
 * anything: names nobody registered, types that do not go together, divisors nobody guards.
 */
export function check(
  syntax: Syntax,
  scope: Scope,
): { expression: Expression | null; problems: Problem[] } {
  const checker = new Checker(scope);
  const expression = checker.condition(syntax, new Set());
  const { problems } = checker;
  return { expression: problems.length === 0 ? expression : null, problems };
}

/** Each method gives what a piece of syntax means, or `null` after it has reported a problem. */
class Checker {
  readonly problems: Problem[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  condition(syntax: Syntax, proven: Proven): Expression | null {
    switch (syntax.kind) {
      case 'boolean':
        return { kind: 'constant', value: syntax.value };
      case 'chain':
        return this.#chain(syntax, proven);
      case 'unary':
        if (syntax.operator === '!') {
          const operand = this.condition(syntax.operand, proven);
          return operand && { kind: 'not', operand };
        }
        break;
      case 'binary':
        if (syntax.operator === 'in') return this.#membership(syntax, proven);
        if (isComparison(syntax.operator)) return this.#comparison(syntax, proven);
        break;
      case 'name':
        if (this.#scope.facts.get(syntax.name)?.type === 'boolean')
          return { kind: 'flag', fact: syntax.name };
        break;
      case 'call':
        if (isTextTest(syntax.name)) return this.#textTest(syntax, syntax.name, proven);
        if (syntax.name === 'has' && !syntax.target) return this.#has(syntax);
        break;
      case 'number':
      case 'integer':
      case 'text':
      case 'list':
        break;
    }
    const value = this.#value(syntax, proven);
    return (
      value && this.#report(syntax, 'risk.rule_not_a_condition', { type: CEL_TYPE[value.type] })
    );
  }

  /** What earlier operands have shown holds for the later ones, since else those do not decide. */
  #chain(syntax: Of<'chain'>, proven: Proven): Expression | null {
    const kind = syntax.operator === '&&' ? 'and' : 'or';
    const known = new Set(proven);
    const operands: Expression[] = [];
    let isWhole = true;
    for (const each of syntax.operands) {
      const operand = this.condition(each, known);
      if (!operand) {
        isWhole = false;
        continue;
      }
      for (const divisor of provenBy(operand, kind === 'and')) known.add(divisor);
      if (operand.kind === kind) operands.push(...operand.operands);
      else operands.push(operand);
    }
    return isWhole ? { kind, operands } : null;
  }

  #comparison(syntax: Of<'binary'>, proven: Proven): Expression | null {
    const operator = syntax.operator as ComparisonOperator;
    const left = this.#value(syntax.left, proven);
    const right = this.#value(syntax.right, proven);
    if (!left || !right) return null;
    if (left.type === right.type) {
      if (left.type === 'text' && operator !== '==' && operator !== '!=')
        return this.#report(syntax, 'risk.rule_operator', { operator, type: CEL_TYPE.text });
      return { kind: 'compare', operator, left, right };
    }
    if (isNumeric(left) && isNumeric(right)) {
      const hasLiteral = left.kind === 'literal' || right.kind === 'literal';
      if (hasLiteral) return { kind: 'compare', operator, left, right };
      return this.#report(syntax, 'risk.rule_mixed_numbers', { operator });
    }
    if (isDayBesideText(left, right) || isDayBesideText(right, left))
      return this.#report(syntax, 'risk.rule_day_as_text', {});
    return this.#typesDiffer(syntax, operator, CEL_TYPE[left.type], CEL_TYPE[right.type]);
  }

  #membership(syntax: Of<'binary'>, proven: Proven): Expression | null {
    const value = this.#value(syntax.left, proven);
    const { right } = syntax;
    if (right.kind === 'list') return this.#oneOf(syntax, value, right);
    if (right.kind !== 'name' || !right.name.startsWith(LISTS))
      return this.#report(right, 'risk.rule_list_expected', {});
    const list = right.name.slice(LISTS.length);
    const holds = this.#scope.lists.get(list);
    if (!holds) return this.#unknown(right, 'list', list, this.#scope.lists.keys());
    if (!value) return null;
    if (holds === (isNumeric(value) ? 'number' : value.type))
      return { kind: 'inList', value, list };
    return this.#typesDiffer(syntax, 'in', CEL_TYPE[value.type], `list(${CEL_TYPE[holds]})`);
  }

  #oneOf(syntax: Of<'binary'>, value: Value | null, list: Of<'list'>): Expression | null {
    const { length } = list.items;
    if (length === 0) return this.#report(list, 'risk.rule_list_empty', {});
    if (length > MAX_LIST_ITEMS)
      return this.#report(list, 'risk.rule_list_too_long', { length, limit: MAX_LIST_ITEMS });
    const values = list.items.map((item) => this.#literal(item));
    if (!value || !values.every((item) => item !== null)) return null;
    const odd = values.find((item) => item.type !== value.type && !areNumeric(item, value));
    if (odd)
      return this.#typesDiffer(syntax, 'in', CEL_TYPE[value.type], `list(${CEL_TYPE[odd.type]})`);
    if (value.type === 'date')
      return this.#report(syntax, 'risk.rule_operator', {
        operator: 'in',
        type: CEL_TYPE.date,
      });
    return { kind: 'oneOf', value, values };
  }

  #literal(syntax: Syntax): Literal | null {
    const value = this.#value(syntax, new Set());
    if (!value || value.kind === 'literal') return value;
    return this.#report(syntax, 'risk.rule_literal_expected', {});
  }

  #textTest(syntax: Of<'call'>, test: TextTestName, proven: Proven): Expression | null {
    const [only] = syntax.arguments;
    if (!syntax.target || !only || syntax.arguments.length > 1)
      return this.#report(syntax, 'risk.rule_arguments', { form: `x.${test}("…")` });
    const text = this.#text(syntax.target, test, proven);
    const part = this.#text(only, test, proven);
    return text && part && { kind: 'textTest', test, text, part };
  }

  #has(syntax: Of<'call'>): Expression | null {
    const [only] = syntax.arguments;
    if (only?.kind !== 'name' || syntax.arguments.length > 1)
      return this.#report(syntax, 'risk.rule_arguments', { form: 'has(goods.origin)' });
    const fact = this.#scope.facts.get(only.name);
    if (!fact) return this.#unknownFact(only);
    return { kind: 'has', type: fact.type, fact: fact.name };
  }

  #value(syntax: Syntax, proven: Proven): Value | null {
    switch (syntax.kind) {
      case 'number':
      case 'integer':
        return { kind: 'literal', type: syntax.kind, value: syntax.value };
      case 'text':
        return { kind: 'literal', type: 'text', value: syntax.value };
      case 'name':
        return this.#fact(syntax);
      case 'unary':
        if (syntax.operator === '-') return this.#negation(syntax, proven);
        break;
      case 'binary':
        if (isArithmetic(syntax.operator)) return this.#arithmetic(syntax, proven);
        break;
      case 'call':
        if (isTextTest(syntax.name) || (syntax.name === 'has' && !syntax.target)) break;
        return this.#call(syntax, proven);
      case 'list':
        return this.#report(syntax, 'risk.rule_list_misplaced', {});
      case 'boolean':
      case 'chain':
        break;
    }
    return this.#report(syntax, 'risk.rule_not_a_value', {});
  }

  #fact(syntax: Of<'name'>): Value | null {
    if (syntax.name.startsWith(LISTS)) return this.#report(syntax, 'risk.rule_list_misplaced', {});
    const fact = this.#scope.facts.get(syntax.name);
    if (!fact) return this.#unknownFact(syntax);
    if (fact.type === 'boolean') return this.#report(syntax, 'risk.rule_not_a_value', {});
    return { kind: 'fact', type: fact.type, fact: fact.name };
  }

  #negation(syntax: Of<'unary'>, proven: Proven): Value | null {
    const operand = this.#value(syntax.operand, proven);
    if (!operand) return null;
    if (operand.kind === 'literal' && (operand.type === 'number' || operand.type === 'integer'))
      return { ...operand, value: 0 - operand.value };
    if (operand.type === 'number') return { kind: 'negate', type: 'number', operand };
    return this.#noArithmetic(syntax, operand, '-');
  }

  #arithmetic(syntax: Of<'binary'>, proven: Proven): Value | null {
    const operator = syntax.operator as ArithmeticOperator;
    const left = this.#value(syntax.left, proven);
    const right = this.#value(syntax.right, proven);
    if (!left || !right) return null;
    const odd = [left, right].find((value) => !isNumeric(value));
    if (odd) return this.#noArithmetic(syntax, odd, operator);
    if (left.type !== right.type)
      return this.#report(syntax, 'risk.rule_mixed_numbers', { operator });
    if (left.type === 'integer') return this.#noArithmetic(syntax, left, operator);
    if (operator === '/' && !this.#isGuarded(syntax, right, proven)) return null;
    return { kind: 'arithmetic', type: 'number', operator, left, right };
  }

  #isGuarded(syntax: Of<'binary'>, divisor: Value, proven: Proven): boolean {
    if (divisor.kind === 'literal') {
      if (divisor.value !== 0) return true;
      this.#report(syntax, 'risk.rule_division_by_zero', {});
      return false;
    }
    if (proven.has(divisorKey(divisor))) return true;
    const guard = printRule({
      kind: 'compare',
      operator: '!=',
      left: divisor,
      right: { kind: 'literal', type: 'number', value: 0 },
    });
    this.#report(syntax, 'risk.rule_division_unguarded', { guard: seen(guard) });
    return false;
  }

  #call(syntax: Of<'call'>, proven: Proven): Value | null {
    const { name, target } = syntax;
    const [only] = syntax.arguments;
    const forms: Readonly<Record<string, string>> = {
      size: 'size(goods.description)',
      double: 'double(declaration.lines)',
      timestamp: 'timestamp("2026-11-01T00:00:00Z")',
    };
    const form = Object.hasOwn(forms, name) && !target ? forms[name] : undefined;
    if (form === undefined) return this.#report(syntax, 'risk.rule_function_unknown', { name });
    if (!only || syntax.arguments.length > 1)
      return this.#report(syntax, 'risk.rule_arguments', { form });
    if (name === 'size') {
      const text = this.#text(only, name, proven);
      return text && { kind: 'size', type: 'integer', text };
    }
    if (name === 'double') return this.#toNumber(only, proven);
    const day = only.kind === 'text' ? MIDNIGHT.exec(only.value)?.[1] : undefined;
    if (day === undefined || !isLocalDate(day)) return this.#report(only, 'risk.rule_day', {});
    return { kind: 'literal', type: 'date', value: day };
  }

  #toNumber(syntax: Syntax, proven: Proven): Value | null {
    const operand = this.#value(syntax, proven);
    if (!operand) return null;
    if (operand.type === 'integer') return { kind: 'toNumber', type: 'number', operand };
    return this.#report(syntax, 'risk.rule_operator', {
      operator: 'double()',
      type: CEL_TYPE[operand.type],
    });
  }

  #text(syntax: Syntax, operator: string, proven: Proven): Value | null {
    const value = this.#value(syntax, proven);
    if (!value || value.type === 'text') return value;
    return this.#report(syntax, 'risk.rule_operator', {
      operator: `${operator}()`,
      type: CEL_TYPE[value.type],
    });
  }

  #noArithmetic(syntax: Syntax, value: Value, operator: string): null {
    if (value.type === 'integer') return this.#report(syntax, 'risk.rule_integers', { operator });
    return this.#report(syntax, 'risk.rule_operator', { operator, type: CEL_TYPE[value.type] });
  }

  #typesDiffer(syntax: Syntax, operator: string, left: string, right: string): null {
    return this.#report(syntax, 'risk.rule_types_differ', { operator, left, right });
  }

  #unknownFact(syntax: Of<'name'>): null {
    return this.#unknown(syntax, 'fact', syntax.name, this.#scope.facts.keys());
  }

  #unknown(syntax: Syntax, what: 'fact' | 'list', name: string, known: Iterable<string>): null {
    const nearest = nearestName(name, known);
    if (nearest === null)
      return this.#report(syntax, `risk.rule_${what}_unknown`, { name: seen(name) });
    return this.#report(syntax, `risk.rule_${what}_misspelt`, { name: seen(name), nearest });
  }

  #report({ from, to }: Syntax, code: string, params: Problem['params']): null {
    this.problems.push({ code, from, to, params });
    return null;
  }
}

const isComparison = (operator: string): operator is ComparisonOperator =>
  /^(?:[=!]=|[<>]=?)$/.test(operator);

const isArithmetic = (operator: string): operator is ArithmeticOperator =>
  /^[-+*/]$/.test(operator);

const isTextTest = (name: string): name is TextTestName =>
  /^(?:startsWith|endsWith|contains)$/.test(name);

const isNumeric = ({ type }: Value): boolean => type === 'number' || type === 'integer';

const areNumeric = (one: Value, other: Value): boolean => isNumeric(one) && isNumeric(other);

const isDayBesideText = (day: Value, text: Value): boolean =>
  day.type === 'date' && text.type === 'text' && text.kind === 'literal';
