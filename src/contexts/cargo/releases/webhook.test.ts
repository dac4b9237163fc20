// A terminal that wants to be told instead of asking; and peers that say 200 and mean nothing, send us
// elsewhere, flood us, or never answer.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../../kernel/canonical.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { openReleases, released } from './testing.ts';

interface Message {
  readonly release: string;
  readonly signed: string;
}

let database: TestDatabase;
let server: Server;
let answer: (messages: Message[], ...rest: Parameters<RequestListener>) => void;
let heard: Message[];
let elsewhere: number;
beforeAll(async () => {
  database = await testDatabase();
  server = createServer(async (request, response) => {
    if (request.url === '/elsewhere') elsewhere += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as { messages: Message[] };
    heard.push(...messages);
    answer(messages, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.drop();
});

const host = (): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;
let port: ReturnType<typeof openReleases>;
beforeEach(async () => {
  await sql`truncate cargo.release, cargo.webhook, platform.event`.execute(database.db);
  heard = [];
  elsewhere = 0;
  port = openReleases(database.db, { webhookHosts: [host()], webhookTimeoutMs: 60_000 });
  const url = `http://${host()}/releases`;
  expect((await port.ask('terminal', 'PUT', '/api/releases/webhook', { url })).status).toBe(200);
});
afterEach(() => port.releases.delivery.stop());

const send = async () => {
  await port.releases.delivery.deliverDue();
  return (await port.ask('terminal', 'GET', '/api/releases/D1-R1')).body;
};
const acknowledging = (messages: readonly Message[]): string =>
  JSON.stringify({
    acknowledgements: messages.map(({ release, signed }) => ({ release, digest: sha256(signed) })),
  });

test('an honest machine is told once and its answer is an acknowledgement', async () => {
  answer = (messages, _, response) => response.end(acknowledging(messages));
  await port.issue(released('D1'), released('D2'));
  expect(await send()).toMatchObject({
    status: 'acknowledged',
    delivery: { attempts: 1, lastOutcome: 'acknowledged', nextAt: null },
  });
  port.later(60);
  await send();
  expect(heard.map(({ release }) => release).sort()).toEqual(['D1-R1', 'D2-R1']);
});

describe('a peer that', () => {
  test.each<[string, string, typeof answer]>([
    ['says 200 and nothing else', 'notAcknowledged', (_m, _q, response) => response.end('OK')],
    [
      'acknowledges without having read',
      'notAcknowledged',
      (messages, _, response) =>
        response.end(acknowledging(messages.map((each) => ({ ...each, signed: 'a.b.c' })))),
    ],
    [
      'acknowledges another notice',
      'notAcknowledged',
      (messages, _, response) =>
        response.end(acknowledging(messages.map((each) => ({ ...each, release: 'D7-R1' })))),
    ],
    [
      'sends a flood',
      'notAcknowledged',
      (_m, _q, response) => response.end(`{"acknowledgements":[${'[],'.repeat(500_000)}[]]}`),
    ],
    [
      'sends us elsewhere',
      'redirected',
      (_m, _q, response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    ],
    ['fails', 'failed', (_m, _q, response) => response.writeHead(500).end()],
    ['hangs up', 'unreachable', (_m, request) => request.socket.destroy()],
  ])('%s has acknowledged nothing, and is told again', async (_, outcome, answers) => {
    answer = answers;
    await port.issue(released('D1'));
    expect(await send()).toMatchObject({
      status: 'notified',
      delivery: { attempts: 1, lastOutcome: outcome },
    });
    expect(elsewhere).toBe(0);
    port.later(1);
    expect(await send()).toMatchObject({ status: 'notified', delivery: { attempts: 2 } });
    answer = (messages, _q, response) => response.end(acknowledging(messages));
    port.later(2);
    expect(await send()).toMatchObject({ status: 'acknowledged', delivery: { attempts: 3 } });
  });
});

test('a peer that never answers is given up, told again, and holds up no other terminal', async () => {
  answer = () => undefined;
  const hasty = openReleases(database.db, { webhookHosts: [host()], webhookTimeoutMs: 100 });
  await hasty.issue(released('D1'), released('D2', { terminal: 'YS-TERMINAL' }));
  await hasty.releases.delivery.deliverDue();
  const feed = await port.ask('otherTerminal', 'GET', '/api/releases/feed');
  expect(feed.body.items).toMatchObject([{ release: 'D2-R1', attempt: 1 }]);
  const told = await port.ask('terminal', 'GET', '/api/releases/D1-R1');
  expect(told.body.delivery).toMatchObject({ attempts: 1, lastOutcome: 'timedOut' });
  answer = (messages, _, response) => response.end(acknowledging(messages));
  port.later(1);
  expect(await send()).toMatchObject({ status: 'acknowledged', delivery: { attempts: 2 } });
});

describe('an address is called only', () => {
  test.each([
    ['http://169.254.169.254/latest', 'cargo.webhook_host_not_allowed'],
    ['http://127.0.0.1:1/', 'cargo.webhook_host_not_allowed'],
    ['file:///etc/passwd', 'cargo.webhook_malformed'],
    ['http://user:word@port.example/', 'cargo.webhook_malformed'],
    ['releases', 'cargo.webhook_malformed'],
  ])('on a host the operator allowed, not %s', async (url, code) => {
    const refused = await port.ask('terminal', 'PUT', '/api/releases/webhook', { url });
    expect(refused.body.refusals[0].code).toBe(code);
  });

  test('as long as the operator allows it', async () => {
    const stricter = openReleases(database.db);
    await stricter.issue(released('D1'));
    await stricter.releases.delivery.deliverDue();
    const { body } = await stricter.ask('terminal', 'GET', '/api/releases/D1-R1');
    expect(body.delivery.lastOutcome).toBe('hostNotAllowed');
    expect(heard).toEqual([]);
  });
});
