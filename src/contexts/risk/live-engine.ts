import type { DecisionEngine } from './contract.ts';
import { createEngine, type EngineOptions } from './engine.ts';

/** The parts of an engine that change while a server runs. */
export type EngineParts = Pick<EngineOptions, 'book' | 'model' | 'shadow' | 'named'>;

export interface LiveEngine extends DecisionEngine {
  /**
   * Decides with these parts from the next decision on. The new engine is built, and its rules are
   * compiled, before it takes over: no decision waits, none is dropped, and one under way keeps the
   * engine it began with.
   */
  use(parts: EngineParts): void;
}

/** An engine whose book and models are swapped by reference. */
export function createLiveEngine(options: EngineOptions): LiveEngine {
  let parts = options;
  let engine = createEngine(parts);
  let day: string | null = null;
  return {
    get versions() {
      return engine.versions;
    },
    decide(subject, decidedOn, facts) {
      day = decidedOn;
      return engine.decide(subject, decidedOn, facts);
    },
    use(changed) {
      parts = { ...parts, ...changed };
      const next = createEngine(parts);
      // Rules are compiled for a day: for the day decisions are being made about, before they wait for it.
      if (day !== null) next.decide('', day, {});
      engine = next;
    },
  };
}
