import type { Problem } from './scope.ts';
import { type BinaryOperator, MAX_NESTING, MAX_NODES, type Syntax } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Binary operators by how tightly they bind, loosest first; `&&` and `||` are chains, and looser. */
const LEVELS: readonly (readonly string[])[] = [
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/'],
];

/** CEL forbids these as the first word of a name. */
const RESERVED = new Set(
  `as break const continue else false for function if import in let loop namespace null package
   return true var void while`.split(/\s+/),
);

/** Parts of CEL that have no place here, by the sign that announces them. */
const OUTSIDE = new Set(['?', '[', '{', '%', ':', 'null']);

class Unreadable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/**
 * Reads the tokens of one rule by CEL's grammar. The first fault ends the reading: what follows a
 * misplaced sign can only be guessed. Nesting is counted on the way down, so that a hostile text is
 * refused at the place where it goes too deep and never exhausts the stack.
 */
export function parse(tokens: readonly Token[]): Syntax | Problem {
  try {
    return new Parser(tokens).rule();
  } catch (error) {
    if (error instanceof Unreadable) return error.problem;
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #nesting = 0;
  #nodes = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  rule(): Syntax {
    const whole = this.#expression();
    if (this.#here.kind !== 'end') throw this.#unexpected();
    return whole;
  }

  #expression(): Syntax {
    return this.#chain('||', () => this.#chain('&&', () => this.#binary(0)));
  }

  #chain(operator: '&&' | '||', operand: () => Syntax): Syntax {
    const first = operand();
    const operands = [first];
    while (this.#take(operator)) operands.push(operand());
    if (operands.length === 1) return first;
    return this.#node({ kind: 'chain', operator, operands, from: first.from, to: this.#end });
  }

  /** A chain of these leans to the left and is as deep as it is long, so its length counts as depth. */
  #binary(level: number): Syntax {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    let links = 0;
    while (operators.includes(this.#symbol ?? '')) {
      const operator = this.#symbol as BinaryOperator;
      this.#deeper();
      links += 1;
      this.#at += 1;
      const right = this.#binary(level + 1);
      left = this.#node({
        kind: 'binary',
        operator,
        left,
        right,
        from: left.from,
        to: this.#end,
      });
    }
    this.#nesting -= links;
    return left;
  }

  #unary(): Syntax {
    const operator = this.#symbol;
    if (operator !== '!' && operator !== '-') return this.#member();
    const { from } = this.#here;
    this.#deeper();
    this.#at += 1;
    const operand = this.#unary();
    this.#nesting -= 1;
    return this.#node({ kind: 'unary', operator, operand, from, to: this.#end });
  }

  /** A primary, and the names and calls that hang on it by dots. */
  #member(): Syntax {
    let whole = this.#primary();
    let links = 0;
    while (this.#take('.')) {
      const { from } = whole;
      const name = this.#name();
      if (this.#symbol === '(') {
        this.#deeper();
        links += 1;
        const given = this.#arguments();
        whole = this.#node({
          kind: 'call',
          name,
          target: whole,
          arguments: given,
          from,
          to: this.#end,
        });
      } else if (whole.kind === 'name') {
        whole = { kind: 'name', name: `${whole.name}.${name}`, from, to: this.#end };
      } else {
        throw this.#unexpected(this.#at - 2);
      }
    }
    this.#nesting -= links;
    return whole;
  }

  #primary(): Syntax {
    const token = this.#here;
    const { from } = token;
    if (token.kind === 'number' || token.kind === 'integer') {
      this.#at += 1;
      return this.#node({ kind: token.kind, value: token.value, from, to: token.to });
    }
    if (token.kind === 'text') {
      this.#at += 1;
      return this.#node({ kind: 'text', value: token.value, from, to: token.to });
    }
    if (this.#take('true'))
      return this.#node({ kind: 'boolean', value: true, from, to: this.#end });
    if (this.#take('false'))
      return this.#node({ kind: 'boolean', value: false, from, to: this.#end });
    if (this.#take('(')) {
      this.#deeper();
      const inner = this.#expression();
      this.#expect(')');
      this.#nesting -= 1;
      return { ...inner, from, to: this.#end };
    }
    if (this.#symbol === '[') {
      const items = this.#items('[', ']');
      return this.#node({ kind: 'list', items, from, to: this.#end });
    }
    if (token.kind !== 'name' || RESERVED.has(token.text)) throw this.#unexpected();
    this.#at += 1;
    if (this.#symbol === '(') {
      const given = this.#arguments();
      const { text: name } = token;
      return this.#node({
        kind: 'call',
        name,
        target: null,
        arguments: given,
        from,
        to: this.#end,
      });
    }
    return this.#node({ kind: 'name', name: token.text, from, to: token.to });
  }

  #arguments(): Syntax[] {
    return this.#items('(', ')');
  }

  /** CEL allows a comma after the last item of a list, and none after the last argument. */
  #items(open: '(' | '[', close: ')' | ']'): Syntax[] {
    this.#expect(open);
    this.#deeper();
    const items: Syntax[] = [];
    while (this.#symbol !== close) {
      items.push(this.#expression());
      if (!this.#take(',')) break;
      if (open === '(' && this.#symbol === close) throw this.#unexpected();
    }
    this.#expect(close);
    this.#nesting -= 1;
    return items;
  }

  /** After a dot, any word but these four is a name. */
  #name(): string {
    const token = this.#here;
    if (token.kind !== 'name' || /^(?:true|false|null|in)$/.test(token.text))
      throw this.#unexpected();
    this.#at += 1;
    return token.text;
  }

  get #here(): Token {
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)];
    if (!token) throw new Error('A text has at least its end.');
    return token;
  }

  /** Where the last token that was taken ends. */
  get #end(): number {
    return this.#tokens[this.#at - 1]?.to ?? 0;
  }

  get #symbol(): string | null {
    const token = this.#here;
    return token.kind === 'symbol' || token.kind === 'name' ? token.text : null;
  }

  #take(text: string): boolean {
    if (this.#symbol !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#unexpected();
  }

  #node<Node extends Syntax>(node: Node): Node {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES)
      throw new Unreadable({
        code: 'risk.rule_too_large',
        from: node.from,
        to: node.to,
        params: { limit: MAX_NODES },
      });
    return node;
  }

  #deeper(): void {
    this.#nesting += 1;
    if (this.#nesting <= MAX_NESTING) return;
    const { from, to } = this.#here;
    const params = { limit: MAX_NESTING };
    throw new Unreadable({ code: 'risk.rule_too_deep', from, to, params });
  }

  #unexpected(at = this.#at): Unreadable {
    const token = this.#tokens[at] ?? this.#here;
    const { from, to } = token;
    if (token.kind === 'end') {
      // The end has no width; the last sign before it shows where something is wanting.
      const last = this.#tokens[at - 1];
      return new Unreadable({
        code: 'risk.rule_unfinished',
        from: last?.from ?? from,
        to: last?.to ?? to,
        params: {},
      });
    }
    const seen = 'text' in token ? token.text : String(token.value);
    const code = OUTSIDE.has(seen) ? 'risk.rule_outside_language' : 'risk.rule_unexpected';
    return new Unreadable({ code, from, to, params: { seen } });
  }
}
