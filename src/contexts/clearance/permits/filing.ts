import type { LocalDate } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { LicenceNeed } from '../../chemicals/index.ts';
import type { DeclarationContent } from '../contract.ts';
import type { Requirement } from '../events.ts';
import type { PermitNeed } from '../prohibitions/rule.ts';
import type { Prohibitions } from '../prohibitions/service.ts';
import type { FilingProvider, FilingRequest, Prepared } from '../provider.ts';
import { type Ask, askOf, type Balance, type Cover, cover } from './cover.ts';
import { permitStream } from './events.ts';
import { minus, plus } from './permit.ts';
import * as store from './store.ts';
import { writeTakings } from './takings.ts';

/** 海关法 第二十四条: goods under restriction are not released without their permit. */
const LEGAL_BASIS = '海关法 第二十四条、第四十条';
/** Whose turn it is while nobody has loaded the permit. */
export const ISSUING_AUTHORITY = 'issuingAuthority';

/** Licences the law asks for what the goods are, whatever code they are declared under. */
export type LicencesAsked = (content: DeclarationContent, on: LocalDate) => readonly LicenceNeed[];

/** What a filing was promised, until it is accepted. */
interface Kept extends Pick<Cover, 'takings' | 'waiting'> {
  readonly ask: Ask;
  /** What the same declaration takes already: an amendment gives it back. */
  readonly own: readonly store.StoredUse[];
}

/**
 * Answers for prohibitions, restrictions and permits when a declaration is filed: prohibited goods
 * and permits that do not fit return it, permits that fit are reserved (预核扣), and a permit that
 * nobody has loaded yet leaves the condition open. A licence that only the substance asks for, and
 * that is not named, leaves it open too, until an amendment names it or says what the goods are.
 */
export function createPermitProvider(
  prohibitions: Pick<Prohibitions, 'findingsOf'>,
  licencesAsked: LicencesAsked = () => [],
): FilingProvider {
  return {
    kinds: ['permitsWrittenDown'],

    async prepare(tx, requests) {
      const found = new Map(
        requests.map(({ id, content, on }) => {
          const findings = prohibitions.findingsOf(content, on);
          const { named, unnamed } = bySubstance(content, findings, licencesAsked(content, on));
          const needs = [...findings.permits, ...named];
          return [id, { findings, unnamed, ask: askOf(id, content, on, needs) }];
        }),
      );
      const asks = [...found.values()].map(({ ask }) => ask);
      const { balances, uses } = await hold(tx, requests, asks);
      return new Map(
        requests.map((request): [string, Prepared] => {
          const { id } = request;
          const { findings, unnamed, ask } = found.get(id) as Found;
          const own = uses.filter((use) => use.declaration === id);
          const covered = coverOne(ask, balances, own, findings.problems.length === 0);
          const kept: Kept = { ask, own, takings: covered.takings, waiting: covered.waiting };
          const problems = [...findings.problems, ...covered.problems];
          const requirements = [
            ...requirementsOf(request, covered, balances),
            ...unnamed.map((need) => licenceWanted(request, need)),
          ];
          return [id, { problems, requirements, kept }];
        }),
      );
    },

    async record(tx, accepted) {
      const all = accepted.map(({ kept, ...request }) => ({ ...(kept as Kept), request }));
      const amended = all.filter(({ request }) => request.amends).map(({ ask }) => ask.declaration);
      if (amended.length > 0) {
        await store.endWaits(tx, await store.listWaits(tx, { declarations: amended }));
      }
      await writeTakings(
        tx,
        all.flatMap(({ own, takings, request: { id, envelope } }) => [
          ...own
            .filter((use) => !takings.some((each) => isSame(use, each)))
            .map((use) => ({
              permit: use.permit,
              gives: use,
              reason: 'amended',
              envelope,
              declaration: id,
            })),
          ...takings
            .filter((each) => !own.some((use) => isSame(use, each)))
            .map(({ permit, taking }) => ({ permit, takes: taking, envelope, declaration: id })),
        ]),
      );
      await store.addWaits(tx, all.flatMap(waitsOf));
    },

    async giveBack(tx, declaration, envelope) {
      await giveBack(tx, declaration, envelope);
    },
  };
}
type Findings = ReturnType<Prohibitions['findingsOf']>;

interface Found {
  readonly findings: Findings;
  /** Licences a substance asks for, none of which is named. */
  readonly unnamed: readonly LicenceNeed[];
  readonly ask: Ask;
}

/** What substances ask for beyond the rules by tariff code: named already, or not. */
function bySubstance(
  { licences }: DeclarationContent,
  { permits }: Findings,
  needs: readonly LicenceNeed[],
): { named: PermitNeed[]; unnamed: LicenceNeed[] } {
  const beyond = needs.filter(
    (need) =>
      !permits.some(
        ({ lineNo, kinds }) =>
          lineNo === need.lineNo && kinds.some((kind) => need.kinds.includes(kind)),
      ),
  );
  const isNamed = ({ kinds }: LicenceNeed): boolean =>
    licences.some(({ kind }) => kind !== null && kinds.includes(kind));
  return {
    named: beyond
      .filter(isNamed)
      .map(({ lineNo, kinds, substance }) => ({ lineNo, kinds, rule: `CAS ${substance}` })),
    unnamed: beyond.filter((need) => !isNamed(need)),
  };
}

/** It is the turn of whoever trades the goods: no authority can answer for a licence nobody has named. */
const licenceWanted = ({ content }: FilingRequest, { basis }: LicenceNeed): Requirement => ({
  kind: 'permitsWrittenDown',
  owner: content.parties.domestic?.uscc ?? ISSUING_AUTHORITY,
  legalBasis: `${LEGAL_BASIS}；${basis}`,
  ...{ metAt: null, evidence: null, dueAt: null },
});

/**
 * Holds every permit the filings name, or take of already. Those who wait are held first, as those do
 * who issue and change permits, so that nobody waits for each other in a ring.
 */
async function hold(tx: Tx, requests: readonly FilingRequest[], asks: readonly Ask[]) {
  const amending = requests.filter(({ amends }) => amends).map(({ id }) => id);
  const named = [...new Set(asks.flatMap((ask) => ask.named.map(({ permit }) => permit)))];
  if (amending.length > 0) {
    await store.shareIssuing(tx);
    await store.lockWaits(tx, { declarations: amending });
  }
  if (named.length === 0 && amending.length === 0) return { balances: new Map(), uses: [] };
  const balances = new Map<string, Balance>(await store.lockPermits(tx, named, amending));
  const unknown = named.filter((permit) => !balances.has(permit));
  if (unknown.length > 0 && amending.length === 0) {
    await store.shareIssuing(tx);
    for (const [id, permit] of await store.lockPermits(tx, unknown, [])) balances.set(id, permit);
  }
  const ids = requests.map(({ id }) => id);
  const uses = balances.size === 0 ? [] : await store.listUses(tx, ids);
  return { balances, uses: uses.filter(({ status }) => status !== 'givenBack') };
}

/** Covers one filing and counts the balances down for the next of its group, if it is sound. */
function coverOne(
  ask: Ask,
  balances: Map<string, Balance>,
  own: readonly store.StoredUse[],
  isSound: boolean,
): Cover {
  const mine = new Map(balances);
  for (const use of own) change(mine, use.permit, (taken) => minus(taken, use));
  const covered = cover(ask, mine);
  if (!isSound || covered.problems.length > 0) return covered;
  for (const { permit, taking } of covered.takings) {
    change(mine, permit, (taken) => plus(taken, taking));
  }
  for (const [id, balance] of mine) balances.set(id, balance);
  return covered;
}

function change(
  balances: Map<string, Balance>,
  permit: string,
  to: (taken: Balance['taken']) => Balance['taken'],
): void {
  const balance = balances.get(permit);
  if (balance) balances.set(permit, { ...balance, taken: to(balance.taken) });
}

/** One requirement for each authority: met for what is reserved, open for what is not known yet. */
function requirementsOf(
  { at }: FilingRequest,
  { takings, waiting }: Cover,
  balances: ReadonlyMap<string, Balance>,
): Requirement[] {
  const byIssuer = new Map<string, string[]>();
  for (const { permit } of takings) {
    const issuer = balances.get(permit)?.issuer ?? ISSUING_AUTHORITY;
    byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), permitStream(permit)]);
  }
  const common = { kind: 'permitsWrittenDown', legalBasis: LEGAL_BASIS, dueAt: null } as const;
  const met = [...byIssuer].map(([owner, permits]) => ({
    ...common,
    ...{ owner, metAt: at, evidence: permits.join(', ') },
  }));
  const open = { ...common, owner: ISSUING_AUTHORITY, metAt: null, evidence: null };
  return waiting.length > 0 ? [...met, open] : met;
}

function waitsOf({ ask, waiting, request }: Kept & { request: FilingRequest }): store.Wait[] {
  return waiting.map((permit) => ({
    permit,
    declaration: ask.declaration,
    ask: { ...ask, named: ask.named.filter((each) => each.permit === permit), needs: [] },
    reason: { code: 'clearance.permit_unknown', seen: permit },
    since: request.at,
  }));
}

const isSame = (
  { permit, lines, quantity, value }: store.StoredUse,
  taken: Cover['takings'][number],
): boolean =>
  permit === taken.permit &&
  quantity === taken.taking.quantity &&
  value === taken.taking.value &&
  lines.join() === taken.taking.lines.join();

/** The declaration is over: what it took is there again, and it waits for nothing. */
export async function giveBack(tx: Tx, declaration: string, envelope: Envelope): Promise<void> {
  await store.endWaits(tx, await store.lockWaits(tx, { declarations: [declaration] }));
  const held = await store.lockPermits(tx, [], [declaration]);
  if (held.size === 0) return;
  const uses = await store.listUses(tx, [declaration]);
  await writeTakings(
    tx,
    uses
      .filter(({ status }) => status !== 'givenBack')
      .map((use) => ({ permit: use.permit, gives: use, reason: 'ended', envelope, declaration })),
  );
}

/** Writes down for good (核扣) what released declarations had reserved. */
export async function writeDown(
  tx: Tx,
  released: readonly { readonly declaration: string; readonly envelope: Envelope }[],
): Promise<void> {
  const declarations = released.map(({ declaration }) => declaration);
  const held = await store.lockPermits(tx, [], declarations);
  if (held.size === 0) return;
  const envelopes = new Map(released.map(({ declaration, envelope }) => [declaration, envelope]));
  const uses = await store.listUses(tx, declarations);
  await writeTakings(
    tx,
    uses.flatMap((use) => {
      const envelope = envelopes.get(use.declaration);
      if (use.status !== 'reserved' || !envelope) return [];
      return [{ permit: use.permit, finishes: use, envelope, declaration: use.declaration }];
    }),
  );
}
