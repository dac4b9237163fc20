import { z } from 'zod';

/** A name in both languages; every sentence a person reads has both. */
export const Label = z.object({ zh: z.string().min(1), en: z.string().min(1) });
export type Label = z.infer<typeof Label>;

export const FactType = z.enum(['text', 'number', 'integer', 'boolean', 'date']);
export type FactType = z.infer<typeof FactType>;

/**
 * One word of the vocabulary that rules and models speak. A context registers its facts; risk knows
 * facts, not subjects. A fact that is absent is *missing*, never false and never zero.
 */
export const Fact = z.object({
  /** `goods.hs6`, `price.perKg`: lower camel case, grouped by a dot. */
  name: z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/),
  type: FactType,
  /** Unit of measure in words or symbols (`kg`, `CNY/kg`, `days`), or `null` when it has none. */
  unit: z.string().nullable(),
  label: Label,
  /** Which context states it and from what. */
  source: z.string().min(1),
});
export type Fact = z.infer<typeof Fact>;

export type FactValue = string | number | boolean | null;
/** What is known of one subject at one moment. A name that is not there is missing, as is `null`. */
export type FactSet = Readonly<Record<string, FactValue>>;

/** A share, a median or a rate with its 95 % interval; `null` where the sample is too small to say. */
export const Interval = z.object({ low: z.number(), high: z.number(), level: z.number() });

/**
 * A figure is an object, not a number on a page (DESIGN §2). Its record count equals its numerator,
 * and recomputing it from the events gives the same bytes.
 */
export const Figure = z.object({
  metric: z.string(),
  version: z.number().int(),
  promise: z.enum(['control', 'open', 'speed']),
  label: Label,
  definition: Label,
  owner: Label,
  subject: z.string(),
  period: z.object({ from: z.string(), to: z.string() }),
  /** How many records the figure is about; equals the number of its records. */
  numerator: z.number().int(),
  /** Out of how many; `null` for a figure that is no share. */
  denominator: z.number().int().nullable(),
  /** The figure itself; `null` when there is nothing to compute it from. */
  value: z.number().nullable(),
  unit: z.enum(['share', 'count', 'seconds']),
  interval: Interval.nullable(),
  exclusions: z.array(Label),
  asOf: z.string(),
  /** SHA-256 over the sorted record ids, one a line. */
  evidence: z.object({ records: z.number().int(), hash: z.string() }),
  /** The metric that would show this one being gamed. */
  counterFigure: z.string(),
});
export type Figure = z.infer<typeof Figure>;

/** What a metric is before anybody computes it: the part of a figure that does not change with the data. */
export const Metric = Figure.pick({
  metric: true,
  version: true,
  promise: true,
  label: true,
  definition: true,
  owner: true,
  unit: true,
  counterFigure: true,
});
export type Metric = z.infer<typeof Metric>;

/** One kind of event, named `context.past_tense` in camel case: `clearance.released`. */
export const EventKind = z.object({
  kind: z.string().regex(/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$/),
  label: Label,
});
export type EventKind = z.infer<typeof EventKind>;
