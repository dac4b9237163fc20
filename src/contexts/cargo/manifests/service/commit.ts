import { localDateOf } from '../../../../kernel/dates.ts';
import { type Envelope, type EventRecord, eventId } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { createGroup } from '../../../../platform/group.ts';
import {
  inTransaction,
  rehearse as rehearseWork,
  type Tx,
} from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  type AuditEntry,
  type Permission,
  recordAudits,
} from '../../../identity/index.ts';
import { type Decision, saveDecisions } from '../../../risk/index.ts';
import { billNumberOf } from '../../contract.ts';
import type { CargoReport, ManifestFiling, ManifestResult } from '../contract.ts';
import { type ManifestPayloads, manifestStreamOf } from '../events.ts';
import { housesOf } from '../store/bills.ts';
import * as store from '../store/manifests.ts';
import { openCases, openStories, type Story, writeStories } from '../story.ts';
import type { ManifestDeps } from './deps.ts';
import { answeredBefore, returned } from './part.ts';
import { tellReport } from './report.ts';
import { type CheckedVoyage, checkVoyage, isVoyage, tellVoyage, voyageFrom } from './voyage.ts';

/** Most filings, and about the most bills, that share one transaction. */
const FILINGS_MAX = 64;
const BILLS_MAX = 2_000;

/** A filing that may be written. */
export interface FilingRequest {
  readonly actor: Actor;
  readonly filing: ManifestFiling;
  readonly part: store.ManifestPart;
  readonly envelope: Envelope;
  readonly needed: Permission;
}
/** What came of one filing; that it was refused is nobody else's concern. */
export type Outcome = { readonly answer: ManifestResult } | { readonly refused: Refused };
export type FilingGroup = (request: FilingRequest) => Promise<Outcome>;

/**
 * Filings under way at the same time share a transaction. Those of one manifest, or of the same bills,
 * wait their turn: each finds what the one before it left.
 */
export function createFilingGroup(deps: ManifestDeps): FilingGroup {
  return createGroup<FilingRequest, Outcome>((requests) => commit(deps, requests), {
    itemsMax: FILINGS_MAX,
    keysOf,
    sizeOf: ({ filing }) => filing.bills.length,
    sizeMax: BILLS_MAX,
  });
}

/** Its manifest and its bills; a house goes with its master. */
const keysOf = ({ part, filing }: FilingRequest): string[] => [
  `manifest ${part.id}`,
  ...mastersIn(filing),
];
const mastersIn = ({ bills }: ManifestFiling): string[] =>
  bills.map(({ number }) => masterOf(billNumberOf(number ?? '')));
const masterOf = (number: string): string => number.split('*', 1)[0] ?? '';

/** Another process filed one of the parts while it was being written here. */
class FiledElsewhere extends Error {}

async function commit(deps: ManifestDeps, requests: readonly FilingRequest[]): Promise<Outcome[]> {
  const once = () => inTransaction(deps.db, (tx) => write(deps, tx, requests));
  const { outcomes, bills } = await once().catch((error: unknown) => {
    // Whoever it was has committed by now: this time it is found.
    if (error instanceof FiledElsewhere) return once();
    throw error;
  });
  if (bills.length > 0) deps.committed(bills);
  return outcomes;
}

/** What would happen: everything is done, and undone. */
export async function rehearse(deps: ManifestDeps, request: FilingRequest): Promise<Outcome> {
  const { outcomes } = await rehearseWork(deps.db, (tx) => write(deps, tx, [request]));
  return outcomes[0] as Outcome;
}

/** A filing that is new; of a voyage, what is wrong with it by itself has been found. */
interface Open {
  readonly request: FilingRequest;
  readonly voyage: CheckedVoyage | null;
}
/** One whose bills have been told what it says. */
interface Told {
  readonly request: FilingRequest;
  readonly stories: readonly Story[];
  readonly decisions: readonly Decision[];
  /** Complete once what was found has its cases. */
  readonly answer: () => Pick<ManifestResult, 'problems' | 'bills'>;
}
interface Filed {
  readonly request: FilingRequest;
  readonly answer: ManifestResult;
}

/** Writes filings in one transaction. No two of them are of one manifest, or name the same bill. */
async function write(
  deps: ManifestDeps,
  tx: Tx,
  requests: readonly FilingRequest[],
): Promise<{ outcomes: Outcome[]; bills: string[] }> {
  const outcomes = new Map<FilingRequest, Outcome>();
  const settle = (request: FilingRequest, work: () => Outcome | null): void => {
    const outcome = unlessRefused(request, work);
    if (outcome) outcomes.set(request, outcome);
  };
  const known = await store.findKnown(
    tx,
    requests.map(({ part }) => part),
  );
  const open: Open[] = [];
  for (const request of requests) {
    settle(request, () => {
      const answer = answeredBefore(request.part, known.get(request.part.id));
      if (answer) return { answer };
      open.push({ request, voyage: checked(deps, request) });
      return null;
    });
  }
  const held = await holdBills(tx, open);
  const told: Told[] = [];
  for (const each of open) {
    settle(each.request, () => {
      told.push(tell(deps, each, held));
      return null;
    });
  }
  const filed = await record(tx, told);
  for (const { request, answer } of filed) outcomes.set(request, { answer });
  return {
    outcomes: requests.map((request) => outcomes.get(request) as Outcome),
    bills: filed.flatMap(({ answer }) => answer.bills.map(({ number }) => number)),
  };
}

/** What is wrong with a manifest itself is its answer; everything else is refused. */
function unlessRefused({ part }: FilingRequest, work: () => Outcome | null): Outcome | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.kind !== 'invalid') return { refused: error };
    return { answer: returned(part, error.refusals) };
  }
}

const checked = (deps: ManifestDeps, { filing, envelope }: FilingRequest): CheckedVoyage | null =>
  isVoyage(filing) ? checkVoyage(deps, filing, localDateOf(envelope.occurredAt)) : null;

/** Every bill that is to be told something, and the houses of those that are reported. */
async function holdBills(tx: Tx, open: readonly Open[]): Promise<Map<string, Story>> {
  const reported = open.flatMap(({ request: { filing }, voyage }) =>
    voyage ? [] : filing.bills.map(({ number }) => number ?? ''),
  );
  const houses = await housesOf(tx, [...new Set(reported)]);
  const manifested = open.flatMap(({ voyage }) => voyage?.bills.map(({ number }) => number) ?? []);
  return openStories(tx, [...manifested, ...reported, ...houses]);
}

function tell(deps: ManifestDeps, { request, voyage }: Open, held: Map<string, Story>): Told {
  const { filing, envelope } = request;
  const own = new Set(mastersIn(filing));
  const stories = [...held.values()].filter(({ now }) => own.has(masterOf(now.number)));
  if (voyage) return { request, stories, ...tellVoyage(deps, voyage, held, envelope) };
  return { request, stories, decisions: [], ...tellReport(filing as CargoReport, held, envelope) };
}

/** Writes what the bills were told, what was answered, and who did it. */
async function record(tx: Tx, told: readonly Told[]): Promise<Filed[]> {
  for (const { request, stories } of told) await openCases(tx, stories, request.envelope);
  const filed = told.map(({ request, answer }) => ({
    request,
    answer: accepted(request, answer()),
  }));
  const [isNew] = await Promise.all([
    store.insertParts(
      tx,
      filed.map(({ request, answer }) => ({ part: request.part, answer })),
    ),
    writeStories(
      tx,
      told.flatMap(({ stories }) => stories),
      filed.map(filedEvent),
    ),
    saveDecisions(
      tx,
      told.flatMap(({ decisions }) => decisions),
    ),
    recordAudits(tx, filed.map(auditOf)),
  ]);
  if (!isNew) throw new FiledElsewhere();
  return filed;
}

const accepted = ({ part }: FilingRequest, answer: ReturnType<Told['answer']>): ManifestResult => ({
  ...{ id: part.id, part: part.part, kind: part.kind, outcome: 'accepted', repeated: false },
  ...answer,
});

function filedEvent({ request, answer }: Filed): EventRecord {
  const { part, filing, envelope } = request;
  const { kind, of, contentHash } = part;
  const stream = manifestStreamOf(part.id);
  const payload: ManifestPayloads['cargo.manifestFiled'] = {
    ...{ kind, part: part.part, of, contentHash },
    bills: answer.bills.map(({ number }) => number),
    voyage: isVoyage(filing) ? voyageFrom(filing) : null,
  };
  const id = eventId(stream, part.part);
  return { id, stream, seq: part.part, kind: 'cargo.manifestFiled', envelope, payload };
}

const auditOf = ({ request, answer }: Filed): AuditEntry => ({
  actor: request.actor,
  operation: request.needed.operation,
  subjects: [manifestStreamOf(request.part.id)],
  outcome: 'done',
  detail: { kind: request.part.kind, bills: answer.bills.length },
  at: request.envelope.recordedAt,
});
