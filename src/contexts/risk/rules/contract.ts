import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { Fact, Label } from '../../facts/contract.ts';
import { Share } from '../backtest/contract.ts';
import { Lane } from '../contract.ts';

export { Share };

/* ---------------------------------------------------------------- what an author writes */

/** Longest rule the language reads. */
export const RULE_TEXT_MAX = 10_000;
/** Longest a rule may sleep: what should sleep longer should be mended or retired. */
export const SNOOZE_DAYS_MAX = 92;

/** `R-0007`: chosen by the author, so that saving again is the same rule. */
export const RuleId = z.string().regex(/^[A-Z][A-Za-z0-9-]{0,31}$/, 'risk.rule_malformed_id');
/** `watchedFirms`: what a rule says behind `in lists.`. */
export const ListName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'risk.list_malformed_name');

const Day = z.string().refine(isLocalDate, 'input.not_a_day');
const words = (max: number) =>
  z.object({ zh: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });
const reason = z.string().trim().min(1).max(2000);

/** Where a rule counts; an empty list means everywhere. */
export const RuleScope = z.object({
  /** Office of declaration or of entry and exit. */
  offices: z.array(z.string().regex(/^\d{4}$/)).max(200),
  directions: z.array(z.enum(['I', 'E'])).max(2),
  /** Supervision modes (监管方式). */
  modes: z.array(z.string().regex(/^\d{4}$/)).max(100),
});
export type RuleScope = z.infer<typeof RuleScope>;

/** Everything an author decides about a rule. */
export const RuleContent = z.object({
  /** The condition, in the profile of CEL that `language/README.md` describes. */
  text: z.string().max(RULE_TEXT_MAX),
  label: words(80),
  /** What a hit says; `null` leaves it to the sentence made from the condition. */
  sentence: words(500).nullable(),
  /** What an officer should look for. */
  advice: words(500),
  legalBasis: z.string().trim().min(1).max(300).nullable(),
  points: z.number().int().min(0).max(100),
  /** The lane a hit fixes whatever the score; `null` for a rule that only adds points. */
  mandatory: Lane.extract(['red', 'yellow']).nullable(),
  /** In force from a day, until the day before another (`null`: until further notice). */
  effective: z
    .object({ from: Day, to: Day.nullable() })
    .refine(({ from, to }) => to === null || from < to, 'risk.rule_ends_before_it_begins'),
  /** The issue, measure or person it came from (DESIGN: rules carry their origin). */
  origin: z.string().trim().min(1).max(300),
  scope: RuleScope,
});
export type RuleContent = z.infer<typeof RuleContent>;

/** A save: `basedOn` is the version the author saw (0 for a new rule), so that nobody writes over another. */
export const RuleDraft = z.object({
  content: RuleContent,
  basedOn: z.number().int().min(0),
});
export type RuleDraft = z.infer<typeof RuleDraft>;

/* ---------------------------------------------------------------- what the language says of it */

/** Something wrong in a text, with its place in UTF-16 units so that the editor can underline it. */
export const TextProblem = z.object({
  code: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The same as a sentence. */
  sentence: Label,
});
export type TextProblem = z.infer<typeof TextProblem>;

/** A text read by the language: sound when there are no problems. */
export const RuleReading = z.object({
  problems: z.array(TextProblem),
  /** The text in its canonical form; `null` while there are problems. */
  canonical: z.string().nullable(),
  /** The condition read aloud. */
  sentence: Label.nullable(),
  facts: z.array(z.string()),
  lists: z.array(z.string()),
  /** Names what it catches, the condition within its scope: a back-test holds for this and nothing else. */
  hash: z.string().nullable(),
});
export type RuleReading = z.infer<typeof RuleReading>;

/* ---------------------------------------------------------------- back-test */

/** What a back-test said of what a rule catches; `/api/risk/backtests/{backtest}` says all of it. */
export const RuleReport = z.object({
  backtest: z.uuid(),
  /** `RuleReading.hash` of what was tested: the report speaks of nothing else. */
  hash: z.string(),
  asOf: z.string(),
  period: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  /** Of all rows, those it hits. */
  traffic: Share,
  /** Rows on which a missing fact kept it from being judged. */
  notEvaluated: z.number().int(),
  /** Of the hits that were examined, those with a finding; of the findings, those it hits. */
  precision: Share,
  recall: Share,
  /** Findings among all that were examined: what precision has to beat. */
  baseRate: Share,
});
export type RuleReport = z.infer<typeof RuleReport>;

/* ---------------------------------------------------------------- its life */

/**
 * Where a rule stands. `live` and `shadow` speak of what is in force, the others of the version being
 * worked on; a live rule may well have a newer draft (`working` tells).
 */
export const RuleStatus = z.enum(['draft', 'checked', 'backTested', 'shadow', 'live', 'retired']);
export type RuleStatus = z.infer<typeof RuleStatus>;

/** How a version is to be put in force: on trial beside the decision, or deciding. */
export const Standing = z.enum(['shadow', 'live']);
export type Standing = z.infer<typeof Standing>;

export const RuleVersion = z.object({
  version: z.number().int(),
  content: RuleContent,
  /** `null` while the text has problems. */
  hash: z.string().nullable(),
  canonical: z.string().nullable(),
  sentence: Label.nullable(),
  facts: z.array(z.string()),
  lists: z.array(z.string()),
  author: z.string(),
  savedAt: z.string(),
  /** The version whose content this one takes up again. */
  revertsTo: z.number().int().nullable(),
  /** The latest back-test of what this version catches. */
  report: RuleReport.nullable(),
});
export type RuleVersion = z.infer<typeof RuleVersion>;

/** While it sleeps a hit is recorded aside and does not count. */
export const Snooze = z.object({
  id: z.string(),
  /** Sleeps on days before this one. */
  until: Day,
  /** Only where a fact has this value (one party, one tariff code); `null`: everywhere. */
  only: z.object({ fact: z.string(), value: z.string().min(1).max(200) }).nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export type Snooze = z.infer<typeof Snooze>;

export const Proposal = z.object({
  version: z.number().int(),
  to: Standing,
  by: z.string(),
  at: z.string(),
  note: z.string(),
});
export type Proposal = z.infer<typeof Proposal>;

export const InForce = z.object({
  version: z.number().int(),
  since: z.string(),
  approvedBy: z.string(),
});
export type InForce = z.infer<typeof InForce>;

/** How often a rule was right, beside what chance finds. */
export const RuleOutcomes = z.object({
  hits: z.number().int(),
  /** Of the examined hits, those with a finding. */
  hitRate: Share,
  /** The same over what the random sample drew. */
  sampleRate: Share,
  /** Set when it found nothing in so many examinations that retiring it should be considered. */
  retire: z.object({ examined: z.number().int() }).nullable(),
});
export type RuleOutcomes = z.infer<typeof RuleOutcomes>;

/** One row of the list of rules. */
export const RuleHead = z.object({
  id: z.string(),
  status: RuleStatus,
  label: Label,
  /** The version being worked on, and those in force. */
  working: z.number().int(),
  live: InForce.nullable(),
  shadow: InForce.nullable(),
  points: z.number().int(),
  mandatory: Lane.nullable(),
  author: z.string(),
  origin: z.string(),
  changedAt: z.string(),
  proposal: Proposal.nullable(),
  snoozes: z.array(Snooze),
});
export type RuleHead = z.infer<typeof RuleHead>;

/** Puts a finished back-test into the story of a rule it was about. */
export const BacktestTaken = z.object({ backtest: z.uuid() });

export const RuleAct = z.object({
  kind: z.string(),
  at: z.string(),
  by: z.string(),
  payload: z.record(z.string(), z.unknown()),
});
export type RuleAct = z.infer<typeof RuleAct>;

export const Rule = RuleHead.extend({
  /** Every version ever saved, the newest first. */
  versions: z.array(RuleVersion),
  retired: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  outcomes: RuleOutcomes,
  story: z.array(RuleAct),
  /** What this reader may do now; the server decides again. */
  allowed: z.array(z.string()),
});
export type Rule = z.infer<typeof Rule>;

export const RuleList = z.object({
  rules: z.array(RuleHead.extend({ outcomes: RuleOutcomes })),
  /** An id nobody has taken yet. */
  nextId: z.string(),
  /** The book in force. */
  book: z.string(),
});
export type RuleList = z.infer<typeof RuleList>;

export const SavedRule = z.object({ rule: Rule.nullable(), reading: RuleReading });
export type SavedRule = z.infer<typeof SavedRule>;

export const ProposalInput = z.object({
  version: z.number().int().min(1),
  to: Standing,
  note: z.string().trim().max(2000).default(''),
});
/** Another account's answer to a proposal; `version` is what the approver read. */
export const Approval = z.object({
  version: z.number().int().min(1),
  approve: z.boolean(),
  note: z.string().trim().max(2000).default(''),
});
export const SnoozeInput = Snooze.pick({ id: true, until: true, only: true }).extend({
  id: z.string().min(1).max(64),
  reason,
});
export const SnoozeEnd = z.object({ id: z.string().min(1).max(64), reason });
export const Retirement = z.object({ reason });
export const Reversion = z.object({
  to: z.number().int().min(1),
  basedOn: z.number().int().min(1),
  reason,
});

/** What may be put on a rule that is being written, and what is shown of it. */
export const Vocabulary = z.object({
  facts: z.array(Fact),
  lists: z.array(z.object({ name: z.string(), type: z.enum(['text', 'number']), label: Label })),
});
export type Vocabulary = z.infer<typeof Vocabulary>;

/** One step of judging a condition: what was asked, what was seen, and what came of it. */
export const TryStep = z.object({
  /** How deep it stands: the steps below one follow it, one deeper. */
  depth: z.number().int(),
  text: z.string(),
  /** The step read aloud. */
  sentence: Label,
  /** `null` is unknown: a fact it needs is missing. */
  outcome: z.boolean().nullable(),
  seen: z.array(
    z.object({
      text: z.string(),
      sentence: Label,
      value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    }),
  ),
});
export type TryStep = z.infer<typeof TryStep>;

export const TryInput = z.object({
  text: z.string().max(RULE_TEXT_MAX),
  /** The declaration to try it on. */
  subject: z.string().min(1).max(120),
});
export const TryResult = z.object({
  reading: RuleReading,
  outcome: z.enum(['hit', 'noHit', 'notEvaluated']).nullable(),
  missing: z.array(z.string()),
  /** In the order of the text; none while it has problems. */
  steps: z.array(TryStep),
});
export type TryResult = z.infer<typeof TryResult>;

/* ---------------------------------------------------------------- lists */

/** Most entries a list may have. */
export const LIST_ENTRIES_MAX = 1_000_000;

export const ListEntry = z.object({
  value: z.union([z.string(), z.number()]),
  /** Counts on days before this one; `null`: as long as the list does. */
  until: z.string().nullable(),
  note: z.string().nullable(),
});
export type ListEntry = z.infer<typeof ListEntry>;

export const ListVersion = z.object({
  version: z.number().int(),
  hash: z.string(),
  entries: z.number().int(),
  /** The list as a whole expires on this day; `null`: it does not. */
  until: z.string().nullable(),
  origin: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.enum(['proposed', 'published', 'rejected', 'superseded']),
  approvedBy: z.string().nullable(),
  publishedAt: z.string().nullable(),
});
export type ListVersion = z.infer<typeof ListVersion>;

export const ListHead = z.object({
  name: z.string(),
  label: Label,
  type: z.enum(['text', 'number']),
  /** The version in force, if any, and the one waiting for approval. */
  published: ListVersion.nullable(),
  proposed: ListVersion.nullable(),
  isExpired: z.boolean(),
  /** Rules in force that name it. */
  usedBy: z.array(z.string()),
});
export type ListHead = z.infer<typeof ListHead>;
export const RiskList = ListHead.extend({
  versions: z.array(ListVersion),
  allowed: z.array(z.string()),
});
export type RiskList = z.infer<typeof RiskList>;

/** What is said of an upload beside its bytes, in the query. */
export const ListUpload = z.object({
  labelZh: z.string().trim().min(1).max(80),
  labelEn: z.string().trim().min(1).max(80),
  type: z.enum(['text', 'number']),
  until: Day.optional(),
  origin: z.string().trim().min(1).max(300),
  /** The version the uploader saw; 0 for a new list. */
  basedOn: z.coerce.number().int().min(0),
  dryRun: z.enum(['true', 'false']).default('false'),
});
export type ListUpload = z.infer<typeof ListUpload>;
export const ListEntriesPage = z.object({
  entries: z.array(ListEntry),
  total: z.number().int(),
  next: z.number().int().nullable(),
});
export type ListEntriesPage = z.infer<typeof ListEntriesPage>;
