import { contentHash } from '../../../kernel/canonical.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { append, readStreams } from '../../../platform/event-log/event-log.ts';
import { parseInput } from '../../../platform/input.ts';
import { inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import { saveDecisions } from '../../risk/index.ts';
import { checkContent } from '../check.ts';
import { conditionsOf, unmetOf } from '../conditions.ts';
import { type DeclarationContent, Filing, type FilingResult, type Problem } from '../contract.ts';
import { filedBy, fold, type State } from '../declaration.ts';
import { type ClearanceEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store.ts';
import type { ClearanceDeps } from './deps.ts';
import { envelopeOf, Progress } from './progress.ts';

/** A filing that was understood and may be made by this actor; nothing has been looked up yet. */
interface Prepared {
  readonly id: string;
  readonly content: DeclarationContent;
  readonly hash: string;
  readonly envelope: Envelope;
}

type Answers = Map<string, FilingResult>;

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
  const answers = dryRun
    ? await preview(deps, deps.db, prepared)
    : await commit(deps, actor, prepared);
  return ids.map((id, index) => {
    const answer = id === null ? refused.get(index) : answers.get(id);
    if (!answer) throw new Error(`The filing at ${index} was left without an answer.`);
    return answer;
  });
}

async function commit(
  deps: ClearanceDeps,
  actor: Actor,
  prepared: readonly Prepared[],
): Promise<Answers> {
  if (prepared.length === 0) return new Map();
  const { answers, written } = await inTransaction(deps.db, (tx) =>
    write(deps, actor, tx, prepared),
  );
  afterCommit(deps, written);
  return answers;
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
  const envelope = envelopeOf(deps, actor, id, { occurredAt, correlation, onBehalfOf });
  return { id, content, hash: contentHash(content), envelope };
}

/** A filing that is to be written: what is wrong with it has been found, nothing is decided yet. */
interface Checked extends Prepared {
  readonly draft: State | null;
  readonly problems: Problem[];
}

interface Sorted {
  /** Filings answered already: received before, or refused because their id is taken. */
  readonly answers: Answers;
  readonly open: Checked[];
}

/** Tells the filings that are new (or end a draft) from those that were received before. */
async function sort(deps: ClearanceDeps, tx: Tx, filings: readonly Prepared[]): Promise<Sorted> {
  const heads = await store.findHeads(
    tx,
    filings.map((filing) => filing.id),
  );
  const known = await readStreams(tx, [...heads.keys()].map(streamOf));
  const answers: Answers = new Map();
  const open: Checked[] = [];
  for (const filing of filings) {
    const state = fold((known.get(streamOf(filing.id)) ?? []) as ClearanceEvent[]);
    if (state && state.status !== 'draft') {
      answers.set(filing.id, again(deps, filing, state));
      continue;
    }
    const on = localDateOf(filing.envelope.occurredAt);
    const problems = checkContent(filing.content, on, deps.inForce);
    open.push({ ...filing, draft: state, problems });
  }
  return { answers, open };
}

/** The first answer again for the same filing; a refusal that shows both for another one. */
function again(deps: ClearanceDeps, filing: Prepared, state: State): FilingResult {
  const original = state.contentHash === filing.hash;
  if (original) return resultOf(deps, state, true);
  return refusal(filing.id, otherContent(filing.hash, state.contentHash).refusals);
}

/** Everything that follows from a filing, by the rules alone: returned, or accepted, decided, released. */
function proceed(deps: ClearanceDeps, filing: Checked, serial: string): Progress {
  const { id, content, hash, envelope, draft, problems } = filing;
  const progress = new Progress(id, draft, envelope);
  progress.push({ kind: 'clearance.submitted', payload: { content, contentHash: hash } });
  if (problems.length > 0) {
    return progress.push({ kind: 'clearance.returned', payload: { problems, note: null } });
  }
  return progress
    .push({
      kind: 'clearance.accepted',
      legalBasis: '海关法 第二十四条',
      payload: { number: declarationNumber(content, envelope, serial) },
    })
    .decide(deps, null)
    .settle(deps);
}

/** 18 digits: office of declaration, year, 1 for import or 0 for export, serial (报关单号). */
function declarationNumber(
  content: DeclarationContent,
  envelope: Envelope,
  serial: string,
): string {
  const year = localDateOf(envelope.occurredAt).slice(0, 4);
  const direction = content.ieFlag === 'I' ? '1' : '0';
  return `${content.declarationOffice}${year}${direction}${serial.padStart(9, '0')}`;
}

async function preview(
  deps: ClearanceDeps,
  tx: Tx,
  filings: readonly Prepared[],
): Promise<Answers> {
  const { answers, open } = await sort(deps, tx, filings);
  for (const filing of open) {
    const state = proceed(deps, filing, '').now;
    answers.set(filing.id, { ...resultOf(deps, state, false), number: null });
  }
  return answers;
}

async function write(
  deps: ClearanceDeps,
  actor: Actor,
  tx: Tx,
  filings: readonly Prepared[],
): Promise<{ answers: Answers; written: Progress[] }> {
  const { answers, open } = await sort(deps, tx, filings);
  const accepted = open.filter((filing) => filing.problems.length === 0);
  const serials = await store.nextSerials(tx, accepted.length);
  const proceeded = open.map((filing) =>
    proceed(deps, filing, filing.problems.length === 0 ? (serials.pop() ?? '') : ''),
  );
  const written = await claim(tx, open, proceeded);
  await append(
    tx,
    written.flatMap((progress) => progress.events),
  );
  await saveDecisions(
    tx,
    written.flatMap((progress) => progress.decision ?? []),
  );
  for (const progress of written) {
    answers.set(progress.now.id, resultOf(deps, progress.now, false));
  }
  const lost = filings.filter((filing) => !answers.has(filing.id));
  if (lost.length > 0) {
    for (const [id, answer] of (await sort(deps, tx, lost)).answers) answers.set(id, answer);
  }
  await recordAudit(tx, {
    actor,
    operation: permission.file.operation,
    subjects: written.map((progress) => streamOf(progress.now.id)),
    outcome: 'done',
    detail: countOutcomes(answers),
    at: deps.clock.now(),
  });
  return { answers, written };
}

/** Takes the ids. A filing whose id somebody else took in the meantime is not in the answer. */
async function claim(
  tx: Tx,
  open: readonly Checked[],
  proceeded: readonly Progress[],
): Promise<Progress[]> {
  const rowOf = (progress: Progress) => store.toRow(progress.now, progress.decision?.score ?? null);
  const fresh = proceeded.filter((_, index) => !open[index]?.draft);
  const drafts = proceeded.filter((_, index) => open[index]?.draft);
  const claimed = await store.insertNew(tx, fresh.map(rowOf));
  for (const draft of drafts) await store.lock(tx, draft.now.id);
  await store.update(tx, drafts.map(rowOf));
  return [...fresh.filter((progress) => claimed.has(progress.now.id)), ...drafts];
}

/** Accepted goods become history for the days that follow; an amendment does not count again. */
function afterCommit(deps: ClearanceDeps, written: readonly Progress[]): void {
  for (const { decision } of written) {
    if (decision) deps.history.observe(decision.facts, decision.decidedOn);
  }
  if (written.length > 0) deps.committed(written.map((progress) => progress.now.id));
}

function resultOf(deps: ClearanceDeps, state: State, repeated: boolean): FilingResult {
  const outcome = !state.acceptedAt ? 'returned' : state.releasedAt ? 'released' : 'accepted';
  return {
    id: state.id,
    outcome,
    repeated,
    number: state.number,
    lane: state.lane,
    problems: state.problems,
    unmet: unmetOf(conditionsOf(state, deps.notComputed)),
  };
}

function countOutcomes(answers: Answers): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of answers.values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
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
