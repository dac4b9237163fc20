// People look at what programs sent. A message that was refused is laid out with the place of each fault, on both sides; it
// is tried, mended, sent, found again and taken along as a workbook; a partner that sent every day and stopped is noticed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROKER } from '../../src/contexts/clearance/fixtures.ts';
import type {
  MessageDetail,
  PartnerHealth,
  PlacedProblem,
} from '../../src/contexts/messages/inbox/contract.ts';
import { createManualClock } from '../../src/platform/clock.ts';
import { decMessage, mt1401 } from './messages-written.ts';
import { type Answer, openPort, type Player, type StoryPort } from './port.ts';

const AT = '/api/trade-messages';
const DAY_ONE = '2026-07-06';
const at = (day: number, time = '10:00'): string =>
  new Date(Date.parse(`${DAY_ONE}T${time}:00+08:00`) + day * 86_400_000).toISOString();
const clock = createManualClock(at(0));

let port: StoryPort;
beforeAll(async () => {
  port = await openPort({ clock });
});
afterAll(() => port?.close());

async function send(player: Player, message: string, path = ''): Promise<Answer['body']> {
  // A session does not outlive the days a story passes over.
  await port.done(player, 'GET', '/api/session');
  const response = await port.platform.app.request(`${AT}${path}`, {
    method: 'POST',
    headers: { cookie: await port.cookieOf(player) },
    body: message,
  });
  const body = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return body;
}

/** What a problem points at on both sides. */
const pointsAt = ({ raw }: Pick<MessageDetail, 'raw'>, { code, place, fields }: PlacedProblem) => [
  code,
  place && raw.slice(place.from, place.to),
  place?.isExact,
  fields.map(({ path }) => path),
];

describe('a message with faults', () => {
  // A weight that is no number, a country nobody knows, and no voyage.
  const wrong = decMessage('JH-1', 'COSU-IN-1', { gross: 'heavy' })
    .replace('<OriginCountry>DEU<', '<OriginCountry>ATLANTIS<')
    .replace('<VoyNo>041E</VoyNo>', '');
  const mended = decMessage('JH-1', 'COSU-IN-1');
  let refused: string;

  test('is tried: each fault is shown where it stands, in the text and in what was understood', async () => {
    const tried = await send('declarant', wrong, '/trial/view');
    expect(tried).toMatchObject({
      ...{ syntax: 'xml', raw: wrong, rawIsWhole: true, understoodIsWhole: true },
      trial: { rules: 'inForce', receipt: { outcome: 'refused', dryRun: true } },
    });
    expect(tried.problems.map((problem: PlacedProblem) => pointsAt(tried, problem))).toContainEqual(
      ['messages.not_a_number', '<GrossWet>heavy</GrossWet>', true, []],
    );
    const weighed = await send(
      'declarant',
      wrong.replace('<GrossWet>heavy<', '<GrossWet>1050<'),
      '/trial/view',
    );
    expect(weighed.problems.map((problem: PlacedProblem) => pointsAt(weighed, problem))).toEqual([
      ['messages.code_unknown', 'ATLANTIS', true, ['lines[0].originCountry']],
    ]);
    expect((await port.done('declarant', 'GET', AT)).rows).toEqual([]);
  });

  test('is refused when it is sent, and is laid out for whoever may read it', async () => {
    refused = (await send('declarant', wrong)).id;
    const detail = await port.done('officer', 'GET', `${AT}/${refused}`);
    expect(detail).toMatchObject({ sentBy: 'declarant', resent: [], receipt: { partner: BROKER } });
    expect(detail.problems.map((problem: PlacedProblem) => problem.document)).toContain(null);
    const understood = await port.as('declarant', 'GET', `${AT}/${refused}/understood`);
    expect(understood.body[0].lines[0].hsCode).toBe('8482102000');
    expect((await port.as('carrier', 'GET', `${AT}/${refused}/understood`)).status).toBe(404);
  });

  test('waits to be mended until the mended one is filed', async () => {
    const healthOf = async (): Promise<PartnerHealth> =>
      (await port.done('declarant', 'GET', `${AT}/partners`)).partners[0];
    expect((await healthOf()).oldestUnmended).toMatchObject({ id: refused });
    clock.set(at(0, '10:05'));
    const filed = await send('declarant', mended);
    expect(filed.outcome).toBe('filed');
    expect(await healthOf()).toMatchObject({
      ...{ oldestUnmended: null, received: 2, refused: 1, refusedPercent: 50, isSilent: false },
    });
    await port.done('declarant', 'POST', `${AT}/${filed.id}/resend`, { id: 'R1' });
    const { rows } = await port.done('declarant', 'GET', `${AT}?outcome=filed`);
    expect(rows).toMatchObject([
      {
        ...{ id: filed.id, reference: 'JH-1', problems: 0, resent: 1, signature: 'unsigned' },
        record: { kind: 'declaration', id: `${BROKER}.JH-1` },
      },
    ]);
  });
});

test('messages are found by what they say and became, and taken along as a workbook', async () => {
  await send('carrier', mt1401('CN_MT1401_9', 'COSU9001'));
  const found = async (query: string): Promise<string[]> =>
    (await port.done('officer', 'GET', `${AT}?${query}`)).rows.map(
      ({ reference, outcome }: { reference: string; outcome: string }) => `${reference} ${outcome}`,
    );
  expect(await found('kind=manifest')).toEqual(['CN_MT1401_9 filed']);
  expect(await found(`partner=${BROKER}&outcome=refused`)).toEqual(['JH-1 refused']);
  expect(await found('q=JH-')).toEqual(['JH-1 filed', 'JH-1 refused']);
  expect(await found(`q=${BROKER}.JH`)).toEqual(['JH-1 filed']);
  expect(await found('q=%25')).toEqual([]);
  const cookie = await port.cookieOf('officer');
  const workbook = await port.platform.app.request(`${AT}.xlsx?kind=manifest&language=en`, {
    headers: { cookie },
  });
  expect(workbook.headers.get('content-disposition')).toContain('messages.xlsx');
  expect(Buffer.from(await workbook.arrayBuffer()).toString('latin1', 0, 2)).toBe('PK');
});

test('who sent every day and stopped is silent; who rests as always is not', async () => {
  for (const day of [1, 2, 3, 4]) {
    clock.set(at(day));
    await send('carrier', mt1401(`CN_MT1401_${day}`, `COSU900${day + 1}`));
  }
  const of = async (partner: string): Promise<PartnerHealth[]> =>
    (await port.done('supervisor', 'GET', `${AT}/partners?partner=${partner}`)).partners;
  const [{ partner }] = (await port.done('carrier', 'GET', `${AT}/partners`)).partners;
  // Four pauses of a day, none longer: a day after the last there is nothing to ask.
  clock.set(at(5));
  expect(await of(partner)).toMatchObject([
    { longestPauseHours: 24, isSilent: false, received: 5, today: 0 },
  ]);
  clock.set(at(5, '10:01'));
  const [silent] = await of(partner);
  expect(silent).toMatchObject({ isSilent: true, oldestUnanswered: null });
  expect(silent?.days).toHaveLength(30);
  expect(silent?.days.slice(-6).map(({ day, received }) => [day, received])).toEqual([
    ['2026-07-06', 1],
    ['2026-07-07', 1],
    ['2026-07-08', 1],
    ['2026-07-09', 1],
    ['2026-07-10', 1],
    ['2026-07-11', 0],
  ]);
  // The broker sent on one day only: it has no habit to fall short of.
  expect(await of(BROKER)).toMatchObject([{ longestPauseHours: null, isSilent: false }]);
  // Each sees how its own connection fares, and no other.
  const other = await port.done('carrier', 'GET', `${AT}/partners?partner=${BROKER}`);
  expect(other.partners).toEqual([]);
});
