import type { CheckResult, Decision, ShownDecision } from './contract.ts';
import { selectionFacts } from './facts.ts';

/** What everybody reads of goods that the model or the draw selected, before they are examined. */
export const TARGETED: CheckResult['sentence'] = {
  zh: '布控选中。',
  en: 'Selected by targeting.',
};

const HIDDEN_FACTS = new Set(selectionFacts.map(({ name }) => name));

/** Whether a decision says something that must wait until the goods have been examined. */
export const isBlind = ({ selectedBy }: Pick<Decision, 'selectedBy'>): boolean =>
  selectedBy === 'model' || selectedBy === 'sample';

/**
 * A decision as whoever will examine the goods reads it. Model and sample look alike: both read
 * `targeting`, both show what would speak for risk, and neither shows a probability, a strength or a
 * draw. What was recorded aside is left out, since a model on trial would tell the same.
 */
export function veiled(decision: Decision): ShownDecision {
  const facts = Object.fromEntries(
    Object.entries(decision.facts).filter(([name]) => !HIDDEN_FACTS.has(name)),
  );
  const { model, beside: _, ...open } = decision;
  const speaking = model?.contributions.filter(({ logOdds }) => logOdds > 0) ?? [];
  return {
    ...open,
    ...(isBlind(decision) && { selectedBy: 'targeting' as const, sampling: null }),
    model: model && {
      ...{ ...model, probability: null, harm: null, threshold: null },
      contributions: speaking.map((contribution) => ({ ...contribution, logOdds: 0 })),
    },
    shadow: [],
    facts,
  };
}

/**
 * A decision as the declarant reads it: why the goods are looked at, the values seen and what to do.
 * Rules that ask a list stand as one sentence that names none of them, since the list may be of firms
 * under investigation. Scores, checks that did not hit, the model and the draw stay inside: they would
 * teach evasion.
 */
export function toldToDeclarant(decision: Decision): ShownDecision {
  const hits = decision.results.filter(({ outcome }) => outcome === 'hit');
  const open = hits.filter(({ told }) => told).map((hit) => ({ ...hit, points: 0 }));
  const results = open.length < hits.length ? [...open, WITHHELD] : open;
  return { ...veiled(decision), score: 0, results, model: null, sampling: null, facts: {} };
}

const WITHHELD: CheckResult = {
  ...{ check: 'targeting', version: 1, outcome: 'hit', points: 0, told: true, mandatory: false },
  ...{ lane: null, values: {}, missing: [], sentence: TARGETED, legalBasis: null },
  advice: {
    zh: '请配合海关审单或查验。',
    en: 'Please assist customs with the check or the examination.',
  },
};
