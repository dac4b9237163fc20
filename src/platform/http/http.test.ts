// What a caller sees of every operation: what is read, what is refused and in which words.
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Refused } from '../../kernel/refusal.ts';
import { createMetrics } from '../metrics.ts';
import { createHttp, type HttpOptions, route } from './index.ts';

interface Reader {
  readonly name: string;
}

function portWith(options: Partial<HttpOptions<Reader>> = {}) {
  const lines: string[] = [];
  const metrics = createMetrics();
  const app = createHttp<Reader>({
    log: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
    metrics,
    authenticate: async ({ headers }) => {
      const name = headers.get('authorization')?.replace('Bearer ', '');
      return name ? { name } : null;
    },
    checkResponses: true,
    ...options,
  });
  const Crate = z.object({
    marks: z.string().min(2).max(10),
    count: z.number().int().min(1),
    seals: z
      .array(z.object({ number: z.string() }))
      .max(2)
      .default([]),
    kind: z.enum(['box', 'drum']).optional(),
  });
  route(
    app,
    {
      method: 'post',
      path: '/api/crates/{id}',
      tag: 'crates',
      summary: 'Count a crate.',
      permission: { operation: 'crates.count' },
      params: z.object({ id: z.string().max(8) }),
      query: z.object({ dryRun: z.stringbool().default(false) }),
      body: Crate,
      response: z.object({
        id: z.string(),
        by: z.string(),
        count: z.number(),
        dryRun: z.boolean(),
      }),
      maxBodyBytes: 2_000,
    },
    async ({ params, query, body, principal }) => ({
      id: params.id,
      by: principal.name,
      count: body.count,
      dryRun: query.dryRun,
    }),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/photographs',
      tag: 'crates',
      summary: 'Keep a photograph.',
      body: 'bytes',
      response: z.object({ bytes: z.number() }),
      maxBodyBytes: 1_000,
    },
    async ({ body }) => {
      let bytes = 0;
      for await (const chunk of body) bytes += (chunk as Uint8Array).byteLength;
      return { bytes };
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/broken',
      tag: 'x',
      summary: 'x',
      response: z.object({}),
      public: true,
    },
    () => {
      throw new Error('connection to 10.0.0.7 failed: password hunter2');
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/crowded',
      tag: 'x',
      summary: 'x',
      response: z.object({}),
      public: true,
    },
    () => {
      throw new Refused('limited', { code: 'crates.crowded', params: { retrySeconds: 7 } });
    },
  );
  const post = (body: BodyInit, headers: Record<string, string> = {}, path = '/api/crates/c1') =>
    app.request(path, {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer Li', 'content-type': 'application/json', ...headers },
    });
  const refusals = async (answer: Response) =>
    ((await answer.json()) as { refusals: { code: string; path?: string }[] }).refusals;
  return { app, post, refusals, lines, metrics };
}

test('what is sent as declared arrives parsed and typed', async () => {
  const { post } = portWith();
  const answer = await post('{"marks":"AB","count":3}', {}, '/api/crates/c1?dryRun=true');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ id: 'c1', by: 'Li', count: 3, dryRun: true });
});

test('everything wrong with an input is told at once, each with its path and what was seen', async () => {
  const { post, refusals } = portWith();
  const answer = await post('{"marks":"A","count":1.5,"seals":[{"number":"1"},{}],"kind":"bag"}');
  expect(answer.status).toBe(422);
  expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  expect(await refusals(answer)).toEqual([
    { code: 'input.text_too_small', path: 'marks', seen: 'A', params: { min: 2 } },
    { code: 'input.wrong_type', path: 'count', seen: '1.5', params: { expected: 'int' } },
    { code: 'input.missing', path: 'seals[1].number' },
    { code: 'input.not_one_of', path: 'kind', seen: 'bag', params: { values: 'box, drum' } },
  ]);
});

test.each([
  {
    sent: '{"marks": "AB",\n "count": }',
    status: 400,
    code: 'http.malformed_json',
    line: 2,
    column: 11,
  },
  {
    sent: '{"marks": "AB", "count": 3,}',
    status: 400,
    code: 'http.malformed_json',
    line: 1,
    column: 28,
  },
  { sent: '{"marks": "A\nB"}', status: 400, code: 'http.malformed_json', line: 1, column: 11 },
  { sent: 'null null', status: 400, code: 'http.malformed_json', line: 1, column: 6 },
  { sent: '[1, 2', status: 400, code: 'http.malformed_json', line: 1, column: 6 },
  { sent: '', status: 400, code: 'http.malformed_json', line: 1, column: 1 },
])('$sent is not JSON, and the place is named', async ({ sent, status, code, line, column }) => {
  const { post, refusals } = portWith();
  const answer = await post(sent);
  expect(answer.status).toBe(status);
  expect(await refusals(answer)).toMatchObject([{ code, params: { line, column } }]);
});

test.each([
  { what: 'GB18030 bytes', sent: new Uint8Array([0x22, 0xbd, 0xad, 0x22]), code: 'http.not_utf8' },
  { what: 'NUL', sent: '{"marks":"A\\u0000B","count":1}', code: 'http.unstorable_text' },
  { what: 'half a pair', sent: '{"marks":"A\\ud83dB","count":1}', code: 'http.unstorable_text' },
  { what: 'a tower', sent: `${'['.repeat(900)}${']'.repeat(900)}`, code: 'http.nested_too_deeply' },
  { what: 'too much', sent: `{"marks":"${'A'.repeat(3000)}"}`, code: 'http.body_too_large' },
])('$what in a body is refused', async ({ sent, code }) => {
  const { post, refusals } = portWith();
  expect(await refusals(await post(sent))).toMatchObject([{ code }]);
});

test.each(['/api/crates/a%00b', '/api/crates/c1?note=%00'])(
  'NUL in an address is refused as well: %s',
  async (path) => {
    const { post, refusals } = portWith();
    const answer = await post('{"marks":"AB","count":1}', {}, path);
    expect(answer.status).toBe(422);
    expect(await refusals(answer)).toMatchObject([{ code: 'http.unstorable_text' }]);
  },
);

test('a text that only speaks of NUL is a text like any other', async () => {
  const { post } = portWith();
  expect((await post('{"marks":"\\\\u0000","count":1}')).status).toBe(200);
});

test.each([
  { type: 'text/plain', status: 415, code: 'http.not_json' },
  { type: 'application/json; charset=GB18030', status: 415, code: 'http.wrong_charset' },
])('a body sent as $type is refused rather than misread', async ({ type, status, code }) => {
  const { post, refusals } = portWith();
  const answer = await post('{"marks":"AB","count":1}', { 'content-type': type });
  expect(answer.status).toBe(status);
  expect(await refusals(answer)).toMatchObject([{ code }]);
});

test('a body that lies about its length is cut off where the limit is', async () => {
  const { app, refusals } = portWith();
  const endless = new ReadableStream<Uint8Array>({
    pull: (stream) => stream.enqueue(new Uint8Array(600)),
  });
  const answer = await app.request('/api/photographs', {
    method: 'PUT',
    body: endless,
    duplex: 'half',
    headers: { authorization: 'Bearer Li' },
  } as RequestInit);
  expect(answer.status).toBe(413);
  expect(await refusals(answer)).toMatchObject([{ code: 'http.body_too_large' }]);
});

test('a stranger is turned away before the body is read', async () => {
  const { post, refusals } = portWith();
  const answer = await post('not even JSON', { authorization: '' });
  expect(answer.status).toBe(401);
  expect(await refusals(answer)).toMatchObject([{ code: 'http.sign_in_needed' }]);
});

test('a failure of ours tells the caller an id and nothing else; the log has the rest', async () => {
  const { app, lines } = portWith();
  const answer = await app.request('/api/broken', { headers: { 'x-request-id': 'trace-0001' } });
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).toContain('trace-0001');
  expect(text).not.toMatch(/hunter2|10\.0\.0\.7|at /);
  expect(lines.join('')).toContain('hunter2');
});

test('a limit says when to come again', async () => {
  const { app } = portWith();
  const answer = await app.request('/api/crowded');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
});

test('an unknown path and a wrong method are told apart', async () => {
  const { app, refusals } = portWith();
  const nowhere = await app.request('/api/nowhere');
  expect([nowhere.status, (await refusals(nowhere))[0]?.code]).toEqual([404, 'http.not_found']);
  const wrong = await app.request('/api/crates/c1', { method: 'DELETE' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});

test.each([
  { from: { origin: 'http://evil.example' }, status: 403 },
  { from: { origin: 'null' }, status: 403 },
  { from: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  { from: { origin: 'http://localhost' }, status: 401 },
  { from: {}, status: 401 },
])('a page at $from may not act with our cookie', async ({ from, status }) => {
  const { app } = portWith();
  const headers = { host: 'localhost', 'content-type': 'application/json', ...from };
  const answer = await app.request('/api/crates/c1', { method: 'POST', body: '{}', headers });
  expect(answer.status).toBe(status);
});

test('every answer carries the security headers, and no script may come from a page', async () => {
  const { app, post } = portWith();
  for (const answer of [await app.request('/healthz'), await post('{'), await app.request('/x')]) {
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});

test('the log names the request, never its query, and metrics count it by pattern', async () => {
  const { post, lines, metrics } = portWith();
  await post('{"marks":"secret-mark"}', {}, '/api/crates/c9?token=sesame');
  expect(lines.join('')).toContain('/api/crates/c9');
  expect(lines.join('')).not.toMatch(/sesame|secret-mark/);
  const text = await metrics.registry.metrics();
  expect(text).toContain('route="/api/crates/:id",status="422"');
  expect(text).toContain('jianghai_refusals_total{code="input.missing"} 1');
});

test('readiness names the part that is not ready', async () => {
  const stopping = new AbortController();
  const { app } = portWith({
    stopping: stopping.signal,
    ready: { database: async () => true, pool: () => Promise.reject(new Error('down')) },
  });
  const answer = await app.request('/readyz');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    status: 'notReady',
    checks: { database: true, pool: false },
  });
});

test('the OpenAPI document describes what the routes are', async () => {
  const { app } = portWith();
  const document = (await (await app.request('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };
  const count = document.paths['/api/crates/{id}']?.post;
  expect(count?.['x-permission']).toBe('crates.count');
  expect(JSON.stringify(count?.requestBody)).toContain('"maxLength":10');
  expect(document.paths['/api/broken']?.get?.security).toEqual([]);
});

test('an answer that breaks its own schema fails the test that asked for it', async () => {
  const { app } = portWith();
  const lie = { port: 'Shanghai' as unknown as number };
  route(
    app,
    {
      method: 'get',
      path: '/api/lie',
      tag: 'x',
      summary: 'x',
      response: z.object({ port: z.number() }),
      public: true,
    },
    () => lie,
  );
  expect((await app.request('/api/lie')).status).toBe(500);
});
