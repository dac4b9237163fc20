import { contentHash } from '../../../kernel/canonical.ts';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import { ROUTES } from '../engine/routes.ts';
import { ledgerStream } from '../ledgers/events.ts';
import { type ActDeps, actOn, ledgerFor } from '../ledgers/service/act.ts';
import { load } from '../ledgers/service/registration.ts';
import type { PaperContent, PaperInput, PaperSearch, PapersOutcome } from './contract.ts';
import { bringPapers } from './permissions.ts';
import * as store from './store.ts';

/** Records beside the journal, by which differences are explained. They move nothing. */
export function createPapers(deps: ActDeps) {
  return {
    /** Adds papers, all or none. The same again changes nothing; an id with other content is refused. */
    bring(actor: Actor, ledger: string, papers: readonly PaperInput[]): Promise<PapersOutcome> {
      return actOn(deps, actor, ledger, bringPapers, async (tx, envelope) => {
        const { sites } = (await load(tx, ledger)).content;
        const said = papers.map((paper) => {
          const content = { ...paper, site: siteOf(paper, sites) };
          return { content, hash: contentHash(content) };
        });
        const ids = papers.map(({ id }) => id);
        const known = await store.findHashes(tx, ledger, ids);
        const fresh: typeof said = [];
        const problems = said.flatMap(({ content, hash }, index) => {
          const before = known.get(content.id);
          if (before === undefined) {
            known.set(content.id, hash);
            fresh.push({ content, hash });
          }
          const isOther = before !== undefined && before !== hash;
          return problemsOf(content, `papers[${index}]`, sites, isOther);
        });
        if (problems.length > 0) throw new Refused('invalid', problems);
        const last = await store.count(tx, ledger);
        const { recordedAt: at, actor: by } = envelope;
        await store.add(tx, ledger, last, fresh, { at, by });
        const same = papers.length - fresh.length;
        const answer = { taken: fresh.length, same, papers: last + fresh.length };
        return { answer, subject: ledgerStream(ledger), detail: answer };
      });
    },
    async list(actor: Actor, ledger: string, wanted: PaperSearch) {
      await ledgerFor(deps.db, actor, ledger, readBooks);
      return store.list(deps.db, ledger, wanted);
    },
  };
}
export type Papers = ReturnType<typeof createPapers>;

/** Nothing where it cannot be known. A note that an event was taken back saw no goods: it is kept with the first site. */
function siteOf({ site, kind }: PaperInput, [first = '', ...others]: readonly string[]): string {
  return site ?? (others.length === 0 || kind === 'cancellation' ? first : '');
}

function problemsOf(
  paper: PaperContent,
  path: string,
  sites: readonly string[],
  isOther: boolean,
): Refusal[] {
  const problems: Refusal[] = [];
  for (const field of ['site', 'toSite'] as const) {
    const site = paper[field];
    if (site === '')
      problems.push({
        ...{ code: 'bonded.paper_without_site', path: `${path}.${field}` },
        params: { sites: sites.join(', ') },
      });
    else if (site !== null && !sites.includes(site))
      problems.push({ code: 'bonded.site_unknown', path: `${path}.${field}`, seen: seen(site) });
  }
  if (isOther)
    problems.push({ code: 'bonded.paper_id_taken', path: `${path}.id`, seen: seen(paper.id) });
  const isTold = paper.from !== null || paper.to !== null || ROUTES[paper.tells ?? 'reversed'];
  if (paper.kind !== 'cancellation' && !isTold)
    problems.push({ code: 'bonded.paper_tells_nothing', path: `${path}.tells`, seen: paper.id });
  if (paper.kind === 'cancellation' && paper.document === null)
    problems.push({ code: 'bonded.paper_of_nothing', path: `${path}.document`, seen: paper.id });
  return problems;
}
