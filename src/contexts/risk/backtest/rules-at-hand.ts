import { localDateOf } from '../../../kernel/dates.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Fact } from '../../facts/index.ts';
import { selectionFacts } from '../facts.ts';
import { listsOn, type Rules } from '../rules/index.ts';
import { wordsOf } from '../rules/reading.ts';
import { listLists } from '../rules/store.ts';
import type { RulesAtHand } from './service.ts';

/** What selection says of the day's capacity is no word of a rule. */
const aboutSelection = new Set(selectionFacts.map(({ name }) => name));

/** Officers' rules and lists as back-tests ask for them. */
export const rulesAtHand = ({
  db,
  clock,
  rules,
  facts,
}: {
  readonly db: Db;
  readonly clock: Clock;
  readonly rules: Pick<Rules, 'books' | 'version'>;
  readonly facts: ReadonlyMap<string, Fact>;
}): RulesAtHand => ({
  async words() {
    const lists = await listLists(db);
    return wordsOf(
      new Map([...facts].filter(([name]) => !aboutSelection.has(name))),
      lists.filter(({ published }) => published !== null),
    );
  },
  async find(id, version) {
    const { expression, hash, canonical, sentence, ...saved } = await rules.version(id, version);
    if (!expression || hash === null || canonical === null || !sentence) return null;
    return { id, version: saved.version, expression, hash, canonical, sentence };
  },
  async live() {
    return rules.books.current.rules.filter(({ standing }) => standing === 'live');
  },
  async lists(names) {
    return listsOn(await rules.books.withLists(names), localDateOf(clock.now()));
  },
});
