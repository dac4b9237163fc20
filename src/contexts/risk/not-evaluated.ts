import type { Label } from '../facts/index.ts';
import type { CheckResult } from './contract.ts';
import { labelOf } from './known-facts.ts';

/** What could not be judged: a built-in check or an officer's rule. */
interface Detector {
  readonly id: string;
  readonly version: number;
  readonly label: Label;
}

/** Missing is not false: the decision keeps what could not be judged, and for want of which facts. */
export function notEvaluatedResult(
  { id, version, label }: Detector,
  missing: readonly string[],
): CheckResult {
  const named = missing.map(labelOf);
  return {
    check: id,
    version,
    outcome: 'notEvaluated',
    points: 0,
    told: false,
    mandatory: false,
    lane: null,
    values: {},
    missing: [...missing],
    sentence: {
      zh: `未评估“${label.zh}”：缺少${named.map(({ zh }) => zh).join('、')}。`,
      en: `Not evaluated: ${label.en}; missing: ${named.map(({ en }) => en).join(', ')}.`,
    },
    legalBasis: null,
    advice: { zh: '无需处理。', en: 'Nothing to do.' },
  };
}
