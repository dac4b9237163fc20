import type { FactSet, Label } from '../../facts/index.ts';
import type { Lane } from '../contract.ts';
import type { Policy } from '../policy.ts';

/**
 * One check: when it hits, how much it weighs and what it says. A check is pure and speaks facts
 * only, in the shape of a rule (facts compared with a policy's numbers), so that the rule language
 * can take its place without any decision changing.
 */
export interface Check {
  readonly id: string;
  /** Raised with every change of meaning; decisions name it. */
  readonly version: number;
  readonly label: Label;
  /**
   * Facts without which there is nothing to check: no preference claimed, nothing to say about it.
   * When one is missing, the check is silent.
   */
  readonly about: readonly string[];
  /** Facts it needs to judge. When one is missing, the check is *not evaluated*, and says so. */
  readonly reads: readonly string[];
  /** Facts its sentence quotes beside those; they are present whenever the others are. */
  readonly quotes: readonly string[];
  /** Points a hit adds to the score. */
  readonly points: number;
  readonly legalBasis: string | null;
  /** What an officer should look for, or a declarant should do. */
  readonly advice: Label;
  hits(facts: FactSet, policy: Policy): boolean;
  /** Why it hit, with the values seen and what they are compared with. */
  sentence(facts: FactSet, policy: Policy): Label;
  /**
   * The lane a mandatory criterion fixes whatever the score, with the law it stands on; absent for
   * a check that only adds points, undefined where this hit is not certain enough.
   */
  mandatory?(facts: FactSet, policy: Policy): { lane: Lane; legalBasis: string } | undefined;
}
