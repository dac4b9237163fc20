import { z } from 'zod';
import { ListEntry } from '../contract.ts';

/** The words of a law that an answer rests on, as they stand there. */
export const Article = z.object({
  law: z.string(),
  article: z.string(),
  text: z.string(),
  /** What it comes to, in English; not a translation. */
  gist: z.string(),
  /** `text`: read in the law. `page`: read in a public page that quotes it. */
  foundation: z.enum(['text', 'page']),
});
export type Article = z.infer<typeof Article>;

/** Why a list does, does not, or cannot be told to control these goods. */
export const ControlReason = z.enum([
  'substanceItself',
  'salt',
  'mixtureAbove',
  'mixtureBelow',
  'mixtureAnyShare',
  'singlePreparation',
  'compoundMedicine',
  'inlandMovement',
  'concentrationUnknown',
  'compoundUnknown',
  'destinationUnknown',
  'saltNotListed',
]);
export type ControlReason = z.infer<typeof ControlReason>;

/** What would have to be known to say more. */
export const Question = z.enum(['concentration', 'compound', 'destination', 'substance']);
export type Question = z.infer<typeof Question>;

export const Membership = z.object({
  entry: ListEntry,
  /** Under this list; of lists of other countries it is only told. */
  control: z.enum(['applies', 'exempt', 'notEvaluated', 'told']),
  reason: ControlReason.nullable(),
});
export type Membership = z.infer<typeof Membership>;

export const RequirementKind = z.enum([
  'precursorLicence',
  'precursorDrugForm',
  'precursorTransport',
  'precursorFiling',
  'precursorLabel',
  'monitoredAgent',
  'monitoredLicence',
  'monitoredStorage',
  'hazardousInspection',
  'hazardousLabel',
  'hazardousConsign',
  'packagingCertificate',
]);
export type RequirementKind = z.infer<typeof RequirementKind>;

export const Authority = z.enum([
  'commerce',
  'medicines',
  'police',
  'chemicalWeapons',
  'customs',
  'transport',
  'emergency',
]);
export type Authority = z.infer<typeof Authority>;

/** Something the law asks before these goods may move. */
export const Requirement = z.object({
  kind: RequirementKind,
  /** Kinds of licence (监管证件代码), any of which serves; none where nothing is shown to customs. */
  licenceKinds: z.array(z.string()),
  authority: Authority,
  /** Days the authority has, where the law says so. */
  days: z.number().int().nullable(),
  /** `perhaps` until the open questions are answered. */
  status: z.enum(['required', 'perhaps']),
  /** `memory` where no text here shows it. */
  foundation: z.enum(['text', 'page', 'memory']),
  articles: z.array(Article),
});
export type Requirement = z.infer<typeof Requirement>;

/** What the law says of one substance in one consignment. */
export const LegalPosition = z.object({
  memberships: z.array(Membership),
  requirements: z.array(Requirement),
  questions: z.array(Question),
});
export type LegalPosition = z.infer<typeof LegalPosition>;
