import { canonicalJson } from '../../../kernel/canonical.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { billNumberOf } from '../contract.ts';
import { houseNumber, ownContent, type State } from './bill.ts';
import type { BillContent, HouseContent } from './contract.ts';
import type { Voyage } from './events.ts';
import { capacityOf, covers, takenOf } from './settle.ts';
import { type Story, said } from './story.ts';

/** A master bill with its house bills: what is amended, split and deleted as one. */
export interface Tree {
  readonly master: Story;
  /** By number; houses that are still to come are there as awaited bills. */
  readonly houses: ReadonlyMap<string, Story>;
}

/** The numbers of the houses a content has, under its master's. */
export const housesIn = (master: string, content: BillContent): string[] =>
  content.houses.map(({ number }) => houseNumber(master, billNumberOf(number ?? '')));

/**
 * Puts a new content in place of the old: the master's own words, houses that stay, come and go. What
 * declarations have taken stays covered on every bill; a change that would not leave as much is
 * refused, and so is taking goods away from a house that was claimed.
 */
export function amendTree(
  tree: Tree,
  content: BillContent,
  reason: string,
  envelope: Envelope,
): void {
  const { master } = tree;
  const before = master.now;
  const houses = housesIn(before.number, content);
  amendOne(master, ownContent(content), houses, reason, envelope);
  content.houses.forEach((house, index) => {
    const story = tree.houses.get(houses[index] ?? '');
    if (!story) throw new Error(`The house ${houses[index]} was not held.`);
    if (story.now.status === 'manifested') amendOne(story, house, [], reason, envelope);
    else beginHouse(story, before, house, envelope);
  });
  for (const number of before.houses) {
    const gone = houses.includes(number) ? undefined : tree.houses.get(number);
    gone?.push(envelope, { kind: 'cargo.billDeleted', payload: { reason } });
  }
  ensureCovered([master, ...tree.houses.values()]);
}

function amendOne(
  story: Story,
  content: HouseContent,
  houses: string[],
  reason: string,
  envelope: Envelope,
): void {
  const { content: before, houses: had } = story.now;
  if (!before) return;
  const same =
    canonicalJson(before) === canonicalJson(content) &&
    canonicalJson(had) === canonicalJson(houses);
  if (same) return;
  story.push(envelope, { kind: 'cargo.billAmended', payload: { before, content, houses, reason } });
}

/** A house that comes by splitting stands where its master stands: same voyage, same place, same order. */
function beginHouse(story: Story, master: State, content: HouseContent, envelope: Envelope): void {
  story.push(envelope, {
    kind: 'cargo.billManifested',
    payload: { voyage: voyageOf(master), master: master.number, houses: [], content },
  });
  if (master.arrived && !story.now.arrived) {
    const declarations = story.now.claims.map(({ declaration }) => declaration);
    const { premises } = master.arrived;
    story.push(envelope, {
      kind: 'cargo.arrived',
      payload: { bill: story.now.number, premises, declarations },
    });
  }
  if (master.doNotLoad) {
    const { reason, legalBasis } = master.doNotLoad;
    story.push(envelope, { kind: 'cargo.doNotLoad', legalBasis, payload: { reason, legalBasis } });
  }
}

export function voyageOf(state: State): Voyage {
  return {
    manifest: state.manifest ?? '',
    direction: state.direction ?? 'I',
    carrier: state.carrier,
    office: state.office,
    terminal: state.terminal,
    conveyance: { mode: state.mode, name: state.conveyance, registration: null },
    voyageNo: state.voyageNo,
    date: state.date,
    sailedAt: null,
  };
}

/** Takes a bill off the manifest with its houses; nothing of it may have been claimed. */
export function deleteTree({ master, houses }: Tree, reason: string, envelope: Envelope): void {
  const stories = [master, ...houses.values()];
  const claimed = stories.filter(isClaimed);
  if (claimed.length > 0) throw new Refused('conflict', claimed.map(alreadyClaimed));
  for (const story of stories) {
    if (story.now.status !== 'manifested') continue;
    story.push(envelope, { kind: 'cargo.billDeleted', payload: { reason } });
  }
}

/** What was claimed stays covered, bill by bill. */
function ensureCovered(stories: readonly Story[]): void {
  const refusals = stories.flatMap((story): Refusal[] => {
    const taken = takenOf(story.now.claims);
    const capacity = capacityOf(story.now);
    if (!isClaimed(story) || (capacity && covers(capacity, taken))) return [];
    if (!capacity || story.now.houses.length > 0) return [alreadyClaimed(story)];
    const { content, number } = story.now;
    return [
      {
        code: 'cargo.bill_below_claims',
        path: 'content',
        seen: said(content?.packages ?? 0, content?.grossMassKg ?? '0'),
        params: { bill: number, declarations: claimantsOf(story) },
      },
    ];
  });
  if (refusals.length > 0) throw new Refused('conflict', refusals);
}

const isClaimed = ({ now }: Story): boolean =>
  now.claims.some(({ status }) => status === 'matched');

const claimantsOf = ({ now }: Story): string =>
  now.claims
    .filter(({ status }) => status === 'matched')
    .map(({ declaration }) => declaration)
    .join(', ');

const alreadyClaimed = (story: Story): Refusal => ({
  code: 'cargo.bill_already_claimed',
  seen: story.now.number,
  params: { declarations: claimantsOf(story) },
});
