import type pg from 'pg';
import { bondedPermissions, bondedRoutes, openBonded } from '../contexts/bonded/index.ts';
import {
  batchRoutes,
  cargoPermissions,
  gateRoutes,
  manifestRoutes,
  openCargo,
  releaseRoutes,
} from '../contexts/cargo/index.ts';
import { casesPermissions, casesRoutes, createCases } from '../contexts/cases/index.ts';
import {
  chemicalsPermissions,
  chemicalsRoutes,
  openChemicals,
} from '../contexts/chemicals/index.ts';
import {
  auditRoutes,
  billProvider,
  ConditionKind,
  chemicalPanelRoutes,
  clearancePermissions,
  clearanceRoutes,
  consolidationRoutes,
  controlPermissions,
  createClearance,
  createConsolidations,
  createControls,
  declaredLines,
  dutyProvider,
  dutyRequestOf,
  linkageRoutes,
  movedGoods,
  permitRoutes,
  prohibitionRoutes,
} from '../contexts/clearance/index.ts';
import {
  assess,
  createLedger,
  dutyPermissions,
  dutyRoutes,
  openTariff,
} from '../contexts/duty/index.ts';
import {
  createGovernance,
  governancePermissions,
  governanceRoutes,
} from '../contexts/governance/index.ts';
import {
  type Actor,
  createIdentity,
  createSealer,
  identityPermissions,
  identityRoutes,
  type Permission,
} from '../contexts/identity/index.ts';
import { createMessages, messagesPermissions, messagesRoutes } from '../contexts/messages/index.ts';
import { createParties, partiesPermissions, partiesRoutes } from '../contexts/parties/index.ts';
import { createPool, poolPermissions, poolRoutes } from '../contexts/pool/index.ts';
import {
  createReference,
  loadShippedTables,
  referencePermissions,
  referenceRoutes,
} from '../contexts/reference/index.ts';
import { loadPolicy, openTargeting, riskPermissions, riskRoutes } from '../contexts/risk/index.ts';
import { Refused } from '../kernel/refusal.ts';
import type { Analytics } from '../platform/analytics/analytics.ts';
import type { Clock } from '../platform/clock.ts';
import { readAfter } from '../platform/event-log/event-log.ts';
import type { FileStore } from '../platform/files.ts';
import { createHttp, type HttpApp } from '../platform/http/index.ts';
import { watchLateness } from '../platform/lateness.ts';
import { createLiveHub } from '../platform/live.ts';
import type { Log } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import type { Db } from '../platform/postgres/transaction.ts';
import type { Secret } from '../platform/secret.ts';
import { workbooks } from '../platform/workbook.ts';
import { COMMAND_LINE, comesFromCommandLine, commandLineKey } from './command-line.ts';
import { createDays } from './days.ts';
import { eventTables, vocabularyOfPort } from './event-tables.ts';
import { createFollowers } from './followers.ts';
import { type PortNotice, type Progress, portRoutes } from './http/port.ts';
import { createLiveViews } from './live-views.ts';
import { loadSentences, sentenceOf, withFacts } from './sentences.ts';

/** Everything a port can be asked to do, collected from the contexts that own it. */
export const permissions: readonly Permission[] = [
  ...identityPermissions,
  ...referencePermissions,
  ...partiesPermissions,
  ...poolPermissions,
  ...casesPermissions,
  ...riskPermissions,
  ...dutyPermissions,
  ...chemicalsPermissions,
  ...cargoPermissions,
  ...bondedPermissions,
  ...clearancePermissions,
  ...controlPermissions,
  ...governancePermissions,
  ...messagesPermissions,
];

export interface PlatformOptions {
  readonly db: Db;
  /** Where sessions of their own come from, for what is held as long as a session lives. */
  readonly connections: pg.Pool;
  readonly analytics: Analytics;
  /** Where the pool keeps imported files and snapshots. */
  readonly poolFolder: string;
  /** Where official lists of chemicals are kept, beside those the platform brings. */
  readonly chemicalsFolder: string;
  readonly files: FileStore;
  readonly secret: Secret;
  readonly clock: Clock;
  readonly log: Log;
  readonly names: { readonly zh: string; readonly en: string };
  readonly conditionsNotComputed: readonly string[];
  readonly samplingRate: number;
  /** Days between scheduled retrainings of the risk model; `null` for none. */
  readonly retrainEveryDays: number | null;
  /** Of a hundred declarations released in the blue lane, how many are audited afterwards. */
  readonly auditPercent: number;
  /** Hosts a terminal may have its release notices sent to. */
  readonly webhookHosts: readonly string[];
  /** Where partners put messages as files; `null` for none. */
  readonly messagesFolder: string | null;
  /** Where the data is generated: its accounts are shown on the sign-in page, and nowhere else. */
  readonly demo: { readonly accounts: PortNotice['demoAccounts'] } | null;
  readonly webFolder?: string;
  readonly stopping?: AbortSignal;
  readonly checkResponses?: boolean;
}

/**
 * The composition root: the only file that knows every context. It gives each what it needs, joins
 * them through events, and answers with one application.
 */
export async function createPlatform(options: PlatformOptions) {
  const { db, clock, log, analytics } = options;
  await loadShippedTables({ db, clock });
  const cliKey = commandLineKey(options.secret);
  const vocabulary = vocabularyOfPort();
  const sentences = withFacts(loadSentences(), vocabulary);
  const hub = createLiveHub();
  const views = createLiveViews(hub);
  const notComputed = conditionKinds(options.conditionsNotComputed);

  const identity = createIdentity({ db, clock, log, permissions });
  const reference = await createReference({ db, clock });
  const parties = await createParties({ db, clock });
  const pool = await createPool({
    db,
    analytics,
    folder: options.poolFolder,
    clock,
    log,
    tables: eventTables(db, vocabulary),
    readAfter,
    onBatch: views.figuresChanged,
    say: (refusal) => sentenceOf(sentences, refusal),
    labelOf: (fact) => vocabulary.facts.get(fact)?.label ?? null,
  });
  const policy = loadPolicy();
  const targeting = await openTargeting({
    ...{ db, clock, log, hub, analytics },
    policy: { ...policy, sample: { ...policy.sample, rate: options.samplingRate } },
    seed: options.secret.keyFor('risk sample').toString('hex'),
    facts: vocabulary.facts,
    say: (refusal) => sentenceOf(sentences, refusal),
    folder: options.poolFolder,
    catchUp: () => pool.catchUp(),
    retrainEveryDays: options.retrainEveryDays,
  });
  const { engine, history, capacity } = targeting;
  const say = (refusal: Parameters<typeof sentenceOf>[1]) => sentenceOf(sentences, refusal);
  const metrics = createMetrics();
  const tariff = openTariff(reference);
  const ledger = createLedger({ db, clock, tariff });
  const committed = (): void => {
    followers.wake();
    views.declarationsChanged();
  };
  const chemicals = await openChemicals({
    ...{ db, clock, log },
    kept: options.chemicalsFolder,
    changed: () => hub.publish('yards', {}),
  });
  const cargo = openCargo({
    ...{ db, clock, log, engine, say },
    inForce: reference.isInForce,
    secret: options.secret,
    webhookHosts: options.webhookHosts,
    changed: committed,
  });
  const bonded = openBonded({
    ...{ db, clock, log, pool: options.connections },
    inForce: reference.isInForce,
    tariff,
    duty: ledger,
  });
  const controls = await createControls({
    ...{ db, clock, log },
    inForce: reference.isInForce,
    licencesAsked: (content, on) => chemicals.licenceNeedsOf(declaredLines(content, on)),
    seed: options.secret.keyFor('control sample').toString('hex'),
    auditPercent: options.auditPercent,
    duty: ledger.reviews,
  });
  const providers = [billProvider, movedGoods, ...controls.providers, dutyProvider(ledger)];
  const clearance = createClearance({
    db,
    clock,
    engine,
    history,
    capacity,
    inForce: reference.isInForce,
    gradeOn: parties.gradeOn,
    substances: (content, on) => chemicals.factsOf(declaredLines(content, on)),
    // What nothing at this port computes is asked of nobody.
    providers: providers.filter(
      ({ kinds }) => kinds.length === 0 || kinds.some((kind) => !notComputed.includes(kind)),
    ),
    isRestDay: tariff.isRestDay,
    takeBack: cargo.releases.takeBack,
    quote: async (content, on) => {
      const request = dutyRequestOf('preview', content, on);
      return assess(request, tariff).assessment;
    },
    notComputed: new Set(notComputed),
    committed,
  });
  const consolidations = createConsolidations({ db, clock, file: clearance.filings.file });
  const messages = createMessages({
    ...{ db, clock, log, say, clearance, cargo, bonded, secret: options.secret },
    ...{ trials: targeting.trials, actorOf: identity.actorOf, folder: options.messagesFolder },
  });
  const followers = createFollowers({
    ...{ db, log, metrics },
    ...{ clearance, controls, cargo, bonded, messages },
  });
  const days = createDays(clock, log, [
    { name: 'clocks', run: clearance.lookAtClocks },
    { name: 'duty', run: ledger.age },
    { name: 'consolidations', run: consolidations.tick },
    { name: 'batches', run: cargo.batches.tick },
    { name: 'yards', run: () => chemicals.yards.lookAtAll() },
    { name: 'controls', run: () => controls.age(clock.now()) },
  ]);
  const governance = createGovernance({ pool: analytics, port: options.names.zh });
  const sealer = createSealer({ db, clock, log, onSealed: () => hub.publish('audit', {}) });

  const lateness = watchLateness();
  let progress: Progress | null = null;
  const app: HttpApp<Actor> = createHttp<Actor>({
    log,
    metrics,
    authenticate: async (caller) =>
      comesFromCommandLine(caller.headers, cliKey) ? COMMAND_LINE : identity.authenticate(caller),
    onForbidden: (actor, refusals, requestId) =>
      identity.recordForbidden(actor, operationOf(refusals), { requestId, refusals }),
    live: { hub, mayHear: (actor, { topic }) => HEARD_BY_ALL.has(topic) || !isOutsider(actor) },
    ready: {
      postgres: () => answers(db),
      pool: async () => (await analytics.query('select 1')).rows.length === 1,
    },
    sentenceOf: (refusal) => sentenceOf(sentences, refusal),
    isLate: lateness.isLate,
    ...(options.stopping && { stopping: options.stopping }),
    ...(options.webFolder && { webFolder: options.webFolder }),
    checkResponses: options.checkResponses ?? false,
  });
  portRoutes(
    app,
    () => ({
      nameZh: options.names.zh,
      nameEn: options.names.en,
      demo: options.demo !== null,
      demoAccounts: options.demo?.accounts ?? [],
      conditionsNotComputed: [...notComputed],
      progress,
    }),
    sentences,
  );
  identityRoutes(app, identity);
  referenceRoutes(app, reference);
  partiesRoutes(app, parties);
  poolRoutes(app, pool);
  casesRoutes(app, createCases({ db, clock }));
  riskRoutes(app, targeting);
  dutyRoutes(app, ledger);
  chemicalsRoutes(app, chemicals);
  manifestRoutes(app, cargo.manifests);
  releaseRoutes(app, cargo.releases);
  gateRoutes(app, cargo.gates);
  batchRoutes(app, cargo.batches);
  bondedRoutes(app, bonded);
  permitRoutes(app, controls.permits);
  prohibitionRoutes(app, controls.prohibitions);
  linkageRoutes(app, controls.linkage);
  auditRoutes(app, controls.audits);
  consolidationRoutes(app, consolidations);
  clearanceRoutes(app, {
    ...clearance,
    files: options.files,
    recordsOf: (actor, metric) => governance.records(actor, metric, {}),
  });
  chemicalPanelRoutes(app, clearance, { db, chemicals });
  governanceRoutes(app, governance);
  messagesRoutes(app, messages);

  return {
    app,
    identity,
    reference,
    parties,
    pool,
    clearance,
    governance,
    targeting,
    cargo,
    bonded,
    ledger,
    controls,
    messages,
    followers,
    days,
    /** What the demo port's filing says of itself, for every page. */
    setProgress(next: Progress | null): void {
      progress = next;
      hub.publish('progress', next ?? {});
    },
    /** Begins the background work: the pool follows the event log, the sealer seals the audit. */
    async start(): Promise<void> {
      sealer.start();
      bonded.start();
      pool.start();
      followers.start();
      cargo.releases.delivery.start();
      await controls.start();
      chemicals.lists.start();
      messages.start();
      days.start();
      await targeting.start();
    },
    async stop(): Promise<void> {
      await targeting.stop();
      await days.stop();
      await messages.stop();
      await chemicals.lists.stop();
      await controls.stop();
      await cargo.releases.delivery.stop();
      await followers.stop();
      await pool.stop();
      await bonded.stop();
      await sealer.stop();
      await workbooks.end();
      lateness.stop();
    },
  };
}
export type Platform = Awaited<ReturnType<typeof createPlatform>>;

/** Live messages that tell nobody's business: pages read what they may when they hear them. */
const HEARD_BY_ALL = new Set(['progress', 'declarations', 'yards']);
const OUTSIDE_CUSTOMS = new Set([
  'declarant',
  'enterpriseSystem',
  'terminal',
  'carrier',
  'singleWindow',
]);
const isOutsider = (actor: Actor): boolean =>
  actor.roles.every((role) => OUTSIDE_CUSTOMS.has(role));

function operationOf(refusals: Refused['refusals']): string {
  const operation = refusals[0]?.params?.operation;
  return typeof operation === 'string' ? operation : (refusals[0]?.code ?? 'unknown');
}

async function answers(db: Db): Promise<boolean> {
  await db.selectNoFrom((eb) => eb.lit(1).as('one')).execute();
  return true;
}

function conditionKinds(names: readonly string[]): ConditionKind[] {
  return names.map((name) => {
    const kind = ConditionKind.safeParse(name);
    if (kind.success) return kind.data;
    throw new Refused('invalid', {
      code: 'clearance.unknown_condition',
      path: 'JIANGHAI_CONDITIONS_NOT_COMPUTED',
      seen: name,
      params: { known: ConditionKind.options.join(', ') },
    });
  });
}
