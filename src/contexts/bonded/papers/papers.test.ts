// Papers say where they saw goods. A ledger of one site needs no telling; one of several is never guessed for.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factory, part } from '../ledgers/fixtures.ts';
import { openLedgers } from '../testing.ts';

let ledgers: Awaited<ReturnType<typeof openLedgers>>;
beforeAll(async () => {
  ledgers = await openLedgers('2026-07-03T01:00:00.000Z');
});
afterAll(() => ledgers.close());

const slip = (id: string, more: object = {}) => ({
  ...{ id, kind: 'slip', at: '2026-07-02T01:00:00.000Z', part: 'steel', quantity: '3' },
  ...{ tells: 'issued', ...more },
});

async function desk(ledger: string, sites: readonly string[]) {
  await ledgers.open(ledger, { sites });
  const ask = ledgers.askAs(factory);
  const at = `/api/bonded/ledgers/${ledger}`;
  await ask('POST', `${at}/parts`, { parts: [part('steel')] });
  return {
    bring: (...papers: object[]) => ask('POST', `${at}/papers`, { papers }),
    places: async () => {
      const { rows } = (await ask('GET', `${at}/papers`)) as {
        rows: { id: string; site: string }[];
      };
      return rows.map(({ id, site }) => [id, site]);
    },
  };
}

test('in a ledger of one site a paper is of that site, said or not', async () => {
  const { bring, places } = await desk('H2218PAPER1', ['plant']);
  expect(await bring(slip('P1'))).toMatchObject({ taken: 1 });
  expect(await bring(slip('P1', { site: 'plant' }))).toMatchObject({ taken: 0, same: 1 });
  expect(await places()).toEqual([['P1', 'plant']]);
});

test('in a ledger of several the site is asked for, and nothing of the request is taken', async () => {
  const { bring, places } = await desk('H2218PAPER2', ['main', 'second']);
  const taken = { id: 'P3', kind: 'cancellation', document: 'E1', tells: null };
  await expect(bring(slip('P1'), slip('P2', { site: 'second' }))).rejects.toMatchObject({
    refusals: [
      {
        ...{ code: 'bonded.paper_without_site', path: 'papers[0].site' },
        params: { sites: 'main, second' },
      },
    ],
  });
  expect(await places()).toEqual([]);
  await bring(slip('P1', { site: 'main' }), slip('P2', { site: 'second' }), slip('P3', taken));
  expect(await places()).toEqual([
    ['P1', 'main'],
    ['P2', 'second'],
    ['P3', 'main'],
  ]);
});
