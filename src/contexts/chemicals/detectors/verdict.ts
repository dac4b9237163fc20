import type { Detector, Verdict } from './contract.ts';

type Params = Verdict['params'];

export const misfit = (
  detector: Detector,
  code: string,
  points: number,
  params: Params,
  legalBasis: string | null = null,
): Verdict => ({ detector, outcome: 'misfit', code, points, params, legalBasis });

/** Missing is not false: what could not be judged says what it lacked. */
export const notEvaluated = (detector: Detector, code: string, params: Params = {}): Verdict => ({
  ...{ detector, outcome: 'notEvaluated', code, points: 0, params, legalBasis: null },
});
