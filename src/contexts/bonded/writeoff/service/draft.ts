import { contentHash } from '../../../../kernel/canonical.ts';
import { addDays, localDateOf } from '../../../../kernel/dates.ts';
import { place } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, envelopeOf } from '../../../identity/index.ts';
import type { LedgerInput } from '../../contract.ts';
import { findHead } from '../../journal/store/entries.ts';
import { ledgerFor, requireOpen } from '../../ledgers/service/act.ts';
import { load as loadLedger } from '../../ledgers/service/registration.ts';
import * as ledgers from '../../ledgers/store/ledgers.ts';
import { perform } from '../../rehearsal.ts';
import type { FilingDraft } from '../contract.ts';
import { billOf, type Drafted, type FilingEvent, filingStream } from '../events.ts';
import { type FilingState, fold } from '../filing.ts';
import { endOf } from '../period.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/filings.ts';
import * as rows from '../store/rows.ts';
import type { WriteOffDeps } from './deps.ts';
import { type Asked, type DrawnFiling, drawUp, owedFor, shownRows, totalsOf } from './draw.ts';
import { audit, toleranceFor } from './filed.ts';

/** Drafts a filing from the journal. The same id with the same content is the same filing; other content is refused. */
export async function draft(
  deps: WriteOffDeps,
  actor: Actor,
  ledgerId: string,
  said: FilingDraft,
): Promise<FilingState> {
  const { db, clock } = deps;
  const needed = permission.draftingOf(said);
  const head = await ledgerFor(db, actor, ledgerId, needed);
  requireOpen(head);
  const { dryRun, ...asIs } = said;
  const hash = contentHash({ ledger: ledgerId, ...asIs });
  const known = await store.find(db, said.id);
  if (known) return again(known, hash);

  const { content: ledger } = await loadLedger(db, ledgerId);
  const { asked, from } = await periodOf(db, ledger, said, clock.now());
  const drawing = await drawUp(deps, db, asked);
  refuseOrder(drawing, asked);
  return perform(db, dryRun, async (tx) => {
    await ledgers.lock(tx, ledgerId);
    const taken = await store.find(tx, said.id);
    if (taken) return again(taken, hash);
    await refuseBeside(tx, ledgerId, asked);
    const envelope = envelopeOf(deps, actor, { consignment: ledgerId });
    const at = envelope.occurredAt;
    const bill = billOf(said.id);
    const about = { bill, at, last: asked.last, opensOn: ledger.opensOn, stated: [] };
    const owed = owedFor(drawing, about, deps);
    const drafted: Drafted = {
      ...{ ledger: ledgerId, enterprise: ledger.enterprise, office: ledger.office },
      ...{ number: (asked.last?.number ?? 0) + 1, kind: said.kind, contentHash: hash },
      ...{ from, through: asked.through, lastSeq: asked.lastSeq, stocktake: asked.stocktake },
      ...{ evidence: drawing.evidence, figuresHash: drawing.figuresHash },
      ...{ tolerance: asked.tolerance, totals: totalsOf(drawing, owed) },
      nextFrom: drawing.gathered.nextFrom,
    };
    const decided = { kind: 'bonded.filingDrafted' as const, payload: drafted };
    const events = place(filingStream(said.id), 0, [decided], envelope) as FilingEvent[];
    const state = fold(events) as FilingState;
    await store.insert(tx, state);
    await rows.insertRows(tx, said.id, shownRows(drawing, owed));
    await rows.insertAdjustments(tx, said.id, drawing.adjustments);
    await append(tx, events);
    await audit(tx, actor, needed, envelope.recordedAt, state);
    return state;
  });
}

function again(known: FilingState, hash: string): FilingState {
  if (known.contentHash === hash) return known;
  throw new Refused('conflict', {
    ...{ code: 'bonded.filing_id_has_other_content', path: 'id', seen: known.id },
  });
}

/** From the day after the filing before, or from the day the ledger opened, through the day that was asked. */
async function periodOf(
  db: Db,
  ledger: LedgerInput,
  said: FilingDraft,
  now: string,
): Promise<{ asked: Asked; from: string }> {
  const last = await store.findLast(db, ledger.id);
  const problems: Refusal[] = [];
  const isLate = said.kind === 'supplementary';
  const from = isLate
    ? (last?.from ?? ledger.opensOn)
    : last === null
      ? ledger.opensOn
      : addDays(last.through, 1);
  const through = isLate ? last?.through : said.through;
  if (isLate && last === null) problems.push({ code: 'bonded.filing_nothing_filed', path: 'kind' });
  if (isLate && said.through !== undefined)
    problems.push({ code: 'bonded.filing_period_is_that', path: 'through', seen: said.through });
  if (isLate && said.stocktake !== null)
    problems.push({ code: 'bonded.filing_count_is_that', path: 'stocktake', seen: said.stocktake });
  if (!isLate && through === undefined)
    problems.push({ code: 'bonded.filing_through_missing', path: 'through' });
  if (!isLate && through !== undefined) {
    const params = { from, today: localDateOf(now) };
    if (through < from)
      problems.push({ code: 'bonded.filing_period_filed', path: 'through', seen: through, params });
    if (endOf(through) > now)
      problems.push({ code: 'bonded.filing_period_open', path: 'through', seen: through, params });
    if (ledger.closesOn !== null && through >= ledger.closesOn)
      problems.push({
        ...{ code: 'bonded.filing_after_ledger', path: 'through', seen: through },
        params: { closesOn: ledger.closesOn },
      });
  }
  if (problems.length > 0 || through === undefined) throw new Refused('invalid', problems);
  const lastSeq = await findHead(db, ledger.id);
  const tolerance = toleranceFor(ledger, through);
  const site = ledger.sites[0] ?? '';
  const { kind, stocktake } = said;
  return {
    asked: { ledger: ledger.id, kind, through, lastSeq, stocktake, tolerance, site, last },
    from,
  };
}

/** What came late is filed for its own period first. */
function refuseOrder({ gathered, evidence }: DrawnFiling, { kind, stocktake }: Asked): void {
  const problems: Refusal[] = [];
  const { late } = gathered;
  if (kind !== 'supplementary' && late > 0)
    problems.push({ code: 'bonded.filing_supplement_first', params: { count: late } });
  if (kind === 'supplementary' && late === 0) problems.push({ code: 'bonded.filing_nothing_late' });
  if (stocktake !== null && evidence === null)
    problems.push({ code: 'bonded.filing_count_unknown', path: 'stocktake', seen: stocktake });
  if (gathered.unknownToCount > 0)
    problems.push({
      ...{ code: 'bonded.filing_count_stale', path: 'stocktake', seen: stocktake ?? '' },
      params: { count: gathered.unknownToCount },
    });
  if (problems.length > 0) throw new Refused('conflict', problems);
}

/** One filing of a ledger at a time; and the one before it is still the one it was drawn from. */
async function refuseBeside(tx: Tx, ledger: string, { last }: Asked): Promise<void> {
  const open = await store.findOpen(tx, ledger);
  if (open)
    throw new Refused('conflict', {
      ...{ code: 'bonded.filing_another_open', seen: open.id, params: { status: open.status } },
    });
  if ((await store.findLast(tx, ledger))?.id !== last?.id)
    throw new Refused('conflict', { code: 'bonded.filing_moved_on', seen: ledger });
}
