import type { Instant, LocalDate } from '../../kernel/dates.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Following } from '../../platform/event-log/follow.ts';
import type { Log } from '../../platform/log.ts';
import type { Db, Tx } from '../../platform/postgres/transaction.ts';
import type { DutyReviews } from './audits/correction.ts';
import { auditDutyFollowing, auditFollowing } from './audits/follow.ts';
import { auditPermissions } from './audits/permissions.ts';
import { createAudits } from './audits/service.ts';
import type { LinkageEvent } from './linkage/events.ts';
import { createLinkageProvider } from './linkage/filing.ts';
import { linkageFollowing } from './linkage/follow.ts';
import { linkagePermissions } from './linkage/permissions.ts';
import { createLinkage } from './linkage/service.ts';
import type { PermitEvent } from './permits/events.ts';
import { createPermitProvider, ISSUING_AUTHORITY, type LicencesAsked } from './permits/filing.ts';
import { permitFollowing } from './permits/follow.ts';
import { permitPermissions } from './permits/permissions.ts';
import { createPermits } from './permits/service.ts';
import { prohibitionPermissions } from './prohibitions/permissions.ts';
import { createProhibitions } from './prohibitions/service.ts';
import type { FilingProvider } from './provider.ts';
import type { Answer } from './service/answers.ts';

export interface ControlsOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly inForce: (table: string, code: string, on: LocalDate) => boolean;
  /** Licences asked by what the goods are; left out, tariff codes alone ask for them. */
  readonly licencesAsked?: LicencesAsked;
  /** Keeps secret which share of declarations is checked or audited. */
  readonly seed: string;
  /** Of a hundred declarations released in the blue lane, how many are audited. */
  readonly auditPercent: number;
  /** What assesses anew what an audit recomputed. */
  readonly duty: DutyReviews;
}

/**
 * What stands beside the declaration and has a say in its release or a look afterwards: prohibitions,
 * permits, other authorities, audits. They meet the declaration in two places only: as its providers
 * when it is filed, and as answers to its conditions.
 */
export async function createControls(options: ControlsOptions) {
  const { seed, auditPercent } = options;
  const prohibitions = await createProhibitions(options);
  const permits = createPermits(options);
  const linkage = createLinkage(options);
  const audits = createAudits(options);
  const providers: readonly FilingProvider[] = [
    createPermitProvider(prohibitions, options.licencesAsked),
    createLinkageProvider(prohibitions, seed),
  ];
  return {
    ...{ prohibitions, permits, linkage, audits, providers },
    followings: (takeAnswers: TakeAnswers): readonly Following[] => [
      permitFollowing,
      linkageFollowing,
      auditFollowing({ seed, percent: auditPercent }),
      auditDutyFollowing(options.duty),
      answerFollowing(takeAnswers),
    ],
    /** Tells of what is late; the same moment again tells nothing. */
    age: async (at: Instant): Promise<number> => (await linkage.age(at)) + (await audits.age(at)),
    start: prohibitions.start,
    stop: prohibitions.stop,
  };
}
export type Controls = Awaited<ReturnType<typeof createControls>>;

export const controlPermissions = [
  ...permitPermissions,
  ...prohibitionPermissions,
  ...linkagePermissions,
  ...auditPermissions,
];

type TakeAnswers = (tx: Tx, answers: readonly Answer[]) => Promise<void>;

/** Permits that came late and authorities that have answered meet, or refuse, their conditions. */
function answerFollowing(takeAnswers: TakeAnswers): Following {
  return {
    name: 'clearance-answers',
    kinds: ['clearance.permitMatched', 'clearance.ownerAnswered'],
    handle: (tx, events) =>
      takeAnswers(tx, (events as readonly (PermitEvent | LinkageEvent)[]).flatMap(answersOf)),
  };
}

function answersOf(event: PermitEvent | LinkageEvent): Answer[] {
  const envelope = { ...event.envelope, cause: event.id };
  if (event.kind === 'clearance.permitMatched') {
    const { declaration, outstanding } = event.payload;
    if (outstanding.length > 0) return [];
    const condition = 'permitsWrittenDown';
    return [{ declaration, envelope, condition, owner: ISSUING_AUTHORITY, evidence: event.stream }];
  }
  if (event.kind !== 'clearance.ownerAnswered') return [];
  const { declaration, condition, owner, outcome, reason } = event.payload;
  const common = { declaration, envelope, condition, owner };
  return outcome === 'cleared'
    ? [{ ...common, evidence: event.id }]
    : [{ ...common, refusal: reason }];
}
