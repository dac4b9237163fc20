// The trade sends what it always sent. A broker's declaration file, a carrier's manifests and half of a file come in
// over HTTP: what they say is filed as if it had come by form, twice is once, another reader finds nothing, and
// what cannot be filed is told with its place.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CARRIER } from '../../src/contexts/cargo/manifests/fixtures.ts';
import { BROKER, content } from '../../src/contexts/clearance/fixtures.ts';
import { decMessage, mt1401 } from './messages-written.ts';
import { type Answer, filing, openPort, type Player, type StoryPort } from './port.ts';

const AT = '/api/trade-messages';
let port: StoryPort;
beforeAll(async () => {
  port = await openPort();
});
afterAll(() => port?.close());

/** Sends a file as it is; no wrapping, no content type of its own. */
async function send(player: Player, message: string | Buffer, query = ''): Promise<Answer> {
  const response = await port.platform.app.request(`${AT}${query}`, {
    method: 'POST',
    headers: { cookie: await port.cookieOf(player), 'content-type': 'application/octet-stream' },
    body: new Uint8Array(Buffer.from(message)),
  });
  return { status: response.status, body: await response.json() };
}
const codesOf = ({ body }: Answer): string[] =>
  (body.refusals ?? body.problems).map(({ code }: { code: string }) => code);

describe('a declaration by message', () => {
  const message = decMessage('JH-1', 'COSU-MSG-1');
  let first: Answer['body'];

  test('goes through the same life as one by form', async () => {
    const tried = await send('declarant', message, '?dryRun=true');
    expect(tried.body).toMatchObject({
      dryRun: true,
      outcome: 'filed',
      documents: [{ record: null }],
    });
    // The sandbox keeps nothing: neither a message, nor what it would have made.
    expect((await port.done('declarant', 'GET', AT)).rows).toEqual([]);
    const id = `${BROKER}.JH-1`;
    expect((await port.as('declarant', 'GET', `/api/declarations/${id}`)).status).toBe(404);

    first = (await send('declarant', message)).body;
    expect(first).toMatchObject({
      ...{
        outcome: 'filed',
        standard: 'DecMessage',
        partner: BROKER,
        repeated: false,
        problems: [],
      },
      documents: [{ reference: 'JH-1', record: { kind: 'declaration', id } }],
    });
    const parties = {
      ...content().parties,
      overseas: { name: 'Elbe Handels GmbH' },
      terminal: null,
    };
    const transport = { ...content().transport, transportDocNo: 'COSU-FORM-1' };
    const form = filing('FORM-1', { parties, transport, examinationOffice: null });
    await port.done('declarant', 'POST', '/api/declarations', form);
    const byMessage = await port.done('declarant', 'GET', `/api/declarations/${id}`);
    const byForm = await port.done('declarant', 'GET', '/api/declarations/FORM-1');
    expect(byMessage.declaration.content).toEqual({
      ...byForm.declaration.content,
      transport: { ...byForm.declaration.content.transport, transportDocNo: 'COSU-MSG-1' },
    });
    const kindsOf = ({ timeline }: Answer['body']) =>
      timeline.map(({ kind }: { kind: string }) => kind);
    expect(kindsOf(byMessage)).toEqual(kindsOf(byForm));
    expect(byMessage.declaration.number).toBe(first.documents[0].number);
  });

  test('sent twice, and at the same time, it is one', async () => {
    const again = await send('declarant', message);
    expect(again.body).toEqual({ ...first, repeated: true });
    const other = decMessage('JH-2', 'COSU-MSG-2');
    const answers = await Promise.all([1, 2, 3].map(() => send('declarant', other)));
    expect(answers.map(({ body }) => body.documents[0].number)).toEqual(
      Array(3).fill(answers[0]?.body.documents[0].number),
    );
    const { rows } = await port.done('declarant', 'GET', `${AT}?q=JH-`);
    expect(rows.map(({ reference }: { reference: string }) => reference).sort()).toEqual([
      'JH-1',
      'JH-2',
    ]);
  });

  test('its reference with other content is refused, naming the first', async () => {
    const other = await send('declarant', decMessage('JH-1', 'COSU-MSG-1', { gross: '1060' }));
    expect([other.status, codesOf(other)]).toEqual([409, ['messages.reference_taken']]);
    expect(other.body.refusals[0].params).toMatchObject({
      first: first.id,
      record: `${BROKER}.JH-1`,
    });
  });

  test('what the check of declarations finds is found in it as well', async () => {
    const wrong = await send(
      'declarant',
      decMessage('JH-3', 'COSU-MSG-3', { hsCode: '9999999999' }),
    );
    expect(wrong.body).toMatchObject({
      outcome: 'returned',
      documents: [{ problems: [{ code: 'clearance.code_not_in_force', path: 'lines[0].hsCode' }] }],
    });
    const answer = await port.as('declarant', 'GET', `${AT}/${wrong.body.id}/answer`);
    expect(answer.body).toContain('<ResponseCode>1</ResponseCode>');
    expect(answer.body).toContain('<ClientSeqNo>JH-3</ClientSeqNo>');
    expect(answer.body).toContain('lines[0].hsCode');
  });
});

test('half a file is refused with its place, kept as it came, and mended by sending it whole', async () => {
  const whole = decMessage('JH-4', 'COSU-MSG-4');
  const half = whole.slice(0, whole.indexOf('<GQty>'));
  const answer = await send('declarant', half);
  expect(answer.body).toMatchObject({
    ...{ outcome: 'refused', documents: [], kind: null },
    problems: [
      { code: 'messages.cut_off', path: '/DecMessage/DecLists/DecList', severity: 'error' },
    ],
  });
  const detail = await port.done('declarant', 'GET', `${AT}/${answer.body.id}`);
  expect(detail).toMatchObject({
    raw: half,
    rawIsWhole: true,
    understood: [],
    sentBy: 'declarant',
  });
  expect((await send('declarant', whole)).body.outcome).toBe('filed');
  const { rows } = await port.done(
    'auditor',
    'GET',
    '/api/audit?outcome=refused&operation=messages.send',
  );
  expect(rows[0].subjects).toEqual([`message:${answer.body.id}`]);
});

test('a manifest by message is a bill that all others find', async () => {
  const answer = await send('carrier', mt1401('CN_MT1401_1', 'COSU7001'));
  expect(answer.body).toMatchObject({
    ...{ outcome: 'filed', kind: 'manifest' },
    documents: [
      { record: { kind: 'manifest' }, problems: [{ code: 'messages.carrier_is_sender' }] },
    ],
  });
  const { bill } = await port.done('officer', 'GET', '/api/bills/COSU7001');
  expect(bill).toMatchObject({
    status: 'manifested',
    carrier: CARRIER,
    conveyance: 'COSCO SHIPPING ARIES',
  });
  // A broker may send messages, and may not file manifests: neither by form nor by message.
  const broker = await send('declarant', mt1401('CN_MT1401_2', 'COSU7002'));
  expect(broker.body).toMatchObject({
    outcome: 'refused',
    documents: [{ problems: [{ code: 'identity.not_permitted' }] }],
  });
});

/** 核注清单 of steel into a ledger. */
const inv101 = (reference: string, no: string, quantity: string) =>
  `<Package><DataInfo><BussinessData><InvtMessage><InvtHeadType>
<BondInvtNo>${no}</BondInvtNo><PutrecNo>E2225W000077</PutrecNo><EtpsInnerInvtNo>${reference}</EtpsInnerInvtNo>
<ImpexpMarkcd>I</ImpexpMarkcd><InvtType>0</InvtType></InvtHeadType><InvtListType><GdsSeqno>1</GdsSeqno>
<GdsMtno>STEEL</GdsMtno><DclUnitcd>035</DclUnitcd><DclQty>${quantity}</DclQty><DclCurrcd>502</DclCurrcd>
<Natcd>133</Natcd></InvtListType></InvtMessage></BussinessData></DataInfo></Package>`;

test('a bonded list by message stands in its ledger as one by form', async () => {
  const at = '/api/bonded/ledgers/E2225W000077';
  const ledger = {
    ...{ id: 'E2225W000077', enterprise: BROKER, name: '江海自行车', office: '2225' },
    ...{ mode: 'workOrder', opensOn: '2026-07-01' },
  };
  await port.done('declarant', 'POST', '/api/bonded/ledgers', { ledger });
  await port.done('officer', 'POST', `${at}/answer`, { approve: true, note: '' });
  const steel = { part: 'STEEL', kind: 'material', unit: '035', description: '镀锌钢板' };
  await port.done('declarant', 'POST', `${at}/parts`, { parts: [steel] });
  const no = 'QD222526I000000077';
  const tried = await send('declarant', inv101('INV-1', no, '12.50000'), '?dryRun=true');
  expect(tried.body).toMatchObject({ outcome: 'filed', documents: [{ record: null }] });
  expect((await port.as('declarant', 'GET', `${at}/lists/${no}`)).status).toBe(404);

  const sent = await send('declarant', inv101('INV-1', no, '12.50000'));
  expect(sent.body.documents).toMatchObject([{ record: { kind: 'bondedList', id: no } }]);
  const { list } = await port.done('declarant', 'GET', `${at}/lists/${no}`);
  expect(list).toMatchObject({
    ...{ status: 'filed', posting: 'notPosted' },
    content: { lines: [{ part: 'STEEL', quantity: '12.50000', currency: 'USD', origin: 'KR' }] },
  });
  // Under another reference the number is still taken: the ledger says so, as it would to a form.
  const other = await send('declarant', inv101('INV-2', no, '13'));
  expect(other.body).toMatchObject({ outcome: 'refused', documents: [{ record: null }] });
  expect(other.body.documents[0].problems).toHaveLength(1);
});

test('each reads its own; customs reads all, and sees how connections fare', async () => {
  const { rows } = await port.done('carrier', 'GET', AT);
  expect(new Set(rows.map(({ partner }: { partner: string }) => partner))).toEqual(
    new Set([CARRIER]),
  );
  const [brokers] = (await port.done('officer', 'GET', `${AT}?standard=DecMessage&limit=1`)).rows;
  for (const path of ['', '/raw', '/answer']) {
    const answer = await port.as('carrier', 'GET', `${AT}/${brokers.id}${path}`);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect((await port.as('commerce', 'GET', AT)).status).toBe(403);
  expect((await send('officer', 'x')).status).toBe(403);

  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page: Answer['body'] = await port.done(
      'auditor',
      'GET',
      `${AT}?limit=2${next && `&cursor=${next}`}`,
    );
    seen.push(...page.rows.map(({ id }: { id: string }) => id));
    next = page.next;
  }
  expect(new Set(seen).size).toBe(seen.length);
  const { partners } = await port.done('supervisor', 'GET', `${AT}/partners`);
  const broker = partners.find(({ partner }: { partner: string }) => partner === BROKER);
  const { rows: refused } = await port.done(
    'supervisor',
    'GET',
    `${AT}?outcome=refused&q=${BROKER}`,
  );
  expect(broker).toMatchObject({ today: broker.received, refused: refused.length });
  expect(seen).toHaveLength(
    partners.reduce((sum: number, { received }: { received: number }) => sum + received, 0),
  );
});
