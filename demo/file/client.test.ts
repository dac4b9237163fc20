// A port that loses connections, asks for patience and says no: what the filer’s client makes of it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createClient, PortRefused, waitUntilReady } from './client.ts';

let server: Server | null = null;
afterEach(() => server?.close());

async function portThat(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answer(request, response, Buffer.concat(chunks).toString());
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const clientOf = (url: string, signal = new AbortController().signal) =>
  createClient({ url, headers: { authorization: 'Bearer key' }, signal });
const json = (response: ServerResponse, status: number, value: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

test('what got no answer is sent again, word for word', async () => {
  const bodies: string[] = [];
  const url = await portThat((request, response, body) => {
    bodies.push(body);
    if (bodies.length === 1) request.socket.destroy();
    else json(response, 200, { results: [] });
  });
  await clientOf(url).post('/api/declarations/bulk', '{"filings":[{"id":"A"}]}');
  expect(bodies).toEqual(['{"filings":[{"id":"A"}]}', '{"filings":[{"id":"A"}]}']);
});

test('a refusal is told with its codes and never repeated', async () => {
  let asked = 0;
  const url = await portThat((_request, response) => {
    asked += 1;
    json(response, 409, { kind: 'conflict', refusals: [{ code: 'clearance.already_held' }] });
  });
  const refused = await clientOf(url)
    .post('/api/declarations/A/hold', {})
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PortRefused);
  expect(refused).toMatchObject({ status: 409, codes: ['clearance.already_held'] });
  expect(asked).toBe(1);
});

test('a port that is busy is asked again when it says', async () => {
  let asked = 0;
  const url = await portThat((_request, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(429, { 'retry-after': '0' }).end();
    else json(response, 200, { ok: true });
  });
  expect(await clientOf(url).get('/api/work-list')).toEqual({ ok: true });
});

test('stopping ends the wait for a port that is not ready', async () => {
  const stop = new AbortController();
  const url = await portThat((_request, response) => response.writeHead(503).end());
  const waiting = waitUntilReady(url, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow();
});
