import { decimal, toText } from '../../../kernel/decimal.ts';
import { type Envelope, place } from '../../../kernel/event.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { billNumberOf, type Problem } from '../contract.ts';
import type { Direction } from './contract.ts';
import { type BillEvent, type NewBillEvent, streamOf } from './events.ts';
import { type Amount, amountOf, minus, plus, take, toQuantity } from './settle.ts';
import type { ClaimRow } from './store/bills.ts';
import type { Holding } from './store/claims.ts';
import * as store from './store/claims.ts';
import { closeStories, openStories } from './story.ts';

/** 中华人民共和国海关进出境运输工具舱单管理办法: what is declared must stand on a manifest. */
const MANIFEST_RULES = '海关进出境运输工具舱单管理办法（海关总署令第172号）';

/** What a declaration asks of a bill. */
export interface ClaimRequest {
  readonly declaration: string;
  /** `null` for goods that have no bill: there is nothing to match then. */
  readonly transportDocNo: string | null;
  readonly packages: number | null;
  readonly grossMassKg: string | null;
  readonly lines: readonly number[];
  /** Containers the goods are in; left out, all of the bill's. */
  readonly containers?: readonly string[];
  readonly ieFlag?: Direction;
  /** Who declares: the bill is theirs to read from then on. */
  readonly organisation?: string | null;
  readonly at: string;
}

/** What must be so before release, as clearance's providers say it. */
export interface ManifestRequirement {
  readonly kind: 'manifestMatched';
  readonly owner: string;
  readonly legalBasis: string;
  readonly metAt: string | null;
  readonly evidence: string | null;
}

export interface PreparedClaim {
  readonly problems: readonly Problem[];
  /** `null` when no bill is named: manifestMatched is not applicable. */
  readonly requirement: ManifestRequirement | null;
  /** Where the goods are already. */
  readonly arrived: { readonly premises: string; readonly at: string } | null;
  /** What `record` needs; nobody else reads it. */
  readonly kept: KeptClaim;
}
interface KeptClaim {
  readonly bill: string | null;
  readonly holding: Holding | null;
  readonly taken: Amount | null;
  /** Bills this declaration claims of so far. */
  readonly before: readonly string[];
}

/**
 * Whether each declaration's goods are on the bill it names, counted down within the group so that two
 * of one group never take the same remainder. One statement, a second only when something is refused.
 * Writes nothing. What a declaration has taken before does not count against it.
 */
export async function prepareClaims(
  tx: Tx,
  requests: readonly ClaimRequest[],
): Promise<ReadonlyMap<string, PreparedClaim>> {
  const numbers = requests.flatMap(({ transportDocNo }) => billOf(transportDocNo) ?? []);
  const holdings = await store.holdForClaims(
    tx,
    [...new Set(numbers)],
    requests.map(({ declaration }) => declaration),
  );
  const left = new Map([...holdings.values()].map((held) => [held.number, leftOf(held)]));
  const prepared = new Map(
    requests.map((request) => [request.declaration, prepareOne(request, holdings, left)]),
  );
  await nameClaimants(tx, [...prepared.values()]);
  return prepared;
}

const billOf = (transportDocNo: string | null): string | null =>
  (transportDocNo && billNumberOf(transportDocNo)) || null;

function leftOf(held: Holding): Amount | null {
  if (held.capacity_packages === null) return null;
  return minus(
    { packages: held.capacity_packages, grossMass: decimal(held.capacity_gross_mass_kg ?? '0') },
    { packages: held.claimed_packages, grossMass: decimal(held.claimed_gross_mass_kg) },
  );
}

function prepareOne(
  request: ClaimRequest,
  holdings: ReadonlyMap<string, Holding>,
  left: Map<string, Amount | null>,
): PreparedClaim {
  const bill = billOf(request.transportDocNo);
  const holding = (bill && holdings.get(bill)) || null;
  const own = [...holdings.values()].flatMap((held) => ownOf(held, request.declaration));
  const kept = { bill, holding, taken: null, before: own.map((claim) => claim.bill) };
  const nothing = { problems: [], requirement: null, arrived: null, kept };
  if (!bill) return nothing;

  const arrived = holding?.arrived_at
    ? { premises: holding.premises ?? '', at: holding.arrived_at.toISOString() }
    : null;
  const owner = holding?.carrier ?? 'carrier';
  const unmet = { kind: 'manifestMatched', owner, legalBasis: MANIFEST_RULES } as const;
  const mine = own.find((claim) => claim.bill === bill && claim.status === 'matched');
  const known = left.get(bill);
  const free = known && mine ? plus(known, amountOf(stated(mine))) : known;
  if (!holding || !free) {
    return { ...nothing, arrived, requirement: { ...unmet, metAt: null, evidence: null } };
  }
  const problem = objection(request, holding);
  const taken = problem ? null : take(free, request);
  if (!taken) {
    return { ...nothing, arrived, problems: [problem ?? overClaimed(request, bill, free)] };
  }
  left.set(bill, minus(free, taken));
  return {
    problems: [],
    requirement: { ...unmet, metAt: request.at, evidence: `manifest:${holding.manifest}` },
    arrived,
    kept: { ...kept, taken },
  };
}

const ownOf = (held: Holding, declaration: string): readonly ClaimRow[] =>
  (held.own ?? []).filter((claim) => claim.declaration === declaration);
const stated = ({ packages, gross_mass_kg }: ClaimRow) => ({
  packages,
  grossMassKg: gross_mass_kg,
});

const PATH = 'transport.transportDocNo';

/** What is wrong with claiming of a bill at all, whatever is left of it. */
function objection(request: ClaimRequest, holding: Holding): Problem | null {
  const about = { path: PATH, seen: holding.number, legalBasis: MANIFEST_RULES };
  if (holding.is_consolidated) return { code: 'cargo.bill_is_consolidated', ...about };
  if (request.ieFlag && request.ieFlag !== holding.direction) {
    return { code: 'cargo.bill_goes_the_other_way', ...about };
  }
  const strange = request.containers?.find((each) => !holding.containers.includes(each));
  if (strange === undefined) return null;
  return {
    code: 'cargo.container_not_on_bill',
    ...{ path: 'containers', seen: strange, legalBasis: MANIFEST_RULES },
    params: { bill: holding.number },
  };
}

function overClaimed(request: ClaimRequest, bill: string, left: Amount): Problem {
  const params = {
    bill,
    packages: request.packages ?? '',
    grossMassKg: request.grossMassKg ?? '',
    packagesLeft: left.packages,
    grossMassLeftKg: toText(left.grossMass),
    others: '',
  };
  return {
    code: 'cargo.bill_over_claimed',
    path: PATH,
    seen: bill,
    legalBasis: MANIFEST_RULES,
    params,
  };
}

/** A bill declared twice is refused with both shown. */
async function nameClaimants(tx: Tx, prepared: readonly PreparedClaim[]): Promise<void> {
  const refused = prepared
    .flatMap(({ problems }) => problems)
    .filter(({ code }) => code === 'cargo.bill_over_claimed');
  if (refused.length === 0) return;
  const claimants = await store.listClaimants(
    tx,
    refused.map(({ seen }) => seen ?? ''),
  );
  for (const problem of refused) {
    const others = claimants.get(problem.seen ?? '')?.join(', ') ?? '';
    problem.params = { ...problem.params, others };
  }
}

/** A declaration that was accepted, with what `prepareClaims` said of it. */
export interface AcceptedClaim {
  readonly request: ClaimRequest;
  readonly kept: KeptClaim;
  readonly envelope: Envelope;
}

/**
 * Writes what was promised. New claims on bills that are held and have enough cost two statements for
 * the whole group; a claim that waits, or replaces another, is told in its bill's story.
 */
export async function recordClaims(tx: Tx, accepted: readonly AcceptedClaim[]): Promise<void> {
  const simple = accepted.filter(({ kept }) => kept.taken && kept.before.length === 0);
  const others = accepted.filter((each) => !simple.includes(each));
  // A bill with a claim of the longer kind is told whole, so that its events stand in one row.
  const told = new Set(others.flatMap(({ kept }) => [kept.bill ?? [], kept.before].flat()));
  const isTold = ({ kept }: AcceptedClaim): boolean => told.has(kept.bill ?? '');
  await Promise.all([
    recordTaken(
      tx,
      simple.filter((each) => !isTold(each)),
    ),
    recordTold(
      tx,
      accepted.filter((each) => !simple.includes(each) || isTold(each)),
    ),
  ]);
}

/** A held bill as the claims of a group count up on it. */
interface Counting {
  readonly version: number;
  readonly taken: Amount;
  readonly claims: number;
  readonly organisations: readonly string[];
}

async function recordTaken(tx: Tx, accepted: readonly AcceptedClaim[]): Promise<void> {
  if (accepted.length === 0) return;
  const bills = new Map<string, Counting>();
  const events: BillEvent[] = [];
  const claims: ClaimRow[] = [];
  for (const { request, kept, envelope } of accepted) {
    const { holding, taken } = kept;
    if (!holding || !taken) continue;
    const { number } = holding;
    const before = bills.get(number) ?? countingFrom(holding);
    const own = { ...envelope, consignment: number };
    events.push(...place(streamOf(number), before.version, [claimedEvent(request, kept)], own));
    bills.set(number, {
      version: before.version + 1,
      taken: plus(before.taken, taken),
      claims: before.claims + 1,
      organisations: [...before.organisations, request.organisation ?? []].flat(),
    });
    claims.push({
      ...{ declaration: request.declaration, bill: number, status: 'matched' },
      ...{ packages: taken.packages, gross_mass_kg: toText(taken.grossMass) },
    });
  }
  await Promise.all([
    append(tx, events),
    store.takeClaims(
      tx,
      [...bills].map(([number, { taken, ...counted }]) => ({
        ...{ number, ...counted, claimed_packages: taken.packages },
        claimed_gross_mass_kg: toText(taken.grossMass),
      })),
      claims,
    ),
  ]);
}

const countingFrom = (held: Holding): Counting => ({
  version: held.version,
  taken: {
    packages: held.claimed_packages,
    grossMass: decimal(held.claimed_gross_mass_kg),
  },
  claims: held.claims,
  organisations: [],
});

function claimedEvent(
  request: ClaimRequest,
  { taken, holding }: Pick<KeptClaim, 'taken' | 'holding'>,
): NewBillEvent {
  const { declaration, organisation = null, lines, containers = [] } = request;
  const quantity = taken
    ? toQuantity(taken)
    : { packages: request.packages, grossMassKg: request.grossMassKg };
  return {
    kind: 'cargo.claimed',
    payload: {
      ...{ declaration, organisation, ...quantity },
      lines: [...lines],
      containers: [...containers],
      matched: taken !== null,
      arrivedAt: holding?.arrived_at ? (holding.premises ?? '') : null,
    },
  };
}

/**
 * Claims on bills whose manifest is awaited, and claims that replace earlier ones. A manifest may have
 * come since the question was asked: then the claim is settled with the rest of its bill.
 */
async function recordTold(tx: Tx, accepted: readonly AcceptedClaim[]): Promise<void> {
  const last = accepted.at(-1);
  if (!last) return;
  const stories = await openStories(
    tx,
    accepted.flatMap(({ kept }) => [kept.bill ?? [], kept.before].flat()),
  );
  for (const { request, kept, envelope } of accepted) {
    for (const bill of kept.before) {
      if (bill === kept.bill) continue;
      const payload = { declaration: request.declaration };
      stories.get(bill)?.push(envelope, { kind: 'cargo.claimGivenBack', payload });
    }
    if (kept.bill) stories.get(kept.bill)?.push(envelope, claimedEvent(request, kept));
  }
  for (const story of stories.values()) story.settle(last.envelope);
  await closeStories(tx, stories.values(), last.envelope);
}

/** Takes back what a declaration took: it was cancelled, returned, or its goods do not enter. */
export async function giveBackClaim(
  tx: Tx,
  declaration: string,
  envelope: Envelope,
): Promise<void> {
  const bill = (await store.billsOf(tx, [declaration])).get(declaration);
  if (!bill) return;
  const stories = await openStories(tx, [bill]);
  const story = stories.get(bill);
  if (!story?.now.claims.some((claim) => claim.declaration === declaration)) return;
  story.push(envelope, { kind: 'cargo.claimGivenBack', payload: { declaration } });
  story.settle(envelope);
  await closeStories(tx, stories.values(), envelope);
}
