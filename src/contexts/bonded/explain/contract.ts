import { z } from 'zod';
import { EventAnswer } from '../books/contract.ts';
import { Account, EventKind, LedgerEvent, OrderNo, PartNo, SiteId } from '../contract.ts';
import { InStocktake } from '../stocktake/contract.ts';

/** Why a count and the book can differ. */
export const Cause = z.enum([
  /** An event of an order, or goods the gate saw, that the book lacked when it was counted. */
  'notPosted',
  /** 截止: the event and the count disagree about which of them was first. */
  'cutOff',
  'unitFactor',
  /** Used by one version of the unit consumption, booked by another. */
  'version',
  /** 边角料 or 残次品 that nobody declared. */
  'scrapNotDeclared',
  /** Another part was used in place of the one the book says. */
  'substitution',
  /** Entered twice. */
  'duplicate',
  /** Cancelled or corrected, and never reversed. */
  'missingReversal',
  /** Not where the book has it: on the road, or at a subcontractor's. */
  'inTransit',
  /** Bonded and domestic goods of one part taken for each other. */
  'bondedMixed',
  'reworkTwice',
  /** A slip of the pen, a tag counted twice, two bins exchanged. Only ever possible. */
  'countingError',
]);
export type Cause = z.infer<typeof Cause>;

/**
 * How far a record identifies a quantity. `certain`: two records contradict each other, whatever was counted.
 * `strong`: a contradiction with, rarely, an innocent reading. `documented`: a record has the quantity, and only
 * the difference says that something is wrong with it. `pattern`: no record, only the shape of the difference.
 */
export const Grade = z.enum(['certain', 'strong', 'documented', 'pattern']);
export type Grade = z.infer<typeof Grade>;

/** Decimal text, signed where it says what is over or short. */
const Quantity = z.string();
const PlaceName = z.object({ account: Account, site: SiteId });

/** A quantity of one part from one place to another; `null` where that is none of the ledger's. */
export const CarriedLine = z.object({
  part: PartNo,
  quantity: Quantity,
  from: PlaceName.nullable(),
  to: PlaceName.nullable(),
});
export const CorrectedLine = z.object({
  part: PartNo,
  quantity: Quantity,
  insteadOf: PartNo.nullable(),
  bonded: z.boolean(),
});

/** What a person may do about a cause. A draft: nothing here happens by itself. */
export const RemedyDraft = z.discriminatedUnion('kind', [
  /** The book of today has it: nothing is left but to show the count's own moment. */
  z.object({ kind: z.literal('entered'), event: z.string() }),
  /** Let a held event through, or send a refused one again. */
  z.object({ kind: z.literal('release'), event: z.string() }),
  z.object({ kind: z.literal('reverse'), event: z.string() }),
  /** A reversal and a new event: these lines stand in the place of the old one's. */
  z.object({
    kind: z.literal('replace'),
    event: z.string(),
    line: z.number().int(),
    by: z.array(CorrectedLine),
  }),
  z.object({
    kind: z.literal('enter'),
    draft: z.object({
      kind: EventKind.nullable(),
      order: OrderNo.nullable(),
      document: z.string().nullable(),
      lines: z.array(CarriedLine),
    }),
  }),
  z.object({ kind: z.literal('recount'), part: PartNo, bins: z.array(z.string()) }),
  /** 补充申报, for more than the book has. */
  z.object({ kind: z.literal('supplementaryDeclaration'), part: PartNo, quantity: Quantity }),
  /** 补税, for less than the book has: nobody's tolerance waives it. */
  z.object({ kind: z.literal('dutyPayment'), part: PartNo, quantity: Quantity }),
]);
export type RemedyDraft = z.infer<typeof RemedyDraft>;

export const CauseRow = z.object({
  cause: Cause,
  grade: Grade,
  /** Signed and exact: what it adds to counted less book. */
  quantity: Quantity,
  /**
   * What to look at; the records that prove it come first. `posting:<event>#<line>` is an event of the journal, held
   * or refused; `paper:<id>` a record brought beside it; `order:<order>#<part>` what an order says of a part;
   * `tag:<tag>` a tag of the count; others name a list or a sum.
   */
  records: z.array(z.string()),
  remedy: RemedyDraft,
});
export type CauseRow = z.infer<typeof CauseRow>;

/** One difference taken apart. The explained quantities and the residual add up to the difference, always. */
export const ExplanationRow = z.object({
  number: z.number().int(),
  part: PartNo,
  description: z.string(),
  unit: z.string(),
  account: Account,
  site: SiteId,
  book: Quantity,
  counted: Quantity,
  difference: Quantity,
  /** Identified by records. */
  explained: z.array(CauseRow),
  /** What no record identifies. It is never spread over causes. */
  residual: Quantity,
  /** What may be behind the residual: a choice, of which at most one is true. None is taken off it. */
  possible: z.array(z.object({ causes: z.array(CauseRow), residual: Quantity })),
  /** What is owed or to be declared for the residual; `null` where nothing is left. */
  remedy: RemedyDraft.nullable(),
  /** False when there were more combinations than could be tried. */
  isWhole: z.boolean(),
});
export type ExplanationRow = z.infer<typeof ExplanationRow>;

export const ExplanationFigures = z.object({
  /** Spots that differ; of them explained to the last digit, in part, and not at all. */
  differing: z.number().int(),
  explainedWhole: z.number().int(),
  explainedInPart: z.number().int(),
  unexplained: z.number().int(),
  /** Of the unexplained and the partly explained, how many have something possible behind them. */
  withPossible: z.number().int(),
  byCause: z.array(z.object({ cause: Cause, explained: z.number().int() })),
});
export type ExplanationFigures = z.infer<typeof ExplanationFigures>;

/** How far each source had been read: with these the same evidence can be gathered again. */
export const EvidenceHeads = z.object({
  journal: z.number().int(),
  papers: z.number().int(),
  refusedEvents: z.number().int(),
  parts: z.number().int(),
  consumption: z.number().int(),
  bills: z.number().int(),
});
export type EvidenceHeads = z.infer<typeof EvidenceHeads>;

/** One run of the explanation, as it was kept. */
export const ExplanationRun = z.object({
  /** Counted from 1 in its count; a later run knows more. */
  run: z.number().int(),
  explainedAt: z.string(),
  explainedBy: z.string(),
  heads: EvidenceHeads,
  /** SHA-256 of the evidence, and of what was made of it. */
  evidenceHash: z.string(),
  resultHash: z.string(),
  figures: ExplanationFigures,
});
export type ExplanationRun = z.infer<typeof ExplanationRun>;

/** How far an explanation is: records read, detectors that have looked, differences taken apart. */
export const ExplanationProgress = z.object({
  step: z.enum(['waiting', 'reading', 'searching', 'fitting']),
  done: z.number().int(),
  of: z.number().int(),
  startedAt: z.string(),
});
export type ExplanationProgress = z.infer<typeof ExplanationProgress>;
export const ExplanationUnderWay = z.object({ progress: ExplanationProgress.nullable() });

export const ExplanationSearch = z.object({
  /** The last where it is not said. */
  run: z.coerce.number().int().min(1).optional(),
  q: z.string().trim().max(64).optional(),
  /** Only spots where this cause was found, or is possible. */
  cause: Cause.optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ExplanationSearch = z.infer<typeof ExplanationSearch>;
export const ExplanationPage = ExplanationRun.extend({
  rows: z.array(ExplanationRow),
  next: z.number().int().nullable(),
});
export type ExplanationPage = z.infer<typeof ExplanationPage>;

/** Which remedy is to be entered: of a cause that is explained, or of one set of what is possible. */
export const RemedyEntry = z.object({
  run: z.number().int().min(1),
  /** Its place among the causes. */
  cause: z.number().int().min(0),
  possible: z.number().int().min(0).nullable().default(null),
  /** Only the events it would be entered by. */
  dryRun: z.boolean().default(false),
});
export type RemedyEntry = z.infer<typeof RemedyEntry>;
export const RemedyEntered = z.object({
  events: z.array(LedgerEvent),
  /** Of a dry run none. */
  answers: z.array(EventAnswer),
});
export type RemedyEntered = z.infer<typeof RemedyEntered>;
export const InExplained = InStocktake.extend({ number: z.coerce.number().int().min(0) });

/** The same evidence gathered again, and explained again. */
export const ExplanationCheck = z.object({
  run: z.number().int(),
  isSame: z.boolean(),
  evidenceHash: z.string(),
  resultHash: z.string(),
});
export type ExplanationCheck = z.infer<typeof ExplanationCheck>;
