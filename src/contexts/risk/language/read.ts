import type { Expression } from './ast.ts';
import { check } from './check.ts';
import { parse } from './parse.ts';
import type { Problem, Scope } from './scope.ts';
import { MAX_CHARACTERS } from './syntax.ts';
import { tokenise } from './tokens.ts';

/** An expression, or the problems that kept the text from being one; never both. */
export interface ReadRule {
  readonly expression: Expression | null;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a rule. Anybody may send anything: what it costs is bounded by the limits on length,
 * nesting and nodes, each of which is a problem with its place and figure, never an exception.
 */
export function readRule(text: string, scope: Scope): ReadRule {
  if (text.length > MAX_CHARACTERS) {
    const params = { length: text.length, limit: MAX_CHARACTERS };
    return refused({ code: 'risk.rule_too_long', from: MAX_CHARACTERS, to: text.length, params });
  }
  const { tokens, problems } = tokenise(text);
  if (problems.length > 0) return refused(...problems);
  if (tokens.length === 1)
    return refused({ code: 'risk.rule_empty', from: 0, to: text.length, params: {} });
  const syntax = parse(tokens);
  if ('code' in syntax) return refused(syntax);
  const checked = check(syntax, scope);
  return checked.expression ? { ...checked, problems: [] } : refused(...checked.problems);
}

const refused = (...problems: readonly Problem[]): ReadRule => ({
  expression: null,
  problems: [...problems].sort((one, other) => one.from - other.from),
});
