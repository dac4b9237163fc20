// What posts a list belongs to its type and mode; whatever comes in whatever order, it is pre-posted by the first and
// posted by the last of what it waits for, and posted back when its release is taken back: the ledger has it or not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envelopeAt } from '../../identity/index.ts';
import type { LedgerEvent } from '../contract.ts';
import { conditionsOf } from './conditions.ts';
import { ListInput } from './contract.ts';
import { type ListEvent, listStream, type NewListEvent } from './events.ts';
import { agree, apply, entryOf, follow, type ListState, purposeOf } from './list.ts';

const NO = 'QD222526I000000001';
const OTHER = 'QD222526E000000002';
const list = (changes: Partial<ListInput> = {}): ListInput =>
  ListInput.parse({
    ...{ no: NO, direction: 'in', lines: [{ lineNo: 1, part: 'STEEL', quantity: '10' }] },
    ...changes,
  });

test.each<[Partial<ListInput>, string]>([
  [{ declaration: 'D1' }, 'released crossed'],
  [{}, 'accepted crossed'],
  [{ type: 'enterFirst', declaration: 'D1' }, 'released crossed'],
  [{ type: 'domesticSale', declaration: 'D1', direction: 'out' }, 'released crossed'],
  [{ type: 'consolidated', declaration: 'D1' }, 'released'],
  [{ type: 'intraZone', otherSide: OTHER }, 'accepted otherSide'],
  [{ type: 'carriedOver', otherSide: OTHER, declaration: 'D1' }, 'released otherSide'],
  [{ mode: 'reverse', declaration: 'D1' }, 'released crossed'],
  [{ mode: 'none', declaration: 'D1' }, ''],
  [{ mode: 'checkOnly' }, ''],
])('%j waits for: %s', (changes, conditions) => {
  expect(conditionsOf(list(changes)).join(' ')).toBe(conditions);
});

test.each<[Partial<ListInput>, string, string, string]>([
  [{}, 'material', 'imported', 'ordinary'],
  [{ direction: 'out' }, 'material', 'reExported', 'ordinary'],
  [{ direction: 'out' }, 'finished', 'exported', 'ordinary'],
  [{ direction: 'out', type: 'domesticSale' }, 'finished', 'soldAtHome', 'ordinary'],
  [{ direction: 'out', type: 'carriedOver' }, 'finished', 'exported', 'carriedOver'],
  [{ direction: 'out', type: 'intraZone' }, 'material', 'reExported', 'transferredOut'],
  [{ isExchange: true }, 'finished', 'imported', 'exchanged'],
  [{ mode: 'reverse', reverses: OTHER }, 'material', 'reversed', 'ordinary'],
])('%j of %s is entered as %s, for %s', (changes, kind, entered, purpose) => {
  const event = entryOf(list(changes), () => kind as 'material', '2026-07-02T00:00:00.000Z', null);
  expect([event.kind, purposeOf(list(changes))]).toEqual([entered, purpose]);
  expect(event).toMatchObject({ id: listStream(NO), document: NO });
});

describe('whatever comes in whatever order', () => {
  const at = (day: number) => `2026-07-0${day}T00:00:00.000Z`;
  const tell = (state: ListState | null, news: NewListEvent, day: number): ListState => {
    const seq = (state?.version ?? 0) + 1;
    const envelope = envelopeAt(at(day), at(day), null);
    const stream = listStream(NO);
    return apply(state, { ...news, id: `${stream}@${seq}`, stream, seq, envelope } as ListEvent);
  };
  const content = list({ declaration: 'D1' });
  const filed = tell(
    null,
    {
      kind: 'bonded.listFiled',
      payload: { ledger: 'L', enterprise: 'E', office: 'O', content, contentHash: '' },
    },
    1,
  );
  const released: NewListEvent = {
    kind: 'bonded.listReleased',
    payload: { declaration: 'D1', evidence: 'r' },
  };
  const revoked: NewListEvent = {
    kind: 'bonded.listReleaseRevoked',
    payload: { declaration: 'D1', evidence: 'v' },
  };
  const crossed = (passport: string, isComplete: boolean): NewListEvent => ({
    kind: 'bonded.listCrossed',
    payload: { passport, isComplete, evidence: passport },
  });

  const NEWS = { released, revoked, part: crossed('P1', false), rest: crossed('P2', true) };
  type Name = keyof typeof NEWS;

  /** A ledger apart from ours: which entries stand. Now and then it refuses to take one back. */
  const entered = (standing: Set<string>, event: LedgerEvent, refuses: boolean): NewListEvent => {
    const isBack = event.kind === 'reversed';
    const isRefused = isBack && refuses;
    if (!isBack) standing.add(event.id);
    else if (!isRefused) standing.delete(event.reverses ?? '');
    const code = 'bonded.reversal_of_what_is_gone';
    return {
      kind: 'bonded.listEntered',
      payload: {
        ...{
          event: event.id,
          outcome: isRefused ? 'refused' : 'applied',
          seq: isRefused ? null : 1,
        },
        problems: isRefused ? [{ code, path: 'reverses' }] : [],
      },
    };
  };

  const story = (told: readonly Name[], refuses: boolean) => {
    const standing = new Set<string>();
    let state = filed;
    let sent = 0;
    const follows = (): void => {
      for (const next of follow(state, () => 'material', at(2), null)) {
        state = tell(state, next, 2);
        if (next.kind !== 'bonded.listPosted' && next.kind !== 'bonded.listPostedBack') continue;
        sent += 1;
        const { event } = next.payload;
        if (event !== null) state = tell(state, entered(standing, event, refuses), 2);
        follows();
      }
    };
    for (const name of told) {
      const isTold = name === 'released' || name === 'revoked' || state.posting !== 'posted';
      if (isTold) state = tell(state, NEWS[name], 2);
      follows();
    }
    return { state, standing, sent };
  };
  const names = fc.array(fc.constantFrom(...(Object.keys(NEWS) as Name[])), { minLength: 1 });
  const isWhole = (told: readonly Name[]): boolean =>
    told.includes('rest') &&
    told.findLast((it) => it === 'released' || it === 'revoked') === 'released';

  test('the ledger has its goods just when all it waits for is so', () => {
    fc.assert(
      fc.property(names, (told) => {
        const { state, standing } = story(told, false);
        expect(state.posting === 'posted').toBe(isWhole(told));
        expect(standing.size).toBe(isWhole(told) ? 1 : 0);
        expect(state.postedAt === null).toBe(!isWhole(told));
        const isBegun = isWhole(told) || told.includes('part') || told.includes('rest');
        if (isBegun) expect(state.posting).not.toBe('notPosted');
      }),
    );
  });

  test('goods that are gone stay posted, and the ledger is asked once for each revocation', () => {
    fc.assert(
      fc.property(names, (told) => {
        const { state, standing, sent } = story(told, true);
        expect(standing.size).toBeLessThanOrEqual(1);
        expect(state.posting === 'posted').toBe(standing.size === 1);
        expect(sent).toBeLessThanOrEqual(1 + told.filter((it) => it === 'revoked').length);
      }),
    );
  });
});

test.each<[string, Partial<ListInput>, boolean]>([
  ['what the other takes', {}, true],
  ['names another list', { otherSide: OTHER }, false],
  ['more', { lines: [{ ...list().lines[0], quantity: '10.00001' }] as ListInput['lines'] }, false],
  [
    'written otherwise',
    { lines: [{ ...list().lines[0], quantity: '10.0' }] as ListInput['lines'] },
    true,
  ],
  ['the same direction', { direction: 'in' }, false],
])('the two sides of a transfer: %s', (_name, changes, isSame) => {
  const one = list({ type: 'intraZone', otherSide: OTHER });
  const two = list({ type: 'intraZone', no: OTHER, otherSide: NO, direction: 'out' });
  expect(agree(one, { ...two, ...changes })).toBe(isSame);
});
