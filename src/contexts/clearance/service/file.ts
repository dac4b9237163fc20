import { contentHash } from '../../../kernel/canonical.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { append, readStreams } from '../../../platform/event-log/event-log.ts';
import { createGroup } from '../../../platform/group.ts';
import { parseInput } from '../../../platform/input.ts';
import { againIfTaken, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import {
  type Actor,
  type AuditEntry,
  authorise,
  envelopeOf,
  recordAudits,
} from '../../identity/index.ts';
import { saveDecisions } from '../../risk/index.ts';
import { checkContent } from '../check.ts';
import { conditionsOf, unmetOf } from '../conditions.ts';
import { Filing, type FilingResult, type Problem } from '../contract.ts';
import { filedBy, fold, type State } from '../declaration.ts';
import { type ClearanceEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import {
  type Asked,
  askProviders,
  type FilingRequest as Request,
  recordPromises,
} from '../provider.ts';
import * as store from '../store.ts';
import { keepClocks } from './clocks.ts';
import type { Answers, ClearanceDeps, FilingRequest, Prepared } from './deps.ts';
import { gradeOf, Progress } from './progress.ts';
import { tellReleases } from './releases.ts';
import { declarationNumber } from './serials.ts';

/** Most requests that share one transaction, and most filings of a request that is let in. */
const GROUP_MAX = 64;
const FEW = 10;
/** A transaction costs about as much as three filings in it: more share one, and nobody notices so short a wait. */
const GROUP_EVERY_MS = 25;
/** Filings of a large request that share one transaction. */
const PART = 125;

/**
 * Files declarations: each is accepted (and decided, and released if nothing stands in its way) or
 * returned with every problem at once. The caller chooses the ids, so filing again is the same
 * declaration; the same id with other content is refused and both are shown.
 *
 * One bad filing never stops the others: each has its own answer, in the order they came.
 *
 * @param dryRun answers "what would happen?" and writes nothing.
 */
export async function fileDeclarations(
  deps: ClearanceDeps,
  actor: Actor,
  filings: readonly unknown[],
  { dryRun = false, correlation = null as string | null } = {},
): Promise<FilingResult[]> {
  authorise(actor, permission.file);
  const refused = new Map<number, FilingResult>();
  const byId = new Map<string, Prepared>();
  const ids: (string | null)[] = filings.map((filing, index) => {
    try {
      const prepared = prepare(deps, actor, filing, correlation);
      const twin = byId.get(prepared.id);
      if (twin && twin.hash !== prepared.hash) throw otherContent(prepared.hash, twin.hash);
      byId.set(prepared.id, twin ?? prepared);
      return prepared.id;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.set(index, refusal(idOf(filing), error.refusals));
      return null;
    }
  });
  const prepared = [...byId.values()];
  const answers = await (dryRun ? preview(deps, deps.db, prepared) : keep(deps, actor, prepared));
  return ids.map((id, index) => {
    const answer = id === null ? refused.get(index) : answers.get(id);
    if (!answer) throw new Error(`The filing at ${index} was left without an answer.`);
    return answer;
  });
}

/**
 * Few filings share a transaction with others under way. Many are kept in parts, a transaction each:
 * while the database writes one part, the next is being decided. Should it fail half-way, filing the
 * same again completes it, since the ids are the caller's.
 */
async function keep(
  deps: ClearanceDeps,
  actor: Actor,
  filings: readonly Prepared[],
): Promise<Answers> {
  if (filings.length === 0) return new Map();
  if (filings.length <= FEW) return deps.commitGrouped({ actor, filings });
  const parts: Promise<Answers>[] = [];
  for (let from = 0; from < filings.length; from += PART) {
    parts.push(commit(deps, [{ actor, filings: filings.slice(from, from + PART) }]));
  }
  // Every part comes to its end before the first failure is told: nothing goes on behind the answer.
  const ended = await Promise.allSettled(parts);
  const failed = ended.find((part) => part.status === 'rejected');
  if (failed) throw failed.reason;
  return new Map((await Promise.all(parts)).flatMap((answers) => [...answers]));
}

/** Writes requests in one transaction. No id may stand in two of them. */
async function commit(deps: ClearanceDeps, requests: readonly FilingRequest[]): Promise<Answers> {
  const { answers, written } = await againIfTaken(store.ID_KEY, () =>
    inTransaction(deps.db, (tx) => write(deps, tx, requests)),
  );
  afterCommit(deps, written);
  return answers;
}

/** FilingRequests under way at the same time share a transaction; the same id in two of them waits its turn. */
export function createFilingGroup(deps: ClearanceDeps): ClearanceDeps['commitGrouped'] {
  return createGroup<FilingRequest, Answers>(
    async (requests) => {
      const answers = await commit(deps, requests);
      return requests.map(() => answers);
    },
    {
      itemsMax: GROUP_MAX,
      everyMs: GROUP_EVERY_MS,
      keysOf: ({ filings }) => filings.map(({ id }) => id),
    },
  );
}

function prepare(
  deps: ClearanceDeps,
  actor: Actor,
  filing: unknown,
  correlation: string | null,
): Prepared {
  const { id, content, occurredAt } = parseInput(Filing, filing);
  const owner = filedBy(content, actor.organisationId);
  authorise(actor, permission.file, { organisations: [owner] });
  const onBehalfOf = owner === actor.organisationId ? null : owner;
  const envelope = envelopeOf(deps, actor, {
    consignment: id,
    occurredAt,
    correlation,
    onBehalfOf,
  });
  return { id, content, hash: contentHash(content), envelope };
}

/** A filing that is to be written: what is wrong with it has been found, nothing is decided yet. */
interface Checked extends Prepared {
  readonly problems: readonly Problem[];
  /** What its providers said; `null` where the content is not fit to ask them. */
  readonly asked: Asked | null;
}
/** The same, with the draft it ends. */
interface Open extends Checked {
  readonly draft: State | null;
}

interface Sorted {
  /** Filings answered already: received before, or refused because their id is taken. */
  readonly answers: Answers;
  readonly open: Open[];
}

/** Tells the filings that are new (or end a draft) from those that were received before. */
async function sort(deps: ClearanceDeps, tx: Tx, filings: readonly Checked[]): Promise<Sorted> {
  const known = await readStreams(
    tx,
    filings.map((filing) => streamOf(filing.id)),
  );
  const answers: Answers = new Map();
  const open: Open[] = [];
  for (const filing of filings) {
    const state = fold((known.get(streamOf(filing.id)) ?? []) as ClearanceEvent[]);
    if (state && state.status !== 'draft') {
      answers.set(filing.id, again(deps, filing, state));
      continue;
    }
    open.push({ ...filing, draft: state });
  }
  return { answers, open };
}

/** What is wrong with each filing: by itself first, and then, of those that are sound, to its providers. */
async function check(
  deps: ClearanceDeps,
  tx: Tx,
  filings: readonly Prepared[],
): Promise<Checked[]> {
  const own = filings.map((filing) => {
    const on = localDateOf(filing.envelope.occurredAt);
    const grade = gradeOf(deps, filing.content, on);
    return { ...filing, problems: checkContent(filing.content, on, deps.inForce, { grade }) };
  });
  const sound = own.filter(({ problems }) => problems.length === 0);
  const answers = await askProviders(deps.providers, tx, sound.map(requestOf));
  return own.map((filing) => {
    const asked = answers.get(filing.id) ?? null;
    return { ...filing, asked, problems: asked?.problems ?? filing.problems };
  });
}

const requestOf = ({ id, content, envelope }: Prepared): Request => ({
  id,
  content,
  envelope,
  on: localDateOf(envelope.occurredAt),
  at: envelope.occurredAt,
  amends: false,
});

/** The first answer again for the same filing; a refusal that shows both for another one. */
function again(deps: ClearanceDeps, filing: Prepared, state: State): FilingResult {
  const original = state.contentHash === filing.hash;
  if (original) return resultOf(deps, state, true);
  return refusal(filing.id, otherContent(filing.hash, state.contentHash).refusals);
}

/** Everything that follows from a filing, by the rules alone: returned, or accepted, decided, released. */
function proceed(deps: ClearanceDeps, filing: Open, serial: string): Progress {
  const { id, content, hash, envelope, draft, problems, asked } = filing;
  const progress = new Progress(id, draft, envelope);
  progress.push({ kind: 'clearance.submitted', payload: { content, contentHash: hash } });
  if (problems.length > 0) {
    return progress.push({
      kind: 'clearance.returned',
      payload: { problems: [...problems], note: null },
    });
  }
  return progress
    .push({
      kind: 'clearance.accepted',
      legalBasis: '海关法 第二十四条',
      payload: { number: declarationNumber(content, envelope, serial) },
    })
    .require(asked)
    .decide(deps, null)
    .settle(deps);
}

async function preview(
  deps: ClearanceDeps,
  tx: Tx,
  filings: readonly Prepared[],
): Promise<Answers> {
  const { answers, open } = await sort(deps, tx, await check(deps, tx, filings));
  for (const filing of open) {
    const state = proceed(deps, filing, '').now;
    answers.set(filing.id, { ...resultOf(deps, state, false), number: null });
  }
  return answers;
}

/**
 * Two journeys to the store for filings that are new, as most are: what providers must know, and what
 * has become of them. Only those whose id is taken, filed before or kept as a draft, are read.
 */
async function write(
  deps: ClearanceDeps,
  tx: Tx,
  requests: readonly FilingRequest[],
): Promise<{ answers: Answers; written: Progress[] }> {
  const prepared = requests.flatMap((request) => request.filings);
  const [filings, taken] = await Promise.all([
    check(deps, tx, prepared),
    store.findTaken(
      tx,
      prepared.map(({ id }) => id),
    ),
  ]);
  const unknown = filings.filter(({ id }) => !taken.has(id));
  const fresh = await proceedAll(
    deps,
    unknown.map((filing) => ({ ...filing, draft: null })),
  );
  await store.insertNew(tx, fresh.map(rowOf));
  const { answers, open } = await sort(
    deps,
    tx,
    filings.filter(({ id }) => taken.has(id)),
  );
  for (const draft of open) await store.lock(tx, draft.id);
  const finished = await proceedAll(deps, open);
  await store.update(tx, finished.map(rowOf));
  const written = [...fresh, ...finished];
  const states = written.map(({ now }) => now);
  for (const state of states) answers.set(state.id, resultOf(deps, state, false));
  await Promise.all([
    recordPromises(deps.providers, tx, acceptedOf(filings, written)),
    append(
      tx,
      written.flatMap((progress) => progress.events),
    ),
    saveDecisions(
      tx,
      written.flatMap((progress) => progress.decision ?? []),
    ),
    tellReleases(tx, written),
    keepClocks(deps, tx, states),
    recordAudits(
      tx,
      requests.map((request) => auditOf(deps, request, answers)),
    ),
  ]);
  return { answers, written };
}

/** What its providers promised to each filing that was accepted. */
function acceptedOf(filings: readonly Checked[], written: readonly Progress[]) {
  const accepted = new Set(written.flatMap(({ now }) => (now.acceptedAt ? [now.id] : [])));
  return filings.flatMap((filing) =>
    filing.asked && accepted.has(filing.id) ? [{ ...requestOf(filing), asked: filing.asked }] : [],
  );
}

const rowOf = (progress: Progress) => store.toRow(progress.now, progress.decision?.score ?? null);

/** Decides each, with numbers for those that are accepted. */
async function proceedAll(deps: ClearanceDeps, filings: readonly Open[]): Promise<Progress[]> {
  const isSound = (filing: Open): boolean => filing.problems.length === 0;
  const serials = await deps.takeSerials(filings.filter(isSound).length);
  let next = 0;
  return filings.map((filing) =>
    proceed(deps, filing, isSound(filing) ? String(serials[next++]) : ''),
  );
}

function auditOf(
  deps: ClearanceDeps,
  { actor, filings }: FilingRequest,
  answers: Answers,
): AuditEntry {
  const own = filings.map(({ id }) => answers.get(id)?.outcome ?? 'refused');
  const detail: Record<string, number> = {};
  for (const outcome of own) detail[outcome] = (detail[outcome] ?? 0) + 1;
  return {
    actor,
    operation: permission.file.operation,
    subjects: filings.map(({ id }) => streamOf(id)),
    outcome: 'done',
    detail,
    at: deps.clock.now(),
  };
}

/** Accepted goods become history for the days that follow; an amendment does not count again. */
function afterCommit(deps: ClearanceDeps, written: readonly Progress[]): void {
  for (const { decision } of written) {
    if (!decision) continue;
    deps.history.observe(decision.facts, decision.decidedOn);
    deps.capacity?.observe(decision);
  }
  if (written.length > 0) deps.committed(written.map((progress) => progress.now.id));
}

function resultOf(deps: ClearanceDeps, state: State, repeated: boolean): FilingResult {
  return {
    id: state.id,
    outcome: outcomeOf(state),
    repeated,
    number: state.number,
    lane: state.lane,
    problems: state.problems,
    unmet: unmetOf(conditionsOf(state, deps.notComputed)),
  };
}

function outcomeOf({ acceptedAt, removedAt, releasedAt }: State): FilingResult['outcome'] {
  if (!acceptedAt) return 'returned';
  if (releasedAt) return 'released';
  return removedAt ? 'removed' : 'accepted';
}

const otherContent = (mine: string, theirs: string): Refused =>
  new Refused('conflict', {
    code: 'clearance.id_has_other_content',
    path: 'id',
    params: { filed: theirs.slice(0, 12), now: mine.slice(0, 12) },
  });

function refusal(id: string, refusals: readonly Refusal[]): FilingResult {
  return {
    id,
    outcome: 'refused',
    repeated: false,
    number: null,
    lane: null,
    problems: refusals.map((each) => ({ ...each, params: { ...each.params } })),
    unmet: [],
  };
}

/** What the sender called it, to find it again in the answer; whatever was sent may be there. */
function idOf(filing: unknown): string {
  const id = (filing as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 64) : '';
}
