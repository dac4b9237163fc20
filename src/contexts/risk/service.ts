import { Refused } from '../../kernel/refusal.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import { type Actor, authorise } from '../identity/index.ts';
import type { Decision, DecisionEngine } from './contract.ts';
import { replay } from './engine.ts';
import type { History } from './history.ts';
import { readDecision, replayDecision } from './permissions.ts';
import { findDecision, readObservations } from './store.ts';

/** Reading decisions and replaying them, each reader within its reach. */
export function createDecisions({ db, engine }: { db: Db; engine: DecisionEngine }) {
  async function get(id: string): Promise<Decision> {
    const decision = await findDecision(db, id);
    if (!decision) throw new Refused('not_found', { code: 'risk.decision_not_found', seen: id });
    return decision;
  }

  return {
    async read(actor: Actor, id: string): Promise<Decision> {
      authorise(actor, readDecision);
      const decision = await get(id);
      authorise(actor, readDecision, { offices: officesOf(decision) });
      return decision;
    },

    /**
     * Decides again from the stored facts. A decision of other versions is refused, not called
     * different: nothing can be said about it with the engine at hand.
     */
    async replay(actor: Actor, id: string): Promise<{ identical: boolean; decision: Decision }> {
      authorise(actor, replayDecision);
      const decision = await get(id);
      const { engine: made, policy, checks } = decision.versions;
      const now = engine.versions;
      if (made !== now.engine || policy !== now.policy || checks !== now.checks) {
        throw new Refused('conflict', {
          code: 'risk.versions_differ',
          params: { made: `${made} ${policy} ${checks}`, now: Object.values(now).join(' ') },
        });
      }
      return replay(engine, decision);
    },
  };
}
export type Decisions = ReturnType<typeof createDecisions>;

/** Fills a history from what was decided so far, at the start of the server; says how many. */
export async function rebuildHistory(db: Db, history: History): Promise<number> {
  let observations = 0;
  for await (const { facts, decidedOn } of readObservations(db)) {
    history.observe(facts, decidedOn);
    observations += 1;
  }
  return observations;
}

const officesOf = ({ facts }: Decision): (string | null)[] =>
  [facts['declaration.office'], facts['declaration.borderOffice']].map((office) =>
    typeof office === 'string' ? office : null,
  );
