import { canonicalJson } from '../../kernel/canonical.ts';
import { type Decision, type DecisionEngine, NamedAim } from './contract.ts';
import { createEngine, type EngineOptions, type NamedScorers, type Scorer } from './engine.ts';
import type { RuleBook } from './rules/book.ts';

/** The engine a decision was made by, or `null` when some part of it is no longer to be had. */
export type EngineOf = (versions: Decision['versions']) => Promise<DecisionEngine | null>;

export interface ReplayerOptions extends Pick<EngineOptions, 'policy' | 'seed'> {
  readonly bookOf: (version: string) => Promise<RuleBook | null>;
  readonly modelOf: (version: string) => Promise<Scorer | null>;
}

/** Engines at hand: decisions that are replayed together were mostly made together. */
const ENGINES_KEPT = 4;

/** Puts engines of old versions together again, from the books and models that are kept for it. */
export function createReplayer({ policy, seed, bookOf, modelOf }: ReplayerOptions): EngineOf {
  const engines = new Map<string, DecisionEngine>();
  /** The models that `versions.named` names. */
  async function findNamed(text: string): Promise<NamedScorers> {
    const found: Record<'live' | 'shadow', Partial<Record<NamedAim, Scorer>>> = {
      ...{ live: {}, shadow: {} },
    };
    for (const [, aim, trial, version] of text.matchAll(/(\w+)(\/shadow)?:(\S+)/g)) {
      const model = await modelOf(version ?? '');
      const known = NamedAim.safeParse(aim);
      if (model && known.success) found[trial ? 'shadow' : 'live'][known.data] = model;
    }
    return found;
  }
  return async (versions) => {
    const wanted = canonicalJson(versions);
    const known = engines.get(wanted);
    if (known) return known;
    const find = async (version: string | null) => (version === null ? null : modelOf(version));
    const [book, model, shadow] = await Promise.all([
      bookOf(versions.rules),
      find(versions.model),
      find(versions.shadow),
    ]);
    const named = await findNamed(versions.named ?? '');
    if (!book) return null;
    const made = createEngine({ policy, seed, book, model, shadow, named });
    // Whatever is missing or has changed, an engine that names other versions is another engine.
    if (canonicalJson(made.versions) !== wanted) return null;
    if (engines.size >= ENGINES_KEPT) engines.clear();
    engines.set(wanted, made);
    return made;
  };
}
