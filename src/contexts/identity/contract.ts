import { z } from 'zod';
import { isLocalDate } from '../../kernel/dates.ts';

export const Role = z.enum([
  'declarant',
  'portOfficer',
  'riskAnalyst',
  'supervisor',
  'auditor',
  'operator',
  'enterpriseSystem',
  /** The national Single Window (单一窗口): forwards filings that declarants made there. */
  'singleWindow',
  'otherAuthority',
  'terminal',
  /** Carriers and their agents: they file manifests (舱单). */
  'carrier',
]);
export type Role = z.infer<typeof Role>;

export const OrganisationKind = z.enum([
  'customsOffice',
  'otherAuthority',
  'terminal',
  'enterprise',
  'partyBody',
  'jointBody',
]);
export type OrganisationKind = z.infer<typeof OrganisationKind>;

/** Organisations stand in several hierarchies at once; each membership is dated. */
export const Hierarchy = z.enum(['administrative', 'party', 'industry', 'taskForce']);
export type Hierarchy = z.infer<typeof Hierarchy>;

export const Organisation = z.object({
  /** Caller-chosen: an enterprise's USCC, a customs office's 4-digit code, or a short name. */
  id: z.string().min(1).max(40),
  kind: OrganisationKind,
  nameZh: z.string().min(1).max(200),
  nameEn: z.string().min(1).max(200),
});
export type Organisation = z.infer<typeof Organisation>;

/**
 * Who is acting, as every use case sees it: a person in a post of an organisation. Permission is
 * decided from this value alone, so a decision can be replayed from the audit row.
 */
export interface Actor {
  readonly personId: string;
  readonly name: string;
  readonly postId: string;
  readonly organisationId: string;
  readonly roles: readonly Role[];
  /** Customs offices the post covers; empty for posts that are not bound to offices. */
  readonly offices: readonly string[];
  /** History may be filed with the time it happened: a right of single posts, for loaders only. */
  readonly mayBackdate: boolean;
  readonly via: 'session' | 'apiKey' | 'system';
}

/** A post's title as it stands on the door, and in English where somebody has given it. */
const titles = { title: z.string(), titleEn: z.string().nullable() };

export const Me = z.object({
  personId: z.string(),
  name: z.string(),
  post: z.object({ id: z.string(), ...titles }),
  organisation: Organisation,
  roles: z.array(Role),
  offices: z.array(z.string()),
  /** Operations this post may perform at all, for the page to show or hide; the server decides again. */
  permissions: z.array(z.string()),
  /** The person's other current posts. */
  posts: z.array(z.object({ id: z.string(), ...titles, organisationId: z.string() })),
});
export type Me = z.infer<typeof Me>;

export const SignIn = z.object({
  account: z.string().trim().min(1).max(80),
  password: z.string().min(1).max(200),
});

export const AuditRow = z.object({
  id: z.string(),
  at: z.string(),
  personId: z.string(),
  postId: z.string(),
  organisationId: z.string(),
  operation: z.string(),
  subjects: z.array(z.string()),
  outcome: z.enum(['done', 'refused']),
  detail: z.record(z.string(), z.unknown()),
  /** The seal batch, or `null` while in the unsealed window. */
  sealedIn: z.number().int().nullable(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditStatus = z.object({
  rows: z.number().int(),
  unsealed: z.number().int(),
  oldestUnsealedAt: z.string().nullable(),
  batches: z.number().int(),
  lastBatchAt: z.string().nullable(),
  lastHash: z.string().nullable(),
});
export type AuditStatus = z.infer<typeof AuditStatus>;

export const AuditVerification = z.object({
  intact: z.boolean(),
  batchesChecked: z.number().int(),
  rowsChecked: z.number().int(),
  /** The first broken link: which batch, which row where one can be named, and what is wrong, as a code with a sentence. */
  firstBroken: z
    .object({ batch: z.number().int(), row: z.string().nullable(), reason: z.string() })
    .nullable(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

/* ---------------------------------------------------------------- who there is */

/** Shortest password an account may have. */
export const PASSWORD_LENGTH_MIN = 12;

const Day = z.string().refine(isLocalDate, 'input.not_a_day');
const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'identity.malformed_id');

/** Most organisations, or people, one call may carry. */
export const UPSERT_MAX = 1000;

export const OrganisationInput = Organisation.extend({
  /** The organisation whose rights and duties this one took over, when it has a forerunner. */
  succeeds: z.string().max(40).nullable().default(null),
  /** Its places in the hierarchies. Left out: the places known stay; given: they are replaced. */
  memberships: z
    .array(
      z.object({
        hierarchy: Hierarchy,
        parentId: z.string().min(1).max(40),
        from: Day,
        to: Day.nullable().default(null),
      }),
    )
    .max(50)
    .optional(),
});
export type OrganisationInput = z.infer<typeof OrganisationInput>;
export const OrganisationsInput = z.object({
  organisations: z.array(OrganisationInput).min(1).max(UPSERT_MAX),
});

export const OrganisationSearch = z.object({
  q: z.string().trim().max(100).optional(),
  kind: OrganisationKind.optional(),
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type OrganisationSearch = z.infer<typeof OrganisationSearch>;
export const OrganisationPage = z.object({
  organisations: z.array(Organisation),
  next: z.string().nullable(),
});
export type OrganisationPage = z.infer<typeof OrganisationPage>;

/** Most names one call may ask for. */
export const NAMES_MAX = 100;
export const OrganisationNamesQuery = z.object({
  /** Ids, joined by commas. */
  ids: z
    .string()
    .max(41 * NAMES_MAX)
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1).max(40)).max(NAMES_MAX)),
});
/** Those that are known, by id. */
export const OrganisationNames = z.object({ names: z.array(Organisation.omit({ kind: true })) });
export type OrganisationNames = z.infer<typeof OrganisationNames>;

/** A post and the days a person holds it: `from` inclusive, `to` exclusive. */
export const PostInput = z.object({
  id: Id,
  title: z.string().trim().min(1).max(100),
  titleEn: z.string().trim().min(1).max(100).nullable().default(null),
  organisationId: z.string().min(1).max(40),
  roles: z.array(Role).min(1),
  offices: z
    .array(z.string().regex(/^\d{4}$/, 'identity.malformed_office'))
    .max(200)
    .default([]),
  mayBackdate: z.boolean().default(false),
  from: Day,
  to: Day.nullable().default(null),
});
export type PostInput = z.infer<typeof PostInput>;

export const PersonInput = z.object({
  id: Id,
  name: z.string().trim().min(1).max(80),
  account: z.string().trim().min(1).max(80).optional(),
  /** At least 12 characters (NIST SP 800-63B asks 8; officers' accounts open consignments). */
  password: z.string().min(PASSWORD_LENGTH_MIN).max(200).optional(),
  posts: z.array(PostInput).max(20).default([]),
});
export type PersonInput = z.infer<typeof PersonInput>;
export const PeopleInput = z.object({ people: z.array(PersonInput).min(1).max(UPSERT_MAX) });

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  account: z.string().nullable(),
  lockedUntil: z.string().nullable(),
  posts: z.array(PostInput),
});
export type Person = z.infer<typeof Person>;
export const PeopleSearch = OrganisationSearch.omit({ kind: true });
export type PeopleSearch = z.infer<typeof PeopleSearch>;
export const PeoplePage = z.object({ people: z.array(Person), next: z.string().nullable() });
export type PeoplePage = z.infer<typeof PeoplePage>;

/** How many entries were new or different: 0 when everything was already so. */
export const Saved = z.object({ saved: z.number().int() });
export type Saved = z.infer<typeof Saved>;

/** A person changes its own password; whoever knew the old one is signed out everywhere. */
export const PasswordChange = z.object({
  current: z.string().min(1).max(200),
  next: z.string().min(PASSWORD_LENGTH_MIN).max(200),
});
export type PasswordChange = z.infer<typeof PasswordChange>;

/* ---------------------------------------------------------------- keys, preferences, audit pages */

export const ApiKeyInput = z.object({ postId: Id, label: z.string().trim().min(1).max(100) });
export const ApiKey = z.object({
  id: z.string(),
  /** The first characters, to tell keys apart; the key itself is shown once and never kept. */
  prefix: z.string(),
  label: z.string(),
  postId: z.string(),
  personId: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeyCreated = z.object({ key: z.string(), apiKey: ApiKey });

export const PreferenceKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/);
/** Largest setting a page may keep. */
export const PREFERENCE_BYTES_MAX = 64_000;

export const AuditSearch = z.object({
  personId: z.string().max(64).optional(),
  organisationId: z.string().max(40).optional(),
  operation: z.string().max(80).optional(),
  subject: z.string().max(120).optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  cursor: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditSearch = z.infer<typeof AuditSearch>;
export const AuditPage = z.object({ rows: z.array(AuditRow), next: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
