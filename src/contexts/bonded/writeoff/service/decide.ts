import type { z } from 'zod';
import { Refused } from '../../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, type Permission } from '../../../identity/index.ts';
import { load as loadLedger } from '../../ledgers/service/registration.ts';
import type { FilingAct, FilingConfirmation, FilingDecision } from '../contract.ts';
import type { Owed } from '../duty.ts';
import { billOf, type NewFilingEvent } from '../events.ts';
import { type FilingState, objection } from '../filing.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/filings.ts';
import * as rows from '../store/rows.ts';
import type { WriteOffDeps } from './deps.ts';
import { type DrawnFiling, drawUp, owedFor, shownRows } from './draw.ts';
import { advance, askedOf, audit, concerns, load, loadHeld } from './filed.ts';
import { bill } from './sign.ts';

/** Taking a draft back, and what officers decide: one proposes, another confirms. */
export function createDeciding(deps: WriteOffDeps) {
  const { db } = deps;

  const act = async (
    actor: Actor,
    held: { readonly ledger: string; readonly id: string; readonly act: FilingAct },
    needed: Permission,
    decide: (state: FilingState, tx: Tx) => Promise<NewFilingEvent[]>,
  ): Promise<FilingState> =>
    inTransaction(db, async (tx) => {
      const before = await loadHeld(tx, held.ledger, held.id);
      authorise(actor, needed, concerns(before));
      const against = objection(before, held.act);
      if (against) throw new Refused('conflict', against);
      const envelope = envelopeOf(deps, actor, { consignment: held.ledger });
      const state = await advance(tx, before, await decide(before, tx), envelope);
      await audit(tx, actor, needed, envelope.recordedAt, state);
      return state;
    });

  /** What is owed with what an officer states; drawn outside the transaction, for it reads the journal. */
  const owing = async (
    ledgerId: string,
    id: string,
    stated: FilingDecision['stated'],
  ): Promise<{ drawing: DrawnFiling; owed: Owed }> => {
    const state = await load(db, ledgerId, id);
    const { content: ledger } = await loadLedger(db, ledgerId);
    const last = await store.findBefore(db, state);
    const drawing = await drawUp(deps, db, askedOf(state, ledger, last));
    if (drawing.figuresHash !== state.figuresHash)
      throw new Refused('conflict', { code: 'bonded.filing_figures_changed', seen: id });
    const about = { bill: billOf(id), at: deps.clock.now(), last, opensOn: ledger.opensOn };
    return { drawing, owed: owedFor(drawing, { ...about, stated }, deps) };
  };

  return {
    /** Before it is signed, a draft is taken back by whoever may make one. */
    async withdraw(actor: Actor, ledger: string, id: string, note: string): Promise<FilingState> {
      const needed = permission.draftingOf(await load(db, ledger, id));
      return act(actor, { ledger, id, act: 'withdraw' }, needed, async () => [
        { kind: 'bonded.filingWithdrawn', payload: { note } },
      ]);
    },

    /** To write off, the duty of every shortage must be known: what is missing for it the officer states. */
    async decide(
      actor: Actor,
      ledger: string,
      id: string,
      said: FilingDecision,
    ): Promise<FilingState> {
      authorise(actor, permission.decideFiling, concerns(await load(db, ledger, id)));
      const owed = said.decision === 'writeOff' ? await owing(ledger, id, said.stated) : null;
      return act(actor, { ledger, id, act: 'decide' }, permission.decideFiling, async (state) => {
        if (state.signedBy === actor.personId)
          throw new Refused('forbidden', { code: 'bonded.filing_another_officer' });
        if (owed && state.duty === null) refuseUnassessed(owed.owed);
        return [{ kind: 'bonded.filingDecided', payload: said }];
      });
    },

    /** From here on the decision holds; where the two disagree, it is decided anew. */
    async confirm(
      actor: Actor,
      ledger: string,
      id: string,
      said: z.output<typeof FilingConfirmation>,
    ): Promise<FilingState> {
      const before = await load(db, ledger, id);
      authorise(actor, permission.decideFiling, concerns(before));
      const { decision } = before;
      const isWriteOff = said.agree && decision?.decision === 'writeOff';
      const owed = isWriteOff ? await owing(ledger, id, decision.stated) : null;
      const held = { ledger, id, act: 'confirm' as const };
      return act(actor, held, permission.decideFiling, async (state, tx) => {
        if (state.decision?.by === actor.personId)
          throw new Refused('forbidden', { code: 'bonded.filing_another_officer' });
        const envelope = envelopeOf(deps, actor, { consignment: ledger });
        const confirmed: NewFilingEvent = { kind: 'bonded.filingConfirmed', payload: said };
        if (!said.agree) return [confirmed];
        if (state.decision?.decision === 'return') {
          if (state.duty)
            await deps.duty.filing.reverse(tx, state.duty.bill, envelope, 'filingReturned');
          return [
            confirmed,
            { kind: 'bonded.filingReturned', payload: { note: state.decision.note } },
          ];
        }
        if (!owed || state.duty) return [confirmed];
        refuseUnassessed(owed.owed);
        await rows.saveRows(tx, id, shownRows(owed.drawing, owed.owed));
        return [...(await bill(deps, tx, state, owed.owed, envelope)), confirmed];
      });
    },
  };
}

function refuseUnassessed({ missing }: Owed): void {
  const problems = [...missing.values()].flat();
  if (problems.length > 0) throw new Refused('invalid', problems);
}
