import { add, decimal, toText } from '../../../../kernel/decimal.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { openCase } from '../../../cases/index.ts';
import { type Actor, authorise, envelopeOf } from '../../../identity/index.ts';
import { load as loadLedger } from '../../ledgers/service/registration.ts';
import { perform } from '../../rehearsal.ts';
import type { FilingDuty, Reason } from '../contract.ts';
import type { Owed } from '../duty.ts';
import { billOf, filingStream, type NewFilingEvent } from '../events.ts';
import { type FilingState, objection } from '../filing.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/filings.ts';
import * as rows from '../store/rows.ts';
import type { WriteOffDeps } from './deps.ts';
import { allAddUp, drawUp, owedFor, reasonsFor, shownRows } from './draw.ts';
import { advance, askedOf, audit, concerns, load, loadHeld } from './filed.ts';

/**
 * The enterprise stands for its filing, and the platform examines it: the rows are drawn again and must be the same,
 * duty and interest are assessed on every shortage, and where nothing asks for a person and nothing is owed, or what
 * is owed is covered, it is written off.
 */
export async function sign(
  deps: WriteOffDeps,
  actor: Actor,
  ledgerId: string,
  id: string,
  dryRun: boolean,
): Promise<FilingState> {
  const { db } = deps;
  const drafted = await load(db, ledgerId, id);
  const needed = permission.signingOf(drafted);
  authorise(actor, needed, concerns(drafted));
  if (drafted.signedBy === actor.personId) return drafted;
  const { content: ledger } = await loadLedger(db, ledgerId);
  const last = await store.findBefore(db, drafted);
  const asked = askedOf(drafted, ledger, last);
  const drawing = await drawUp(deps, db, asked);
  if (drawing.figuresHash !== drafted.figuresHash)
    throw new Refused('conflict', { code: 'bonded.filing_figures_changed', seen: id });
  if (!allAddUp(drawing))
    throw new Refused('conflict', { code: 'bonded.filing_does_not_add_up', seen: id });
  return perform(db, dryRun, async (tx) => {
    const before = await loadHeld(tx, ledgerId, id);
    const against = objection(before, 'sign');
    if (against) throw new Refused('conflict', against);
    const envelope = envelopeOf(deps, actor, { consignment: ledgerId });
    const about = { bill: billOf(id), at: envelope.occurredAt, last, opensOn: ledger.opensOn };
    const owed = owedFor(drawing, { ...about, stated: [] }, deps);
    const reasons = reasonsFor(drawing, asked, owed);
    const decided: NewFilingEvent[] = [
      { kind: 'bonded.filingSigned', payload: { figuresHash: drafted.figuresHash } },
      ...(await bill(deps, tx, before, owed, envelope)),
      ...(reasons.length > 0 ? [await refer(tx, before, reasons, envelope)] : []),
    ];
    await rows.saveRows(tx, id, shownRows(drawing, owed));
    const state = await advance(tx, before, decided, envelope);
    await audit(tx, actor, needed, envelope.recordedAt, state);
    return state;
  });
}

/** Writes what is owed into duty's ledger, where it is paid or a guarantee stands for it. */
export async function bill(
  deps: Pick<WriteOffDeps, 'duty'>,
  tx: Tx,
  { id, enterprise, office }: FilingState,
  { request, assessment }: Owed,
  envelope: Envelope,
): Promise<NewFilingEvent[]> {
  if (!request || !assessment) return [];
  const declaration = billOf(id);
  const parties = { payer: enterprise, declarant: enterprise, office };
  const at = envelope.occurredAt;
  const filing = { declaration, ...parties, at, amends: false, request };
  const prepared = (await deps.duty.filing.prepare(tx, [filing])).get(declaration);
  if (!prepared?.kept) throw new Refused('invalid', prepared?.problems ?? []);
  await deps.duty.filing.record(tx, [{ kept: prepared.kept, envelope }]);
  const [asked] = prepared.requirements;
  const interest = assessment.deferredInterest;
  const state: FilingDuty['state'] = !asked ? 'nothingOwed' : asked.metAt ? 'guaranteed' : 'open';
  const duty: FilingDuty = {
    ...{ bill: declaration, state, interest: interest?.amount ?? '0' },
    payable: toText(add(decimal(assessment.payable), decimal(interest?.amount ?? '0'))),
    taxes: assessment.taxes.map(({ kind, payable }) => ({ kind, payable })),
    interestFrom: interest?.firstDay ?? request.on,
    interestDays: interest?.days ?? 0,
  };
  return [{ kind: 'bonded.filingAssessed', payload: { duty } }];
}

async function refer(
  tx: Tx,
  { id, ledger, office }: FilingState,
  reasons: Reason[],
  envelope: Envelope,
): Promise<NewFilingEvent> {
  const caseId = await openCase(
    tx,
    {
      ...{ kind: 'discrepancy', about: filingStream(id), consignment: ledger, owners: [office] },
      title: { zh: `报核 ${id} 待人工审核`, en: `Write-off filing ${id} needs a decision` },
      findings: [],
    },
    envelope,
  );
  return { kind: 'bonded.filingReferred', payload: { reasons, caseId } };
}
