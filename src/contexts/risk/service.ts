import { canonicalJson } from '../../kernel/canonical.ts';
import { Refused } from '../../kernel/refusal.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import { type Actor, authorise, isPermitted } from '../identity/index.ts';
import type { Decision, DecisionEngine, ShownDecision, SimilarCase } from './contract.ts';
import { replay } from './engine.ts';
import type { History } from './history.ts';
import { readDecision, readSampling, replayDecision } from './permissions.ts';
import type { EngineOf } from './replayer.ts';
import { findDecision, findSimilar, isExamined, readObservations } from './store.ts';
import { veiled } from './veil.ts';

export interface DecisionsOptions {
  readonly db: Db;
  readonly engine: DecisionEngine;
  /** The engine of some versions; left out, only decisions of the engine at hand replay. */
  readonly engineOf?: EngineOf;
}

/** Reading decisions and replaying them, each reader within its reach. */
export function createDecisions({ db, engine, engineOf = onlyThis(engine) }: DecisionsOptions) {
  async function get(id: string): Promise<Decision> {
    const decision = await findDecision(db, id);
    if (!decision) throw new Refused('not_found', { code: 'risk.decision_not_found', seen: id });
    return decision;
  }

  return {
    async read(actor: Actor, id: string): Promise<ShownDecision> {
      authorise(actor, readDecision);
      const decision = await get(id);
      authorise(actor, readDecision, { offices: officesOf(decision) });
      const mayKnow = isPermitted(actor, readSampling) || (await isExamined(db, id));
      return mayKnow ? decision : veiled(decision);
    },

    /** What examinations of consignments like this one found. */
    async similar(actor: Actor, id: string): Promise<SimilarCase[]> {
      authorise(actor, readDecision);
      const decision = await get(id);
      authorise(actor, readDecision, { offices: officesOf(decision) });
      return findSimilar(db, decision);
    },

    /**
     * Decides again from the stored facts, with the book and the model the decision was made by. A
     * decision of another engine or policy is refused, not called different: nothing can be said
     * about it with what is at hand.
     */
    async replay(actor: Actor, id: string): Promise<{ identical: boolean; decision: Decision }> {
      authorise(actor, replayDecision);
      const decision = await get(id);
      const made = await engineOf(decision.versions);
      if (made) return replay(made, decision);
      const told = (versions: Decision['versions']) =>
        Object.values(versions)
          .filter((version) => version)
          .join(' ');
      throw new Refused('conflict', {
        code: 'risk.versions_differ',
        params: { made: told(decision.versions), now: told(engine.versions) },
      });
    },
  };
}
export type Decisions = ReturnType<typeof createDecisions>;

const onlyThis =
  (engine: DecisionEngine): EngineOf =>
  async (versions) =>
    canonicalJson(versions) === canonicalJson(engine.versions) ? engine : null;

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
