import { type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { createTurn } from '../../../platform/turn.ts';
import {
  type Actor,
  authorise,
  isPermitted,
  type Permission,
  recordAudit,
} from '../../identity/index.ts';
import {
  CHANGES_PAGE,
  type ChangeKind,
  type ListAnswer,
  type ListOverview,
  type ListUpload,
  type LoadedVersion,
  type ProposedVersion,
  type VersionDifference,
} from './contract.ts';
import { type Comparison, compareLists } from './difference.ts';
import { textIn } from './folder.ts';
import {
  acceptList,
  type KeptList,
  keptLists,
  latestOf,
  type ProposedList,
  proposedLists,
  proposeList,
  rejectList,
  rowsOf,
} from './kept.ts';
import { answerLists, proposeLists, readLists } from './permissions.ts';
import { shippedLists } from './shipped.ts';

interface ListsDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The folder of the official lists. */
  readonly kept: string;
}

interface Page {
  readonly change?: ChangeKind | undefined;
  readonly cursor: number;
}

/**
 * The official lists of a running port: which are in force and where they came from, what a version would
 * change, and its way into force, which takes two accounts.
 */
export function createLists({ db, clock, kept: folder }: ListsDeps) {
  const shipped = shippedControlLists();
  const compare = rememberingLast(folder);
  /** One change of the folder after another. */
  const inTurn = createTurn();

  const audited = async <T>(
    actor: Actor,
    { operation }: Permission,
    subject: string,
    detail: Readonly<Record<string, unknown>>,
    act: () => Promise<T>,
  ): Promise<T> => {
    const entry = { actor, operation, subjects: [subject], at: clock.now() };
    try {
      return await inTurn(() =>
        inTransaction(db, async (tx) => {
          await recordAudit(tx, { ...entry, outcome: 'done', detail });
          return act();
        }),
      );
    } catch (error) {
      if (error instanceof Refused && error.kind !== 'forbidden') {
        const told = { refusals: error.refusals };
        await recordAudit(db, { ...entry, outcome: 'refused', detail: told });
      }
      throw error;
    }
  };

  async function overview(actor: Actor): Promise<ListOverview> {
    authorise(actor, readLists);
    const today = localDateOf(clock.now());
    const [loaded, proposed] = await Promise.all([keptLists(folder), proposedLists(folder)]);
    return {
      shipped,
      loaded: loaded.map((each) => shownLoaded(each, today)).reverse(),
      proposed: proposed.map((each) => shownProposed(each, actor)),
    };
  }

  async function difference(
    actor: Actor,
    id: string,
    { change, cursor }: Page,
  ): Promise<VersionDifference> {
    authorise(actor, readLists);
    const today = localDateOf(clock.now());
    const loaded = await keptLists(folder);
    const proposed = (await proposedLists(folder)).find((each) => idOf(each) === id);
    const version = proposed ?? loaded.findLast((each) => idOf(each) === id);
    if (!version) throw notFound(id);
    const before = proposed
      ? latestOf(loaded, proposed.list)
      : latestOf(loaded.slice(0, loaded.indexOf(version as KeptList)), version.list);
    const { counts, changes, tell } = await compare(before, version);
    const chosen = change ? changes.filter((each) => each.change === change) : changes;
    const page = chosen.slice(cursor, cursor + CHANGES_PAGE);
    const end = cursor + page.length;
    return {
      version: proposed ? shownProposed(proposed, actor) : shownLoaded(version as KeptList, today),
      against: before && shownLoaded(before, today),
      ...counts,
      changes: page.map((each) => ({ ...each, fields: [...tell(each.row)] })),
      next: end < chosen.length ? end : null,
    };
  }

  return {
    overview,
    difference,

    /** Keeps what was sent until another account has answered; the rows that are wrong are set aside. */
    async propose(
      actor: Actor,
      list: string,
      said: ListUpload,
      bytes: Buffer,
    ): Promise<VersionDifference> {
      authorise(actor, proposeLists);
      const by = { proposedBy: actor.personId, post: actor.postId, proposedAt: clock.now() };
      await audited(actor, proposeLists, subjectOf(list), { ...said }, async () => {
        const given = { text: await textIn(bytes, list), said: { list, ...said } };
        const { isKnown } = await proposeList(folder, given, by);
        if (isKnown)
          throw new Refused('conflict', { code: 'chemicals.list_known', params: { list } });
      });
      const proposed = (await proposedLists(folder)).find((each) => each.list === list);
      return difference(actor, proposed ? idOf(proposed) : list, { cursor: 0 });
    },

    /** Another account's answer: in force from its day, or gone. */
    async answer(actor: Actor, id: string, answer: ListAnswer): Promise<ListOverview> {
      authorise(actor, answerLists);
      const { approve, against, note } = answer;
      const subject = subjectOf(id.slice(0, id.lastIndexOf('-')));
      await audited(actor, answerLists, subject, { id, approve, note }, async () => {
        const proposed = (await proposedLists(folder)).find((each) => idOf(each) === id);
        if (!proposed) throw notFound(id);
        if (isOwn(proposed, actor))
          throw new Refused('forbidden', { code: 'chemicals.list_own_answer', seen: id });
        if (!approve) return rejectList(folder, proposed);
        const current = latestOf(await keptLists(folder), proposed.list);
        if ((current && idOf(current)) !== against)
          throw new Refused('conflict', {
            code: 'chemicals.list_compared_with_other',
            params: { list: proposed.list, current: current?.version ?? '' },
          });
        await acceptList(folder, proposed, actor.personId, clock);
      });
      return overview(actor);
    },
  };
}
export type Lists = ReturnType<typeof createLists>;

const idOf = ({ file }: Pick<KeptList, 'file'>): string => file.replace(/\.gz$/, '');
const subjectOf = (list: string): string => `chemicalList:${list}`;
const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'chemicals.list_version_unknown', seen: id });

/** Whoever brought it, under any of their posts, and whoever holds the post it was brought from. */
const isOwn = ({ proposedBy, post }: ProposedList, { personId, postId }: Actor): boolean =>
  proposedBy === personId || (post !== null && post === postId);

const provenance = (kept: KeptList | ProposedList) => {
  const { list, source, version, from, rows, setAside, sha256 } = kept;
  return { id: idOf(kept), list, source, version, from, rows, setAside, sha256 };
};

function shownLoaded(kept: KeptList, today: LocalDate): LoadedVersion {
  const { from, to, loadedAt, proposedBy = null, approvedBy = null } = kept;
  const standing = from > today ? 'coming' : to !== null && to <= today ? 'ended' : 'inForce';
  return { ...provenance(kept), to, loadedAt, proposedBy, approvedBy, standing };
}

const shownProposed = (proposed: ProposedList, actor: Actor): ProposedVersion => ({
  ...provenance(proposed),
  proposedBy: proposed.proposedBy,
  proposedAt: proposed.proposedAt,
  mayAnswer: isPermitted(actor, answerLists) && !isOwn(proposed, actor),
});

/** Control lists of ours, and how much of each was compared with the law. */
function shippedControlLists(): ListOverview['shipped'] {
  const counts = new Map<string, { entries: number; compared: number }>();
  for (const { rows } of shippedLists().filter(({ list }) => list === 'memberships')) {
    for (const { attributes } of rows) {
      const known = counts.get(attributes.list ?? '') ?? { entries: 0, compared: 0 };
      known.entries += 1;
      if (attributes.foundation === 'text') known.compared += 1;
      counts.set(attributes.list ?? '', known);
    }
  }
  return [...counts].map(([list, count]) => ({ list, ...count }));
}

/** Comparing two large versions takes a second: the last is kept while somebody leafs through it. */
function rememberingLast(folder: string) {
  let last: { readonly key: string; readonly comparison: Comparison } | null = null;
  return async (before: KeptList | null, after: KeptList | ProposedList): Promise<Comparison> => {
    const key = `${before?.file} ${after.file} ${JSON.stringify([before?.mapping, after.mapping])}`;
    if (last?.key === key) return last.comparison;
    const old = before ? await rowsOf(folder, before) : [];
    const comparison = compareLists(old, await rowsOf(folder, after));
    last = { key, comparison };
    return comparison;
  };
}
