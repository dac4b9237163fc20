import type { Reading } from '../contract.ts';
import type { Problem } from './problems.ts';
import type { ReadMessage } from './read.ts';

/** A reading as it is told outside: one document with those that came behind it, and problems in words. */
export function tellReading(
  { documents, problems }: ReadMessage,
  sentence: (problem: Problem) => string,
): Reading {
  const [first, ...others] = documents;
  return {
    standard: first?.standard ?? null,
    kind: first?.kind ?? null,
    document: first
      ? { ...first.document, ...(others.length > 0 && { further: others.map(beside) }) }
      : null,
    problems: problems.map((problem) => ({
      path: problem.path,
      code: problem.code,
      text: sentence(problem),
      severity: problem.severity,
      ...(problem.line !== undefined && { line: problem.line }),
    })),
  };
}

const beside = ({ standard, kind, document }: ReadMessage['documents'][number]) => ({
  standard,
  kind,
  ...document,
});
