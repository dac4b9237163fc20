import { canonicalJson } from '../../../kernel/canonical.ts';
import { hs2 } from '../../../kernel/codes.ts';
import { type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { refusalsOf } from '../../../platform/input.ts';
import type { Log } from '../../../platform/log.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import type { DeclarationContent } from '../contract.ts';
import {
  type KeptRule,
  type ProhibitionAnswer,
  type ProhibitionLoad,
  ProhibitionRule,
  type ProhibitionSearch,
} from './contract.ts';
import { loadProhibitions, readProhibitions } from './permissions.ts';
import { type Findings, findingsOf, rulesFor } from './rule.ts';
import { shippedRules } from './shipped.ts';
import * as store from './store.ts';

/** How long another server of the port may still judge by what was in force before a load. */
const REREAD_MS = 15_000;

/**
 * The register of prohibitions and restrictions. The rules stand in memory, because every filing asks
 * them; what was shipped with the platform is entered once and never touches what somebody loaded.
 */
export async function createProhibitions({ db, clock, log }: { db: Db; clock: Clock; log: Log }) {
  let rules: readonly KeptRule[] = [];
  let byChapter: ReadonlyMap<string, readonly KeptRule[]> = new Map();
  let timer: NodeJS.Timeout | null = null;
  const reload = async (): Promise<void> => {
    rules = await store.listRules(db);
    byChapter = chaptersOf(rules);
  };
  const shipped = shippedRules();
  await inTransaction(db, async (tx) => {
    await store.lockRules(tx);
    await write(tx, shipped.rules, shipped, clock, (kept) => kept.source === shipped.source);
  });
  await reload();

  return {
    /** What the law in force on a day says of a declaration. */
    findingsOf(content: DeclarationContent, on: LocalDate): Findings {
      const chapters = new Set(content.lines.map(({ hsCode }) => hs2(hsCode ?? '')));
      const near = [...chapters].flatMap((chapter) => byChapter.get(chapter) ?? []);
      return findingsOf([...new Set(near)], content, on);
    },

    /** What applies to goods, for whoever asks before filing. */
    ask(actor: Actor, wanted: ProhibitionSearch): ProhibitionAnswer {
      authorise(actor, readProhibitions);
      const on = wanted.on ?? localDateOf(clock.now());
      return { on, rules: rulesFor(rules, wanted, on) };
    },

    /** Enters a version of some rules; loading it again changes nothing. One wrong rule refuses the load. */
    async load(
      actor: Actor,
      { rules: given, source, version }: ProhibitionLoad,
    ): Promise<{ written: number; unchanged: number }> {
      authorise(actor, loadProhibitions);
      const sound = read(given);
      const written = await inTransaction(db, async (tx) => {
        await store.lockRules(tx);
        const count = await write(tx, sound, { source, version }, clock, () => true);
        await recordAudit(tx, {
          ...{ actor, operation: loadProhibitions.operation, outcome: 'done', at: clock.now() },
          subjects: sound.map(({ id }) => `prohibition:${id}`),
          detail: { source, version, written: count },
        });
        return count;
      });
      await reload();
      return { written, unchanged: sound.length - written };
    },

    reload,
    start(): void {
      timer ??= setInterval(() => {
        reload().catch((error: unknown) => log.warn({ err: error }, 'The rules were not reread.'));
      }, REREAD_MS).unref();
    },
    stop(): void {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
export type Prohibitions = Awaited<ReturnType<typeof createProhibitions>>;

/** Rules by the chapters they speak of: a filing asks those of its own few. */
function chaptersOf(rules: readonly KeptRule[]): Map<string, KeptRule[]> {
  const found = new Map<string, KeptRule[]>();
  for (const rule of rules) {
    for (const chapter of new Set(rule.hs.map(hs2))) {
      found.set(chapter, [...(found.get(chapter) ?? []), rule]);
    }
  }
  return found;
}

/** Writes what is new or says something else; answers how many that were. */
async function write(
  tx: Tx,
  given: readonly ProhibitionRule[],
  { source, version }: { source: string; version: string },
  clock: Clock,
  mayReplace: (kept: KeptRule) => boolean,
): Promise<number> {
  const known = new Map((await store.listRules(tx)).map((kept) => [kept.id, kept]));
  const changed = given.filter((rule) => {
    const kept = known.get(rule.id);
    if (!kept) return true;
    return mayReplace(kept) && canonicalJson(ProhibitionRule.parse(kept)) !== canonicalJson(rule);
  });
  await store.saveRules(tx, changed, { source, version, at: clock.now() });
  return changed.length;
}

/** Every problem of every rule at once, each with its place. */
function read(given: readonly unknown[]): ProhibitionRule[] {
  const problems: Refusal[] = [];
  const ids = new Set<string>();
  const sound = given.flatMap((each, index) => {
    const parsed = ProhibitionRule.safeParse(each);
    if (!parsed.success) {
      for (const problem of refusalsOf(parsed.error, each)) {
        problems.push({ ...problem, path: `rules[${index}].${problem.path ?? ''}` });
      }
      return [];
    }
    const { id, from, to } = parsed.data;
    const path = `rules[${index}]`;
    if (ids.has(id)) problems.push({ code: 'clearance.prohibition_twice', path, seen: id });
    if (to !== null && to <= from) {
      problems.push({
        code: 'clearance.prohibition_ends_before_it_begins',
        path: `${path}.to`,
        seen: to,
      });
    }
    ids.add(id);
    return [parsed.data];
  });
  if (problems.length > 0) throw new Refused('invalid', problems);
  return sound;
}
