import type { LocalDate } from '../../../kernel/dates.ts';
import type { Concentration, ListEntry } from '../contract.ts';
import type { ControlReason, Membership, Question } from './contract.ts';

/** One substance of a consignment, as far as the law asks about it. */
export interface SubstanceInGoods {
  readonly concentration: Concentration | null;
  /** It is declared as a mixture, a solution or a preparation; not as the substance itself. */
  readonly isMixture: boolean;
  /** `hydrochloride`, `sodium salt` …, where the text names a salt. */
  readonly isSalt: boolean;
  /** A medicine put up as such: headings 3003 and 3004. */
  readonly isMedicine: boolean;
  /** A compound preparation (复方制剂); `null` where nobody has said. */
  readonly isCompound: boolean | null;
  /** Whether it crosses the border; between inland and special areas no licence is asked. `null`: not said. */
  readonly isAbroad: boolean | null;
  readonly on: LocalDate;
}

/** The lists that bind here; others say what other countries ask. */
const BINDING = new Set(['cn_precursor', 'cn_monitored', 'cn_hazardous']);

/** Mass per cent above which a mixture is controlled (商务部公告 2007年5月16日); others at any share. */
const ABOVE: Readonly<Record<string, number>> = {
  '108-88-3': 40,
  '67-64-1': 40,
  '78-93-3': 40,
  '7664-93-9': 40,
  '7647-01-0': 10,
};
/** Acids that are traded as solutions: without a concentration nobody has said what they are. */
const SOLUTIONS = new Set(['7664-93-9', '7647-01-0']);

/** In force on a day; an entry whose day nobody has said counts as in force, and says so by its `null`. */
export const inForceOn = (entries: readonly ListEntry[], on: LocalDate): ListEntry[] =>
  entries.filter(({ from, to }) => (from === null || from <= on) && (to === null || on < to));

/** What each list says of a substance in goods, and what would have to be asked to say more. */
export function controlsOf(
  entries: readonly ListEntry[],
  goods: SubstanceInGoods,
): { memberships: Membership[]; questions: Question[] } {
  const questions = new Set<Question>();
  const memberships = inForceOn(entries, goods.on).map((entry): Membership => {
    if (!BINDING.has(entry.list)) return { entry, control: 'told', reason: null };
    const [control, reason] =
      entry.list === 'cn_precursor'
        ? precursor(entry, goods)
        : (['applies', 'substanceItself'] as const);
    const question = reason && ASKS[reason];
    if (question) questions.add(question);
    return { entry, control, reason };
  });
  return { memberships, questions: [...questions] };
}

const ASKS: Partial<Record<ControlReason, Question>> = {
  concentrationUnknown: 'concentration',
  compoundUnknown: 'compound',
  destinationUnknown: 'destination',
};

type Verdict = readonly [Membership['control'], ControlReason];

/**
 * A listed precursor is controlled unless one of three rules frees it: as a compound medicine, as a
 * mixture below its share, or because it does not cross the border (易制毒化学品管理条例 第三十条第三款).
 */
function precursor(entry: ListEntry, goods: SubstanceInGoods): Verdict {
  if (goods.isAbroad === false) return ['exempt', 'inlandMovement'];
  if (goods.isSalt && !entry.salts) return ['notEvaluated', 'saltNotListed'];
  const verdict = ofForm(entry, goods);
  if (verdict[0] === 'applies' && goods.isAbroad === null) {
    return ['notEvaluated', 'destinationUnknown'];
  }
  return verdict;
}

function ofForm(entry: ListEntry, goods: SubstanceInGoods): Verdict {
  if (goods.isMedicine) {
    if (goods.isCompound === null) return ['notEvaluated', 'compoundUnknown'];
    return goods.isCompound ? ['exempt', 'compoundMedicine'] : ['applies', 'singlePreparation'];
  }
  const above = ABOVE[entry.cas ?? ''];
  if (above === undefined) {
    if (goods.isMixture) return ['applies', 'mixtureAnyShare'];
    return ['applies', goods.isSalt ? 'salt' : 'substanceItself'];
  }
  return byShare(goods, above, SOLUTIONS.has(entry.cas ?? ''));
}

function byShare(
  { concentration, isMixture }: SubstanceInGoods,
  above: number,
  isSolution: boolean,
): Verdict {
  // The rule speaks of the share without saying of what; a share of the volume is not one of the mass.
  if (concentration?.of === 'volume') return ['notEvaluated', 'concentrationUnknown'];
  if (concentration === null) {
    if (isMixture || isSolution) return ['notEvaluated', 'concentrationUnknown'];
    return ['applies', 'substanceItself'];
  }
  if (concentration.low > above) return ['applies', 'mixtureAbove'];
  if (concentration.high <= above) return ['exempt', 'mixtureBelow'];
  return ['notEvaluated', 'concentrationUnknown'];
}
