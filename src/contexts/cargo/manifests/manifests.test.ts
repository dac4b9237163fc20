// Manifests on a real PostgreSQL: filed from abroad, returned whole when wrong, divided into house bills,
// amended before and after the goods arrive.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { BillContent, BillSearch } from './contract.ts';
import {
  actor,
  bill,
  CARRIER,
  carrier,
  claim,
  IMPORTER,
  officer,
  openQuay,
  type Quay,
  terminal,
  voyage,
} from './fixtures.ts';

let database: TestDatabase;
let quay: Quay;
beforeAll(async () => {
  database = await testDatabase();
  quay = openQuay(database.db);
});
afterAll(() => database.drop());

describe('a manifest', () => {
  test('is filed before the ship comes: its bills are assessed and can be declared', async () => {
    const number = await quay.manifested();
    expect(await quay.kindsOf(number)).toEqual(['billManifested', 'assessed']);
    expect(await quay.detail(number)).toMatchObject({
      bill: {
        status: 'manifested',
        carrier: CARRIER,
        office: '2225',
        assessment: { lane: 'green' },
      },
      left: { packages: 10, grossMassKg: '1050' },
    });
    const seenByCarrier = await quay.manifests.reads.detail(carrier, number);
    expect(seenByCarrier.bill.assessment).toBeNull();
    expect(seenByCarrier.timeline.map(({ kind }) => kind)).not.toContain('cargo.assessed');
  });

  test('filed again is the same; other content under its id is refused, both shown', async () => {
    const filing = voyage(quay.next('M'), [bill(quay.next('COSU'))]);
    const first = await quay.manifests.file(carrier, filing);
    expect(await quay.manifests.file(carrier, filing)).toEqual({ ...first, repeated: true });
    const other = { ...filing, date: '2026-07-05' };
    await expect(quay.manifests.file(carrier, other)).rejects.toThrow(
      'cargo.manifest_id_has_other_content',
    );
  });

  test('with an error is returned whole, every problem with its path, and may be mended', async () => {
    const id = quay.next('M');
    const good = bill(quay.next('COSU'));
    const bad = bill(quay.next('COSU'), {
      packages: 0,
      grossMassKg: 'much',
      loadingPort: 'Hamburg',
      containers: [{ number: 'CSQU3054384' }, { number: 'BOX' }],
    });
    const answer = await quay.manifests.file(carrier, voyage(id, [good, bad], { office: 'XX' }));
    expect(answer.outcome).toBe('returned');
    expect(answer.problems.map(({ code, path }) => `${code} ${path}`).sort()).toEqual(
      [
        'cargo.code_not_in_force office',
        'cargo.container_check_digit bills[1].containers[0].number',
        'cargo.container_shape bills[1].containers[1].number',
        'cargo.must_be_positive bills[1].grossMassKg',
        'cargo.must_be_positive bills[1].packages',
        'cargo.port_shape bills[1].loadingPort',
      ].sort(),
    );
    expect(await quay.kindsOf(String(good.number))).toEqual([]);
    expect(await quay.manifests.file(carrier, voyage(id, [good]))).toMatchObject({
      outcome: 'accepted',
      repeated: false,
    });
  });

  test('a slip in a check digit is told and let through', async () => {
    const slip = bill(quay.next('COSU'), { containers: [{ number: 'CSQU3054384', seals: [] }] });
    const answer = await quay.manifests.file(carrier, voyage(quay.next('M'), [slip]));
    expect(answer).toMatchObject({
      outcome: 'accepted',
      bills: [{ problems: [{ code: 'cargo.container_check_digit', params: { expected: 3 } }] }],
    });
  });

  test('a dry run answers the same and keeps nothing', async () => {
    const number = quay.next('COSU');
    const filing = voyage(quay.next('M'), [bill(number)]);
    const rehearsed = await quay.manifests.file(carrier, filing, { dryRun: true });
    expect(await quay.kindsOf(number)).toEqual([]);
    expect(await quay.manifests.file(carrier, filing)).toEqual(rehearsed);
  });

  test('a bill stands on one manifest; another that has it is told which', async () => {
    const number = await quay.manifested();
    const answer = await quay.manifests.file(carrier, voyage(quay.next('M'), [bill(number)]));
    expect(answer).toMatchObject({
      outcome: 'returned',
      problems: [{ code: 'cargo.bill_already_manifested', path: 'bills[0].number', seen: number }],
    });
  });

  test('of two that carry the same bill at the same time one is accepted', async () => {
    const number = quay.next('COSU');
    const answers = await Promise.all(
      [1, 2].map(() => quay.manifests.file(carrier, voyage(quay.next('M'), [bill(number)]))),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'returned']);
  });

  test('a large one comes in parts, which agree on the voyage', async () => {
    const id = quay.next('M');
    const part = (number: number, changes = {}) =>
      quay.manifests.file(
        carrier,
        voyage(id, [bill(quay.next('COSU'))], { part: { number, of: 2 }, ...changes }),
      );
    await part(2);
    await expect(part(1, { voyageNo: '042E' })).rejects.toThrow('cargo.parts_disagree');
    await part(1);
    const page = await quay.manifests.reads.listManifests(officer, { q: id, limit: 50 });
    expect(page.rows).toMatchObject([{ id, parts: 2, of: 2, bills: 2 }]);
  });

  test('is filed for oneself only', async () => {
    const stranger = actor('stranger', 'carrier', { organisationId: IMPORTER });
    await expect(
      quay.manifests.file(stranger, voyage(quay.next('M'), [bill(quay.next('COSU'))])),
    ).rejects.toThrow('identity.not_permitted');
  });
});

describe('house bills', () => {
  const houses = [
    bill('H1', { packages: 4, grossMassKg: '450.5' }),
    bill('H2', { packages: 6, grossMassKg: '599.5' }),
  ];

  test('add up to their master, and goods are declared on them', async () => {
    const number = await quay.manifested({ houses });
    const [onMaster, onHouse] = await quay.declare(
      claim(quay.next('D'), number, 10, '1050'),
      claim(quay.next('D'), `${number}*H1`, 4, '450.5'),
    );
    expect(onMaster?.problems[0]?.code).toBe('cargo.bill_is_consolidated');
    expect(onHouse?.problems).toEqual([]);
    expect((await quay.detail(number)).houses).toMatchObject([
      { number: `${number}*H1`, left: { packages: 0, grossMassKg: '0' }, claims: 1 },
      { number: `${number}*H2`, left: { packages: 6, grossMassKg: '599.5' }, claims: 0 },
    ]);
  });

  test('that do not add up are returned, with both sums', async () => {
    const short = [houses[0] ?? bill('H1'), bill('H2', { packages: 5, grossMassKg: '599.4' })];
    const answer = await quay.manifests.file(
      carrier,
      voyage(quay.next('M'), [bill(quay.next('COSU'), { houses: short })]),
    );
    expect(answer.problems).toMatchObject([
      {
        code: 'cargo.houses_disagree',
        path: 'bills[0].packages',
        seen: '10',
        params: { houses: 9 },
      },
      { code: 'cargo.houses_disagree', path: 'bills[0].grossMassKg', params: { houses: '1049.9' } },
    ]);
  });

  test('come by splitting a bill, and go by amending it; what was declared is not split away', async () => {
    const number = await quay.manifested();
    await quay.manifests.acts.split(carrier, number, {
      houses: [
        { ...emptyHouse('H1'), packages: 3, grossMassKg: '300' },
        { ...emptyHouse('H2'), packages: 7, grossMassKg: '750' },
      ],
      reason: '分拨',
    });
    await quay.declare(claim(quay.next('D'), `${number}*H2`, 1, '100'));
    const merged = { content: contentOf(bill(number)), reason: '合并' };
    await expect(quay.manifests.acts.amend(carrier, number, merged)).rejects.toThrow(
      'cargo.bill_already_claimed',
    );
    const whole = await quay.manifested();
    await quay.declare(claim(quay.next('D'), whole, 1, '100'));
    await expect(
      quay.manifests.acts.split(carrier, whole, {
        houses: [
          { ...emptyHouse('H1'), packages: 3, grossMassKg: '300' },
          { ...emptyHouse('H2'), packages: 7, grossMassKg: '750' },
        ],
        reason: '分拨',
      }),
    ).rejects.toThrow('cargo.bill_already_claimed');
  });
});

describe('an amendment', () => {
  test('before arrival is made at once, and keeps what was before', async () => {
    const number = await quay.manifested();
    const content = contentOf(bill(number, { packages: 12 }));
    await quay.manifests.acts.amend(carrier, number, { content, reason: '漏计两件' });
    const [event] = (await readStream(database.db, `bill:${number}`)).slice(-1);
    expect(event).toMatchObject({
      kind: 'cargo.billAmended',
      payload: { before: { packages: 10 }, content: { packages: 12 }, reason: '漏计两件' },
    });
    await expect(
      quay.manifests.acts.amend(carrier, number, { content, reason: '再次' }),
    ).rejects.toThrow('cargo.nothing_amended');
  });

  test('never leaves less than was declared', async () => {
    const number = await quay.manifested();
    await quay.declare(claim(quay.next('D'), number, 7, '700'));
    const content = contentOf(bill(number, { packages: 6 }));
    await expect(
      quay.manifests.acts.amend(carrier, number, { content, reason: '少' }),
    ).rejects.toThrow('cargo.bill_below_claims');
    await expect(quay.manifests.acts.delete(carrier, number, { reason: '误传' })).rejects.toThrow(
      'cargo.bill_already_claimed',
    );
  });

  test('after arrival is proposed, and answered by an officer and nobody else', async () => {
    const number = await quay.manifested();
    await quay.report('arrival', [{ number }]);
    const content = contentOf(bill(number, { packages: 12 }));
    const proposed = await quay.manifests.acts.amend(carrier, number, { content, reason: '漏计' });
    expect(proposed).toMatchObject({ content: { packages: 10 }, change: { reason: '漏计' } });
    const tasks = await quay.manifests.reads.search(
      officer,
      BillSearch.parse({ task: 'answerChange' }),
    );
    expect(tasks.rows.map((row) => row.number)).toEqual([number]);
    const answer = { approve: true, note: '同意' };
    await expect(quay.manifests.acts.answerChange(carrier, number, answer)).rejects.toThrow(
      'identity.not_permitted',
    );
    const amended = await quay.manifests.acts.answerChange(officer, number, answer);
    expect(amended).toMatchObject({ content: { packages: 12 }, change: null });
  });

  test('a deleted bill may be filed again', async () => {
    const number = await quay.manifested();
    await quay.manifests.acts.delete(carrier, number, { reason: '误传' });
    const answer = await quay.manifests.file(carrier, voyage(quay.next('M'), [bill(number)]));
    expect(answer.outcome).toBe('accepted');
  });
});

test('a part of a thousand bills is one filing, and a stranger sees none of it', async () => {
  const bills = Array.from({ length: 1000 }, () => bill(quay.next('BULK')));
  const answer = await quay.manifests.file(carrier, voyage(quay.next('M'), bills));
  expect(answer.bills).toHaveLength(1000);
  expect(await quay.kindsOf(answer.bills[999]?.number ?? '')).toEqual([
    'billManifested',
    'assessed',
  ]);
  const stranger = actor('stranger', 'declarant');
  const page = await quay.manifests.reads.search(stranger, BillSearch.parse({}));
  expect(page).toMatchObject({ rows: [], total: 0 });
});

test('filed at the same moment they share a transaction, and each is answered for itself', async () => {
  const [one, taken, mended, late] = ['COSU', 'COSU', 'COSU', 'COSU'].map(quay.next);
  if (!one || !taken || !mended || !late) throw new Error('Four bills were named.');
  const id = quay.next('M');
  const first = voyage(id, [bill(one)]);
  // What is under way first keeps the others together behind it.
  const filings = [
    voyage(quay.next('M'), [bill(quay.next('COSU'))]),
    first,
    first,
    { ...first, date: '2026-07-05' },
    voyage(quay.next('M'), [bill(taken)]),
    voyage(quay.next('M'), [bill(quay.next('COSU')), bill(taken)]),
    voyage(quay.next('M'), [bill(mended, { packages: 0 })]),
    { kind: 'arrival', id: quay.next('R'), premises: '外四期', bills: [{ number: late }] },
    { kind: 'arrival', id: quay.next('R'), premises: '外四期', bills: [{ number: one }] },
    voyage(quay.next('M'), [bill(late)]),
  ];
  const by = (filing: object) => ('premises' in filing ? terminal : carrier);
  const said = await Promise.allSettled(
    filings.map((filing) => quay.manifests.file(by(filing), filing)),
  );
  const heard = said.map((each) => {
    if (each.status === 'rejected') return (each.reason as Error).message;
    const { outcome, repeated, problems, bills } = each.value;
    const codes = [...problems, ...bills.flatMap((one) => one.problems)].map(({ code }) => code);
    return [outcome, repeated ? 'again' : '', ...codes].filter(Boolean).join(' ');
  });
  expect(heard).toEqual([
    'accepted',
    'accepted',
    'accepted again',
    expect.stringContaining('cargo.manifest_id_has_other_content'),
    'accepted',
    'returned cargo.bill_already_manifested',
    'returned cargo.must_be_positive',
    'accepted cargo.bill_awaited',
    'accepted',
    'accepted',
  ]);
  expect(await quay.kindsOf(one)).toEqual(['billManifested', 'assessed', 'arrived']);
  expect(await quay.kindsOf(late)).toEqual(['arrived', 'billManifested', 'assessed']);
  const written = (number: string) =>
    sql<{ transaction: string }>`
      select transaction_id::text as transaction from platform.event
      where stream = ${`bill:${number}`} order by seq
    `.execute(database.db);
  const [ofOne, ofTaken, ofLate] = await Promise.all([one, taken, late].map(written));
  const together = ofOne?.rows[0]?.transaction;
  expect([ofTaken?.rows[0]?.transaction, ofLate?.rows[0]?.transaction]).toEqual([
    together,
    together,
  ]);
  // Each is audited, those that are answered again or returned are not.
  const audited = await sql<{ subject: string }>`
    select subjects[1] as subject from identity.audit
    where subjects && ${filings.map((filing) => `manifest:${filing.id}`)}::text[]
  `.execute(database.db);
  expect(audited.rows).toHaveLength(6);
});

const emptyHouse = (number: string) => ({
  number,
  packages: null,
  packageKind: null,
  grossMassKg: null,
  description: null,
  marks: null,
  shipper: null,
  consignee: null,
  loadingPort: null,
  dischargePort: null,
  containers: [],
  dangerous: null,
});

/** As it comes off the wire: what is absent is `null`. */
function contentOf(input: ReturnType<typeof bill>) {
  return BillContent.parse(input);
}
