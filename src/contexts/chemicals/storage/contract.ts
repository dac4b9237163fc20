import { z } from 'zod';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { Cas, UnNumber } from '../contract.ts';

/** Most slots of one yard, and most blocks. */
export const SLOTS_MAX = 50_000;
export const BLOCKS_MAX = 200;
/** Most position changes one request may carry. */
export const EVENTS_MAX = 1000;
/** Most kinds of goods in one container. */
export const GOODS_MAX = 50;

const Id = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z_-]{0,39}$/);
const HazardClass = z
  .string()
  .trim()
  .regex(/^[1-9](\.[1-6][A-S]?)?$/);
const Kilograms = z
  .string()
  .trim()
  .max(20)
  .refine((text) => {
    const value = parseDecimal(text);
    return value !== null && value.coefficient >= 0n && value.scale <= 3;
  }, 'chemicals.mass_not_readable');

/** A block of a yard, or a room of a warehouse: what may stand there, how much and how long. */
export const Block = z.object({
  id: z.string().regex(/^[0-9A-Z]{1,8}$/),
  name: z.object({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  kind: z.enum(['dangerous', 'ordinary', 'warehouse']),
  /** Classes the block's licence names; none for a block of ordinary goods. */
  classes: z.array(HazardClass).max(30),
  bays: z.number().int().min(1).max(99),
  rows: z.number().int().min(1).max(99),
  tiers: z.number().int().min(1).max(9),
  /** Most containers with dangerous goods, and most of their net mass, where the licence says so. */
  containersMax: z.number().int().min(1).nullable().default(null),
  massMaxKg: Kilograms.nullable().default(null),
  /** Hours goods of a class may stay, as the safety assessment fixed them. */
  hours: z.record(z.string(), z.number().int().min(1)).default({}),
  hasPower: z.boolean().default(false),
  /** Where it is drawn, in lengths of a container from the yard's upper left corner. */
  at: z.object({ x: z.number().min(0).max(500), y: z.number().min(0).max(500) }),
});
export type Block = z.infer<typeof Block>;

/** One site: the unit whose load of hazardous chemicals is summed. */
export const YardInput = z.object({
  id: Id,
  name: z.object({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  /** The organisation that runs it, and the customs office it lies in. */
  terminal: z.string().min(1).max(60),
  office: z.string().min(1).max(4),
  /** Other authorities its conflicts concern, by organisation: maritime, emergency management. */
  authorities: z.array(z.string().min(1).max(60)).max(10).optional(),
  blocks: z.array(Block).min(1).max(BLOCKS_MAX),
});
export type YardInput = z.infer<typeof YardInput>;

export const StoredGoods = z.object({
  name: z.string().trim().min(1).max(300),
  un: UnNumber.nullable().default(null),
  cas: Cas.nullable().default(null),
  class: HazardClass,
  subsidiary: z.array(HazardClass).max(4).default([]),
  packingGroup: z.enum(['I', 'II', 'III']).nullable().default(null),
  netMassKg: Kilograms,
  /** Mass per cent of the substance; `null` where nobody has said. */
  percent: z.number().min(0).max(100).nullable().default(null),
  form: z.enum(['solid', 'liquid', 'gas']).nullable().default(null),
  /** Whether it is on the national catalogue of hazardous chemicals; `null` where nobody has said. */
  isHazardousChemical: z.boolean().nullable().default(null),
  isTemperatureControlled: z.boolean().default(false),
});
export type StoredGoods = z.infer<typeof StoredGoods>;

/** What leads from a container to its consignment. */
export const Papers = z.object({
  booking: z.string().trim().max(60).nullable().default(null),
  bill: z.string().trim().max(60).nullable().default(null),
  declaration: z.string().trim().max(60).nullable().default(null),
});
export type Papers = z.infer<typeof Papers>;

const Position = z.object({
  id: z.string().trim().min(1).max(80),
  container: z.string().regex(/^[A-Z]{4}\d{7}$/),
  occurredAt: z.iso.datetime().optional(),
});
const Slot = z.string().trim().max(24);
/** What happened to a container's position. The sender chooses the id: twice the same is once. */
export const YardEvent = z.discriminatedUnion('kind', [
  Position.extend({
    kind: z.literal('stored'),
    slot: Slot,
    goods: z.array(StoredGoods).max(GOODS_MAX),
    papers: Papers.default({ booking: null, bill: null, declaration: null }),
  }),
  Position.extend({ kind: z.literal('moved'), slot: Slot }),
  Position.extend({ kind: z.literal('left') }),
]);
export type YardEvent = z.infer<typeof YardEvent>;

/** The rules a yard is checked by; each has its source in `yard-rules.json`. */
export const YardRule = z.enum([
  'directOnly',
  'timeLimited',
  'explosivesAlone',
  'lithiumApart',
  'extinguishing',
  'ordinaryBlock',
  'stackHeight',
  'power',
  'licence',
  'capacity',
  'majorHazard',
]);
export type YardRule = z.infer<typeof YardRule>;

/** Something that stands where it may not. `key` stays the same for as long as it lasts. */
export const YardConflict = z.object({
  key: z.string(),
  rule: YardRule,
  /** `null` for the whole site. */
  block: z.string().nullable(),
  containers: z.array(z.string()),
  /** Values the sentence speaks of. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  basis: z.string(),
  /** How the rule itself is founded: compared with a text, or not. */
  foundation: z.enum(['text', 'memory']),
});
export type YardConflict = z.infer<typeof YardConflict>;

/** Σ q/Q of a site or block: what is certain, and what it comes to if every open question is answered for the worst. */
export const Load = z.object({
  certain: z.string(),
  possible: z.string(),
  isReached: z.boolean(),
  /** Whether it cannot be told that the load stays below 1. */
  isOpen: z.boolean(),
});
export type Load = z.infer<typeof Load>;

export const StoredContainer = z.object({
  container: z.string(),
  slot: z.string(),
  since: z.string(),
  goods: z.array(StoredGoods),
  papers: Papers,
});
export type StoredContainer = z.infer<typeof StoredContainer>;

export const YardState = YardInput.extend({
  version: z.number().int(),
  containers: z.array(StoredContainer),
  conflicts: z.array(YardConflict.extend({ since: z.string(), caseId: z.string().nullable() })),
  load: Load,
  loads: z.record(z.string(), Load),
  asOf: z.string(),
});
export type YardState = z.infer<typeof YardState>;

export const YardRow = YardInput.pick({
  id: true,
  name: true,
  terminal: true,
  office: true,
}).extend({
  slots: z.number().int(),
  containers: z.number().int(),
  conflicts: z.number().int(),
  load: Load,
});
export type YardRow = z.infer<typeof YardRow>;

export const YardEventAnswer = z.object({
  id: z.string(),
  outcome: z.enum(['done', 'refused']),
  isRepeat: z.boolean(),
  problems: z.array(Problem),
  /** Keys of conflicts that began and ended with this change. */
  began: z.array(z.string()),
  ended: z.array(z.string()),
});
export type YardEventAnswer = z.infer<typeof YardEventAnswer>;
