// What carries a message is looked at before what it says. A lorry's passport comes by message as by form; a broker
// signs, its key runs out and is revoked; a declaration is tried against rules that are still to come; and an
// answer that got lost is sent again.
import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROKER } from '../../src/contexts/clearance/fixtures.ts';
import { privateKeyFrom, signs, verifies } from '../../src/contexts/messages/signing/algorithm.ts';
import { thumbprintOf, toPem } from '../../src/contexts/messages/signing/key.ts';
import { readSignatureLine, writeSignatureLine } from '../../src/contexts/messages/signing/line.ts';
import { decMessage, mt1401, sas121 } from './messages-written.ts';
import type { Answer, Player } from './port.ts';
import { openTradePort, type TradePort } from './trade.ts';

const AT = '/api/trade-messages';
let port: TradePort;
beforeAll(async () => {
  port = await openTradePort();
});
afterAll(() => port?.close());

async function send(
  player: Player,
  message: string | Buffer,
  { to = '', signature = null as string | null } = {},
): Promise<Answer> {
  const response = await port.platform.app.request(`${AT}${to}`, {
    method: 'POST',
    headers: {
      cookie: await port.cookieOf(player),
      'content-type': 'application/octet-stream',
      ...(signature !== null && { 'message-signature': signature }),
    },
    body: new Uint8Array(Buffer.from(message)),
  });
  return { status: response.status, body: await response.json() };
}
const codesOf = (problems: { code: string }[]): string[] => problems.map(({ code }) => code);

describe('the sandbox', () => {
  /** A rule about bearings, on trial: written, back-tested and approved by three people. */
  async function ruleOnTrial(id: string, from: string): Promise<void> {
    const content = {
      ...{ text: 'goods.hs6 == "848210"', label: { zh: '轴承', en: 'bearings' }, sentence: null },
      advice: { zh: '核对规格。', en: 'Compare the specification.' },
      ...{ legalBasis: '海关法 第二十八条', points: 10, mandatory: 'yellow' },
      ...{ effective: { from, to: null }, origin: 'measure 7' },
      scope: { offices: [], directions: [], modes: [] },
    };
    const at = `/api/risk/rules/${id}`;
    await port.done('analyst', 'PUT', at, { content, basedOn: 0 });
    const backtest = randomUUID();
    await port.done('analyst', 'POST', '/api/risk/backtests', {
      ...{ id: backtest, rules: [{ id, version: 1 }] },
    });
    await expect
      .poll(
        async () => (await port.done('analyst', 'GET', `/api/risk/backtests/${backtest}`)).state,
        { timeout: 25_000, interval: 100 },
      )
      .toBe('done');
    await port.done('analyst', 'POST', `${at}/backtests`, { backtest });
    await port.done('analyst', 'POST', `${at}/proposal`, { version: 1, to: 'shadow' });
    await port.done('supervisor', 'POST', `${at}/approval`, { version: 1, approve: true });
  }
  const message = decMessage('TR-1', 'COSU-TR-1');
  const tried = async (query: string) =>
    (await send('declarant', message, { to: `/trial${query}` })).body;

  test('tells what the rules in force would do, and what those to come would; nothing is kept', async () => {
    await ruleOnTrial('R-0900', '2026-09-01');
    const before = (await port.done('declarant', 'GET', AT)).rows.length;
    const now = await tried('');
    expect(now).toMatchObject({
      ...{ rules: 'inForce', on: '2026-07-02', receipt: { outcome: 'filed', dryRun: true } },
      decisions: [{ lane: 'green', reasons: [] }],
    });
    const [decision] = now.decisions;
    expect(decision.unmet).toContain('taxPaidOrGuaranteed');
    expect(decision.duty).toMatchObject({ on: '2026-07-02', ieFlag: 'I' });
    expect(Number(decision.duty.payable)).toBeGreaterThan(0);

    const coming = await tried('?rules=coming');
    expect(coming).toMatchObject({
      ...{ rules: 'coming', on: '2026-09-01' },
      decisions: [
        {
          lane: 'yellow',
          reasons: [
            { check: 'R-0900', advice: { zh: '核对规格。' }, legalBasis: '海关法 第二十八条' },
          ],
        },
      ],
    });
    expect((await tried('?rules=coming&on=2026-08-31')).decisions[0].lane).toBe('green');

    expect((await port.done('declarant', 'GET', AT)).rows).toHaveLength(before);
    const id = `/api/declarations/${BROKER}.TR-1`;
    expect((await port.as('declarant', 'GET', id)).status).toBe(404);
    const really = await send('declarant', message);
    expect(really.body).toMatchObject({ outcome: 'filed' });
    expect((await port.done('declarant', 'GET', id)).declaration.lane).toBe('green');
  });

  test('what would be returned is told with its place; nobody tries for another', async () => {
    const wrong = decMessage('TR-2', 'COSU-TR-2', { hsCode: '9999999999' });
    const { body } = await send('declarant', wrong, { to: '/trial' });
    expect(body).toMatchObject({
      receipt: { outcome: 'returned', documents: [{ problems: [{ path: 'lines[0].hsCode' }] }] },
      decisions: [null],
    });
    expect((await send('officer', message, { to: '/trial' })).status).toBe(403);
    const carrier = (await send('carrier', message, { to: '/trial' })).body;
    expect(codesOf(carrier.receipt.documents[0].problems)).toEqual(['identity.not_permitted']);
  });
});

describe('a gate passport by message', () => {
  test('goes through the same life as one by form, through both gates', async () => {
    // The manifest came by message too: who is named in the bill may carry its goods into the zone.
    for (const bill of ['COSU8001', 'COSU8002']) {
      const manifest = await send('carrier', mt1401(`CN_${bill}`, bill, { consignee: BROKER }));
      expect(manifest.body.outcome).toBe('filed');
    }
    const [byMessage, byForm] = ['沪A80001', '沪A80002'];
    await port.lorry(byMessage);
    await port.lorry(byForm);
    const message = sas121('GP-1', 'COSU8001', byMessage);
    const tried = await send('declarant', message, { to: '?dryRun=true' });
    expect(codesOf(tried.body.documents[0].problems)).toEqual([]);
    expect(tried.body).toMatchObject({ outcome: 'filed', documents: [{ number: null }] });
    const { rows } = await port.done('declarant', 'GET', '/api/passports');
    expect(rows).toEqual([]);

    const sent = await send('declarant', message);
    const { record, problems } = sent.body.documents[0];
    expect([sent.body.outcome, record.kind, problems]).toEqual(['filed', 'gatePassport', []]);
    expect((await send('declarant', message)).body).toEqual({ ...sent.body, repeated: true });
    const answer = async (): Promise<string> =>
      (await port.as('declarant', 'GET', `${AT}/${sent.body.id}/answer`)).body;
    expect(await answer()).toMatch(
      new RegExp(`<SAS221>.*<businessId>${record.id}<.*<manageResult>1<.*<stucd>1<`, 's'),
    );
    const form = await port.apply(byForm, {
      ...{ type: 'enterFirstDeclareLater', line: 'first', direction: 'in', goodsGrossKg: '1050' },
      papers: [{ kind: 'bill', no: 'COSU8002' }],
    });
    for (const plate of [byMessage, byForm]) {
      for (const [gate, kg] of [
        ['WGP-1', '6060'],
        ['WGP-1B', '6050'],
      ] as const) {
        const read = await port.read({ id: port.next('G'), gate, plate, kg });
        expect(read, `${plate} at ${gate}`).toMatchObject({ verdict: 'open' });
        port.pass(5);
      }
    }
    const [ours, theirs] = await Promise.all(
      [record.id, form.number].map((no: string) =>
        port.done('declarant', 'GET', `/api/passports/${no}`),
      ),
    );
    const lifeOf = ({ passport, timeline }: Answer['body']) => ({
      ...{ state: passport.state, conditions: passport.conditions, gates: passport.gates },
      kinds: timeline.map(({ kind }: { kind: string }) => kind),
      said: { ...passport.content, vehicle: null, papers: passport.content.papers.length },
    });
    expect(lifeOf(ours)).toEqual(lifeOf(theirs));
    expect(ours.passport.state).toBe('crossedSecondGate');
    expect(ours.passport.content.papers).toEqual([{ kind: 'bill', no: 'COSU8001', lines: [] }]);
    expect(await answer()).toMatch(/<SAS223>.*<passID>WGP-1<.*<stucd>4<\/stucd>/s);
  });

  test('one that waits says for what; one whose papers are nobody’s is told so', async () => {
    const waits = await send('declarant', sas121('GP-2', 'COSU8003', '沪A80003'));
    expect(waits.body.outcome).toBe('filed');
    expect(codesOf(waits.body.documents[0].problems)).toContain('cargo.paper_unknown');
    const answer = await port.as('declarant', 'GET', `${AT}/${waits.body.id}/answer`);
    expect(answer.body).toContain('<DealFlag>0</DealFlag>');
    // Withdrawn by message as by form, under the reference it was asked for with; tried first, and nothing of it kept.
    const { number } = waits.body.documents[0];
    const voiding = sas121('GP-2', 'COSU8003', '沪A80003', { number, act: '3' });
    const stateOf = async (): Promise<string> =>
      (await port.done('declarant', 'GET', `/api/passports/${number}`)).passport.state;
    expect((await send('declarant', voiding, { to: '?dryRun=true' })).body.outcome).toBe('filed');
    expect(await stateOf()).toBe('applied');
    for (const repeated of [false, true]) {
      expect((await send('declarant', voiding)).body).toMatchObject({ outcome: 'filed', repeated });
    }
    expect(await stateOf()).toBe('deleted');
  });
});

describe('signatures', () => {
  const key =
    privateKeyFrom('SM2-SM3', randomBytes(32)) ?? generateKeyPairSync('ed25519').privateKey;
  const publicKey = createPublicKey(key);
  const id = thumbprintOf(publicKey);
  const at = `${AT}/connections/${BROKER}`;
  const signed = (message: string, over = message): { signature: string } => ({
    signature: writeSignatureLine({
      ...{ algorithm: 'SM2-SM3', key: null },
      value: signs('SM2-SM3', key, Buffer.from(over)),
    }),
  });
  const TERMS = { mustSign: true, answersSignedWith: 'ECDSA-P256-SHA256', folderPost: null };

  test('a partner that must sign is refused unsigned, wrongly signed, and by a key that does not count', async () => {
    const registration = { pem: toPem(publicKey), algorithm: 'SM2-SM3', validFrom: '2026-07-01' };
    expect((await port.as('declarant', 'POST', `${at}/keys`, registration)).status).toBe(403);
    await port.done('operator', 'POST', `${at}/keys`, { ...registration, validTo: '2026-08-01' });
    const set = await port.done('operator', 'PUT', at, TERMS);
    expect(set.keys).toMatchObject([{ id, standing: 'valid', algorithm: 'SM2-SM3' }]);

    const message = decMessage('SG-1', 'COSU-SG-1');
    const refusals = [
      [undefined, 'signature_missing', 'unsigned'],
      [signed(message, 'another'), 'signature_wrong', 'refused'],
      [{ signature: 'nonsense' }, 'signature_unreadable', 'refused'],
    ] as const;
    for (const [signature, code, status] of refusals) {
      const { body } = await send('declarant', message, signature);
      expect([body.outcome, ...codesOf(body.problems)]).toEqual(['refused', `messages.${code}`]);
      expect(body).toMatchObject({ documents: [], signature: { status } });
    }
    expect((await port.as('declarant', 'GET', `/api/declarations/${BROKER}.SG-1`)).status).toBe(
      404,
    );

    const good = await send('declarant', message, signed(message));
    expect(good.body).toMatchObject({
      outcome: 'filed',
      signature: { status: 'verified', key: id },
    });
    // What was filed is not undone by sending it again without a signature, nor done again.
    const again = await send('declarant', message);
    expect(again.body).toEqual({ ...good.body, repeated: true });

    const revocation = { from: '2026-07-02', reason: '私钥遗失' };
    await port.done('operator', 'POST', `${at}/keys/${id}/revocation`, revocation);
    const later = decMessage('SG-2', 'COSU-SG-2');
    const revoked = await send('declarant', later, signed(later));
    expect(codesOf(revoked.body.problems)).toEqual(['messages.signature_key_revoked']);
    const { keys } = await port.done('declarant', 'GET', at);
    expect(keys).toMatchObject([{ standing: 'revoked', revokedBecause: '私钥遗失' }]);
    const { rows } = await port.done(
      'auditor',
      'GET',
      '/api/audit?operation=messages.setConnection&outcome=done',
    );
    expect(rows).toHaveLength(3);
    await port.done('operator', 'PUT', at, { ...TERMS, mustSign: false });
  });

  test('an answer is signed by a key the port publishes', async () => {
    const sent = await send('declarant', decMessage('SG-3', 'COSU-SG-3'));
    const response = await port.platform.app.request(`${AT}/${sent.body.id}/answer`, {
      headers: { cookie: await port.cookieOf('declarant') },
    });
    const line = readSignatureLine(response.headers.get('message-signature') ?? '');
    const { keys } = await port.done('declarant', 'GET', `${AT}/port-keys`);
    const signing = keys.find((each: { id: string }) => each.id === line?.key);
    expect(signing).toMatchObject({ algorithm: 'ECDSA-P256-SHA256', signsTo: null });
    const bytes = Buffer.from(await response.arrayBuffer());
    const checks = (content: Buffer) =>
      line && verifies(line.algorithm, createPublicKey(signing.pem), content, line.value);
    expect([checks(bytes), checks(Buffer.concat([bytes, Buffer.from(' ')]))]).toEqual([
      true,
      false,
    ]);
    // Another key signs from now on, and what the first signed is verified as before.
    const rotation = { algorithm: 'ECDSA-P256-SHA256' };
    await port.done('operator', 'POST', `${AT}/port-keys/rotation`, rotation);
    const after = await port.done('declarant', 'GET', `${AT}/port-keys`);
    const ours = after.keys.filter((each: typeof signing) => each.algorithm === line?.algorithm);
    expect(ours).toMatchObject([
      { id: signing.id, signsTo: expect.any(String) },
      { signsTo: null },
    ]);
  });
});

test('an answer is sent again once for each asking, and each is counted', async () => {
  const { body } = await send('declarant', decMessage('RS-1', 'COSU-RS-1'));
  const again = (who: Player, id: string) =>
    port.as(who, 'POST', `${AT}/${body.id}/resend`, { id });
  await again('declarant', 'one');
  const twice = await again('declarant', 'one');
  expect(twice.body.resent).toMatchObject([{ id: 'one', by: 'declarant', to: 'http' }]);
  const officers = await again('officer', 'two');
  expect(officers.body.resent.map(({ id }: { id: string }) => id).sort()).toEqual(['one', 'two']);
  expect((await again('carrier', 'three')).status).toBe(404);
  expect((await again('auditor', 'three')).status).toBe(403);
  const detail = await port.done('declarant', 'GET', `${AT}/${body.id}`);
  expect(detail.resent).toHaveLength(2);
});

test('a control reference used before, and a response to nothing, are told and stop nothing', async () => {
  const fixture = new URL(
    '../../src/contexts/messages/standards/cuscar/fixtures/manifest.edi',
    import.meta.url,
  );
  const manifest = readFileSync(fixture, 'utf8');
  const first = await send('carrier', manifest);
  const other = manifest.replaceAll('JHBL', 'KHBL').replace('MAN2026001', 'MAN2026002');
  const again = await send('carrier', other);
  expect([first, again].map(({ body }) => body.outcome)).toEqual([
    first.body.outcome,
    first.body.outcome,
  ]);
  const told = { code: 'messages.control_used', seen: 'IC0001', severity: 'warning' };
  expect(first.body.problems).not.toContainEqual(expect.objectContaining(told));
  expect(again.body.problems).toContainEqual(
    expect.objectContaining({ ...told, params: expect.objectContaining({ first: first.body.id }) }),
  );

  const response = (reference: string) =>
    `<DecImportResponse><ResponseCode>0</ResponseCode><ClientSeqNo>${reference}</ClientSeqNo></DecImportResponse>`;
  const known = await send('declarant', response('RS-1'));
  expect([known.body.outcome, known.body.problems]).toEqual(['kept', []]);
  const unknown = await send('declarant', response('NOBODY-1'));
  expect(unknown.body).toMatchObject({
    outcome: 'kept',
    problems: [{ code: 'messages.response_to_nothing', severity: 'warning' }],
  });
});

test('a message longer than its fellows is read aside, and says the same', async () => {
  const message = decMessage('LG-1', 'COSU-LG-1').replace(
    '</DecMessage>',
    `<!--${'x'.repeat(400_000)}--></DecMessage>`,
  );
  const { body } = await send('declarant', message);
  expect(body).toMatchObject({ outcome: 'filed', documents: [{ reference: 'LG-1' }] });
});
