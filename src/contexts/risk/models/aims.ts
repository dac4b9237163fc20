import type { FactSet } from '../../facts/index.ts';
import type { ModelAim } from './contract.ts';

/** What a model of an aim looks at and learns from. */
export interface Aim {
  /** Whether it speaks of such a consignment at all. */
  isAbout(facts: FactSet): boolean;
  /** Kinds of finding that count as one; `null` for any. */
  readonly findings: ReadonlySet<string> | null;
  /** What a card says was learned. */
  readonly label: string;
}

const chapterOf = (facts: FactSet): string => String(facts['goods.hs6'] ?? '').slice(0, 2);
const isKnown = (facts: FactSet, ...names: readonly string[]): boolean =>
  names.some((name) => facts[name] !== undefined && facts[name] !== null);

/** Chapters in which a precursor is named by itself or as a preparation: 28, 29, and 38 for mixtures. */
const PRECURSOR_CHAPTERS = new Set(['28', '29', '38']);
/**
 * Chapters whose goods are hazardous by what they are made of, declared as such or not: mineral fuels, all chemical
 * products (sections VI and VII of the Harmonised System), and vegetable oils and resins that pass for them.
 */
const HAZARD_CHAPTERS = new Set([
  ...['13', '25', '27', '28', '29', '30', '31', '32', '33', '34'],
  ...['35', '36', '37', '38', '39', '40'],
]);

/**
 * The two named models of chemicals stand beside the general one: each learns from its own kinds of finding, among its
 * own goods, and is tried, approved and rolled back by itself. What any of them selects comes out of one budget.
 */
export const AIMS: Readonly<Record<ModelAim, Aim>> = {
  harm: { isAbout: () => true, findings: null, label: 'found' },
  precursor: {
    isAbout: (facts) => PRECURSOR_CHAPTERS.has(chapterOf(facts)) || isKnown(facts, 'chemical.cas'),
    findings: new Set(['disguisedPrecursor']),
    label: 'found: disguised precursor',
  },
  hazard: {
    isAbout: (facts) =>
      HAZARD_CHAPTERS.has(chapterOf(facts)) ||
      isKnown(facts, 'chemical.hazardClass', 'chemical.unStated'),
    findings: new Set([
      ...['misclassification', 'misdeclaredGoods', 'undeclaredGoods'],
      ...['disguisedPrecursor', 'laboratoryResultDiffers'],
    ]),
    label: 'found: goods other than declared',
  },
};

/** Whether an examination found what a model of this aim is to find. */
export const isFoundBy = ({ findings }: Aim, found: boolean, kinds: readonly string[]): boolean =>
  found && (findings === null || kinds.some((kind) => findings.has(kind)));
