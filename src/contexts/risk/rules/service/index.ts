import { Refused } from '../../../../kernel/refusal.ts';
import type { Log } from '../../../../platform/log.ts';
import type { LiveEngine } from '../../live-engine.ts';
import type { SavedVersion } from '../rule.ts';
import { versionOf, workingVersion } from '../rule.ts';
import { createBooks } from './books.ts';
import type { RuleDeps } from './deps.ts';
import { createLists } from './lists.ts';
import { createRuleReads } from './read.ts';
import { createRuleActs, loadRule } from './rules.ts';

export interface RulesOptions extends Omit<RuleDeps, 'books'> {
  readonly log: Log;
  /** Decides by each book from the moment it comes into force. */
  readonly engine: LiveEngine;
  readonly pollMs?: number;
}

/** Officers' rules and lists: their lives, and the books they stand in. */
export function createRules(options: RulesOptions) {
  const { db, clock, log, engine, pollMs } = options;
  const books = createBooks({
    ...{ db, clock, log },
    ...(pollMs !== undefined && { pollMs }),
    use: (book) => engine.use({ book }),
  });
  const deps: RuleDeps = { ...options, books };
  return {
    acts: createRuleActs(deps),
    reads: createRuleReads(deps),
    lists: createLists(deps),
    books,
    /** A kept version, the newest if none is named, with its compiled condition: for back-tests. */
    async version(id: string, version: number | null): Promise<SavedVersion> {
      const state = await loadRule(db, id);
      if (!state) throw new Refused('not_found', { code: 'risk.rule_not_found', seen: id });
      return version === null ? workingVersion(state) : versionOf(state, version);
    },
  };
}
export type Rules = ReturnType<typeof createRules>;
