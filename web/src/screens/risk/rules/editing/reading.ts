import { useMemo } from 'react';
import type { Label } from '../../../../../../src/contexts/facts/contract.ts';
import type { Expression } from '../../../../../../src/contexts/risk/language/ast.ts';
import { printRule } from '../../../../../../src/contexts/risk/language/print.ts';
import { readRule } from '../../../../../../src/contexts/risk/language/read.ts';
import type { Scope } from '../../../../../../src/contexts/risk/language/scope.ts';
import { sentenceOf } from '../../../../../../src/contexts/risk/language/sentence.ts';
import type { Vocabulary } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useMessages } from '../../../../parts/messages.ts';

/** A problem of a text, with its place for the editor to underline and its sentence to be read. */
export interface Marked {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export interface Reading {
  readonly problems: readonly Marked[];
  readonly expression: Expression | null;
  /** The text in its canonical form, and read aloud; `null` while there are problems. */
  readonly canonical: string | null;
  readonly sentence: Label | null;
}

/**
 * What the language says of a text, while it is typed: the same reader as the server's, which reads
 * it again when it is saved.
 */
export function useReading(text: string, vocabulary: Vocabulary): Reading {
  const { sentence } = useMessages();
  const scope = useMemo<Scope>(
    () => ({
      facts: new Map(vocabulary.facts.map((fact) => [fact.name, fact])),
      lists: new Map(vocabulary.lists.map(({ name, type }) => [name, type])),
    }),
    [vocabulary],
  );
  const read = useMemo(() => readRule(text, scope), [text, scope]);
  const { expression } = read;
  return {
    expression,
    problems: read.problems.map(({ code, from, to, params }) => ({
      from,
      to,
      message: sentence(code, params),
    })),
    canonical: expression && printRule(expression),
    sentence: expression && sentenceOf(expression, scope),
  };
}
