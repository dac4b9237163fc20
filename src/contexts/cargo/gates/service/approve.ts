import { canonicalJson } from '../../../../kernel/canonical.ts';
import { addDays, localDateOf } from '../../../../kernel/dates.ts';
import { type Decimal, decimal, subtract } from '../../../../kernel/decimal.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { gatesToPass } from '../../zones/zones.ts';
import { asksFor, keyOf } from '../application.ts';
import { approvalOf, type PaperOnHand } from '../approval.ts';
import type { Paper, PaperPart } from '../contract.ts';
import type { NewEvent } from '../events.ts';
import type { State } from '../passport.ts';
import * as papersStore from '../store/papers.ts';
import * as passports from '../store/passports.ts';
import type { KeptVehicle } from '../store/readings.ts';
import type { GateDeps } from './deps.ts';
import { Progress, save } from './progress.ts';

/**
 * Computes the approval of one passport while its vehicle (held by the caller) and its papers are
 * held, and takes its part of the papers when it is approved. Nobody else can take the same quantity meanwhile.
 */
export async function approve(
  deps: GateDeps,
  tx: Tx,
  progress: Progress,
  vehicle: KeptVehicle,
  envelope: Envelope,
  officerNote: string | null,
): Promise<void> {
  const { content, organisation, number } = progress.now;
  const on = localDateOf(progress.at);
  const zone = deps.zones.zoneOn(content.zone, on);
  const asks = zone && asksFor(content, zone);
  if (!zone || !asks) {
    progress.push({
      kind: 'cargo.passportVoided',
      payload: { reason: 'regimeChanged', note: `${content.zone} ${on}` },
    });
    return;
  }
  const entersFirst = content.type === 'enterFirstDeclareLater';
  const [papers, busyWith, arrears] = await Promise.all([
    papersOnHand(deps, tx, progress.now, envelope),
    passports.findOpen(tx, progress.now, progress.at),
    entersFirst ? deps.arrearsOf?.(tx, organisation, on) : null,
  ]);
  const approval = approvalOf({
    ...{ content, organisation, asks, officerNote, papers, busyWith },
    vehicle: vehicle.registration,
    arrears: arrears ?? null,
  });
  const { conditions, claims, weighedAs, goesBy } = approval;
  if (approval.outcome !== 'approved') {
    const kind =
      approval.outcome === 'manualPost' ? 'cargo.passportRouted' : 'cargo.passportPending';
    if (isNews(progress.now, kind, conditions)) progress.push({ kind, payload: { conditions } });
    return;
  }
  await papersStore.claim(tx, number, claims);
  progress.push({
    kind: 'cargo.passportApproved',
    payload: {
      ...{ conditions, claims, weighedAs, goesBy, note: officerNote },
      regime: { kind: zone.regime.kind, from: zone.regime.from, on },
      gates: gatesToPass(zone.gateMode, content.direction),
      validUntil: `${addDays(on, asks.validDays)}T15:59:59.999Z`,
    },
  });
}

/** Asking again and finding the same is not written down again. */
function isNews(now: State, kind: NewEvent['kind'], conditions: State['conditions']): boolean {
  const was = now.approval === 'manualPost' ? 'cargo.passportRouted' : 'cargo.passportPending';
  return was !== kind || canonicalJson(now.conditions) !== canonicalJson(conditions);
}

/** The papers, held, with what others have left of them. Expired passports give back what they took. */
async function papersOnHand(
  deps: GateDeps,
  tx: Tx,
  { content, number }: State,
  envelope: Envelope,
): Promise<Map<string, PaperOnHand>> {
  const { papers: parts } = content;
  if (parts.length === 0) return new Map();
  await refresh(deps, tx, parts);
  const keys = parts.map(({ kind, no }) => ({ kind, no }));
  const [papers, expired] = await Promise.all([
    papersStore.lock(tx, keys),
    passports.lockExpiredOn(tx, parts.map(keyOf), envelope.occurredAt),
  ]);
  await expire(tx, expired, envelope);
  const [claimed, released] = await Promise.all([
    papersStore.claimedOf(tx, keys, number),
    deps.released(tx, papers),
  ]);
  return new Map(
    papers.map((paper) => {
      const key = keyOf(paper);
      const taken = claimed.filter((line) => keyOf(line) === key);
      return [key, { paper, left: leftOf(paper, taken), isReleased: released.has(key) }];
    }),
  );
}

/** Asks the owners of the papers what they say today. */
async function refresh(deps: GateDeps, tx: Tx, parts: readonly PaperPart[]): Promise<void> {
  for (const kind of new Set(parts.map((part) => part.kind))) {
    const nos = parts.filter((part) => part.kind === kind).map(({ no }) => no);
    const told = await deps.paperSources[kind]?.(tx, nos);
    if (told) await papersStore.save(tx, told);
  }
}

async function expire(tx: Tx, expired: readonly State[], envelope: Envelope): Promise<void> {
  const ended = expired.map((state) =>
    new Progress(state.number, state, envelope).push({
      kind: 'cargo.passportVoided',
      payload: { reason: 'expired', note: state.validUntil ?? '' },
    }),
  );
  await papersStore.giveBack(
    tx,
    ended.map(({ number }) => number),
  );
  await save(tx, ended);
}

function leftOf(paper: Paper, taken: readonly papersStore.ClaimedLine[]): Map<number, Decimal> {
  return new Map(
    paper.lines.map(({ lineNo, quantity }) => {
      const line = taken.find((each) => each.lineNo === lineNo);
      return [lineNo, subtract(decimal(quantity), decimal(line?.claimed ?? '0'))];
    }),
  );
}
