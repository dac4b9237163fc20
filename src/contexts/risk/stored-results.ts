import type { Label } from '../facts/index.ts';
import { allChecks } from './checks/all.ts';
import type { CheckResult } from './contract.ts';
import { notEvaluatedResult } from './not-evaluated.ts';

/**
 * A result as it is kept. Of hundreds of rules most are silent, some hit, and many lack a fact: those
 * are kept as who, which version and what was missing, and their sentence is made again on reading.
 */
export type StoredResult =
  | CheckResult
  | readonly [check: string, version: number, ...missing: string[]];

export const toStored = (result: CheckResult): StoredResult =>
  result.outcome === 'notEvaluated' ? [result.check, result.version, ...result.missing] : result;

/** A rule whose label a stored result leaves out. */
export interface Unlabelled {
  readonly id: string;
  readonly version: number;
}

const checkLabels = new Map(allChecks.map(({ id, label }) => [id, label]));
const isPacked = (stored: StoredResult): stored is Exclude<StoredResult, CheckResult> =>
  Array.isArray(stored);

/** The officers' rules that results leave unlabelled; built-in checks are known by the code. */
export function unlabelledIn(results: readonly StoredResult[]): Unlabelled[] {
  return results.flatMap((stored) => {
    if (!isPacked(stored) || checkLabels.has(stored[0])) return [];
    const [id, version] = stored;
    return [{ id, version }];
  });
}

export const keyOf = ({ id, version }: Unlabelled): string => `${id}@${version}`;

export function fromStored(
  stored: StoredResult,
  ruleLabels: ReadonlyMap<string, Label>,
): CheckResult {
  if (!isPacked(stored)) return stored;
  const [id, version, ...missing] = stored;
  const label = checkLabels.get(id) ?? ruleLabels.get(keyOf({ id, version })) ?? { zh: id, en: id };
  return notEvaluatedResult({ id, version, label }, missing);
}
