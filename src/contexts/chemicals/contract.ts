import { z } from 'zod';

/** A CAS registry number as it is written, its check digit right: `108-88-3`. */
export const Cas = z.string().regex(/^[1-9]\d{1,6}-\d{2}-\d$/);

/** A UN number, four digits without the letters: `1294`. */
export const UnNumber = z.string().regex(/^\d{4}$/);

/** Six digits of the Harmonized System. */
export const Hs6 = z.string().regex(/^\d{6}$/);

/**
 * How far a statement of a compiled list is founded: `text` was compared with the text of the law,
 * `memory` was not, and no decision should rest on it alone; `official` came from its publisher's file.
 */
export const Foundation = z.enum(['text', 'memory', 'official']);
export type Foundation = z.infer<typeof Foundation>;

/** One entry of one list, on the days it is in force: `[from, to)`, `null` where nobody has said. */
export const ListEntry = z.object({
  /** `cn_precursor`, `un_1988`, `eu_precursor`, `dea_list`, `cn_monitored`, `cwc`, `cn_hazardous`, `clp` … */
  list: z.string(),
  /** Its place in the list, as the list counts; where a list has no numbers, its CAS number or name. */
  entry: z.string(),
  cas: Cas.nullable(),
  names: z.object({ zh: z.string(), en: z.string() }),
  /** Class, table, schedule or category, as the list says it: `2`, `I`, `2B`. */
  class: z.string(),
  /** Whether the list takes in the salts of the substance as well. */
  salts: z.boolean(),
  /** The legal source, with its article or table. */
  basis: z.string(),
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  foundation: Foundation,
  /** Further columns of the list's file, as text: concentration limits, H statements, notes. */
  attributes: z.record(z.string(), z.string()),
});
export type ListEntry = z.infer<typeof ListEntry>;

/** What the loaded lists know of one substance; `id` is its CAS number, or `un:1263` for a name without one. */
export const Substance = z.object({
  id: z.string(),
  cas: Cas.nullable(),
  /** The name it is shown by, and that in Chinese where a list has one. */
  name: z.string(),
  zh: z.string().nullable(),
  un: z.array(UnNumber),
  hs6: z.array(Hs6),
});
export type Substance = z.infer<typeof Substance>;

/** What led to a candidate, the surest first. */
export const MatchedBy = z.enum(['cas', 'un', 'name', 'formula', 'likeness']);

export const Candidate = z.object({
  id: z.string(),
  cas: Cas.nullable(),
  name: z.string(),
  zh: z.string().nullable(),
  /** The probability that it is this substance, calibrated on withheld names: 0 to 1. */
  score: z.number().min(0).max(1),
  by: MatchedBy,
  /** The name in the lists that answered. */
  matched: z.string(),
  /** Which component of the text it answers, as an index into `reading.components`. */
  component: z.number().int(),
});
export type Candidate = z.infer<typeof Candidate>;

/** Mass per cent unless `of` says volume; equal bounds for a single value. */
export const Concentration = z.object({
  low: z.number().min(0).max(100),
  high: z.number().min(0).max(100),
  of: z.enum(['mass', 'volume']),
  seen: z.string(),
});
export type Concentration = z.infer<typeof Concentration>;

/** One component of what was declared: a pure substance has one, a mixture several. */
export const Component = z.object({
  /** The part of the text, as given and as it is looked up. */
  seen: z.string(),
  name: z.string(),
  concentration: Concentration.nullable(),
  /** `hydrochloride`, `sodium salt`, `hydrate` …: what follows the parent's name. */
  forms: z.array(z.string()),
});
export type Component = z.infer<typeof Component>;

/** What was done to a text so that a machine would not read it. */
export const Disguise = z.object({
  kind: z.enum(['inserted', 'lookAlike', 'spaced', 'split', 'initials', 'pinyin', 'invisible']),
  seen: z.string(),
  read: z.string(),
});
export type Disguise = z.infer<typeof Disguise>;

/** What a text says before any list is asked. */
export const Reading = z.object({
  components: z.array(Component),
  cas: z.array(z.object({ seen: z.string(), cas: Cas })),
  un: z.array(UnNumber),
  /** 工业级, AR, USP …: part of the text, never of the name. */
  grades: z.array(z.string()),
  packaging: z.array(z.string()),
  physicalForm: z.enum(['solid', 'liquid', 'gas', 'solution', 'powder']).nullable(),
  isMixture: z.boolean(),
  disguises: z.array(Disguise),
});
export type Reading = z.infer<typeof Reading>;

/** A hazard the loaded lists state for what was found: a transport class, or GHS statements, or both. */
export const Hazard = z.object({
  un: UnNumber.nullable(),
  /** Class or division, `6.1`; subsidiary ones beside it. */
  class: z.string().nullable(),
  subsidiary: z.array(z.string()),
  packingGroups: z.array(z.string()),
  /** The proper shipping name, or the list's name of the substance. */
  name: z.string(),
  /** H statements, `H225`. */
  statements: z.array(z.string()),
  source: z.string(),
  /** How sure the match is: the score of the candidate it belongs to, or of the shipping name itself. */
  score: z.number().min(0).max(1),
});
export type Hazard = z.infer<typeof Hazard>;

/** Something in the text that is wrong and was not silently mended: a code with a sentence in both languages. */
export const ReadingProblem = z.object({ code: z.string(), seen: z.string() });
export type ReadingProblem = z.infer<typeof ReadingProblem>;

/**
 * What the goods are. `candidates` are in order of score; with `unknown` none is sure enough, and they
 * are only what comes nearest. `listed`, `hazards` and `hs6` speak of the accepted candidates alone: the
 * first of each component, if it is sure enough.
 */
export const Identification = z.object({
  query: z.string(),
  candidates: z.array(Candidate),
  unknown: z.boolean(),
  listed: z.array(ListEntry),
  hazards: z.array(Hazard),
  hs6: z.array(Hs6),
  reading: Reading,
  problems: z.array(ReadingProblem),
});
export type Identification = z.infer<typeof Identification>;
