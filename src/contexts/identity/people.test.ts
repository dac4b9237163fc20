// An operator enters organisations, people, posts and keys; the same call twice changes nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  minutesAfter,
  OFFICER_PASSWORD,
  OPERATOR_PASSWORD,
  officer,
  openPort,
  PUDONG,
} from './testing.ts';

let port: Awaited<ReturnType<typeof openPort>>;
let operator: ReturnType<typeof port.browser>;
beforeAll(async () => {
  port = await openPort();
  operator = port.browser();
  await operator.signIn('operator', OPERATOR_PASSWORD);
  await operator.go('POST', '/api/organisations', PUDONG);
});
afterAll(() => port.drop());

test('organisations are entered by the hundred, and the same again is nothing new', async () => {
  const organisations = Array.from({ length: 800 }, (_, i) => ({
    id: `ent-${String(i).padStart(4, '0')}`,
    kind: 'enterprise',
    nameZh: `江海贸易${i}有限公司`,
    nameEn: `Jianghai Trading ${i} Co., Ltd.`,
  }));
  const save = async (given: object[]) =>
    (await operator.go('POST', '/api/organisations', { organisations: given })).body;
  expect(await save(organisations)).toEqual({ saved: 800 });
  expect(await save(organisations)).toEqual({ saved: 0 });
  expect(await save([{ ...organisations[7], nameEn: 'Renamed' }])).toEqual({ saved: 1 });
  const page = await operator.go('GET', '/api/organisations?q=贸易79&limit=5');
  expect(page.body.organisations).toHaveLength(5);
  expect(page.body.next).toBe(page.body.organisations[4].id);
  const like = await operator.go('GET', '/api/organisations?q=%25');
  expect(like.body.organisations).toEqual([]);
});

test('a reference to an organisation nobody entered is refused, and nothing of the call stays', async () => {
  const answer = await operator.go('POST', '/api/organisations', {
    organisations: [
      { id: 'orphan', kind: 'enterprise', nameZh: '孤', nameEn: 'Orphan', succeeds: 'ghost' },
    ],
  });
  expect(answer.body.refusals).toEqual([
    { code: 'identity.unknown_organisation', path: 'organisations[0].succeeds', seen: 'ghost' },
  ]);
  expect((await operator.go('GET', '/api/organisations?q=orphan')).body.organisations).toEqual([]);
});

test('people are entered with posts and accounts; twice is once, and signs nobody out', async () => {
  const people = { people: [officer()] };
  expect((await operator.go('POST', '/api/people', people)).body).toEqual({ saved: 6 });
  const reader = port.browser();
  expect((await reader.signIn('lin.hao', OFFICER_PASSWORD)).status).toBe(200);
  expect((await operator.go('POST', '/api/people', people)).body).toEqual({ saved: 0 });
  expect((await reader.go('GET', '/api/session')).status).toBe(200);
  const listed = await operator.go('GET', '/api/people?q=林昊');
  expect(listed.body.people).toMatchObject([
    {
      id: 'lin-hao',
      account: 'lin.hao',
      posts: [{ id: 'waigaoqiao-1' }, { id: 'waigaoqiao-audit' }],
    },
  ]);
});

test('another password ends the sessions opened with the old one', async () => {
  const reader = port.browser();
  await reader.signIn('lin.hao', OFFICER_PASSWORD);
  const people = [{ id: 'lin-hao', name: '林昊', password: 'a-new-lantern-burns' }];
  expect((await operator.go('POST', '/api/people', { people })).body).toEqual({ saved: 1 });
  expect((await reader.go('GET', '/api/session')).code).toBe('identity.session_ended');
  expect((await reader.signIn('lin.hao', 'a-new-lantern-burns')).status).toBe(200);
});

test('a person changes its own password, and is signed out everywhere else', async () => {
  const here = port.browser();
  const elsewhere = port.browser();
  await here.signIn('lin.hao', 'a-new-lantern-burns');
  await elsewhere.signIn('lin.hao', 'a-new-lantern-burns');
  const change = (current: string) =>
    here.go('PUT', '/api/session/password', { current, next: 'the-newest-lantern' });
  expect((await change('a wrong guess')).code).toBe('identity.wrong_password');
  expect((await change('a-new-lantern-burns')).body).toMatchObject({ personId: 'lin-hao' });
  expect((await here.go('GET', '/api/session')).status).toBe(200);
  expect((await elsewhere.go('GET', '/api/session')).code).toBe('identity.session_ended');
  expect((await elsewhere.signIn('lin.hao', 'the-newest-lantern')).status).toBe(200);
});

test('everything that does not agree with itself in a call is told at once', async () => {
  const post = { ...officer().posts[0], id: 'two-ways' };
  const answer = await operator.go('POST', '/api/people', {
    people: [
      { id: 'a', name: 'A', posts: [post, { ...post, from: '2026-02-01', title: 'Other' }] },
      { id: 'a', name: 'A', posts: [{ ...post, to: '2025-01-01' }] },
    ],
  });
  const found = answer.body.refusals.map(({ code, path }: { code: string; path: string }) => [
    code,
    path,
  ]);
  expect(found).toEqual([
    ['identity.post_given_two_ways', 'people[0].posts[1]'],
    ['identity.given_twice', 'people[1].id'],
    ['identity.given_twice', 'people[1].posts[0]'],
    ['identity.ends_before_it_begins', 'people[1].posts[0].to'],
    ['identity.post_given_two_ways', 'people[1].posts[0]'],
  ]);
});

test.each([
  { given: { id: 'b', name: 'B', account: 'b' }, code: 'identity.password_missing' },
  { given: { id: 'b', name: 'B', password: OFFICER_PASSWORD }, code: 'identity.account_missing' },
  {
    given: { id: 'b', name: 'B', account: 'OPERATOR', password: OFFICER_PASSWORD },
    code: 'identity.account_taken',
  },
  { given: { id: 'b', name: 'B', account: 'b', password: 'short' }, code: 'input.text_too_small' },
])('an account that cannot be is refused: $code', async ({ given, code }) => {
  const answer = await operator.go('POST', '/api/people', { people: [given] });
  expect([answer.status, answer.code]).toEqual([422, code]);
  expect(JSON.stringify(answer.body)).not.toContain(OFFICER_PASSWORD);
});

test('a key lets a system act in its post until it is withdrawn or the post is left', async () => {
  const system = {
    id: 'erp',
    name: 'ERP',
    posts: [
      {
        id: 'erp-1',
        title: 'ERP',
        organisationId: 'ent-0001',
        roles: ['enterpriseSystem'],
        from: '2026-01-01',
      },
    ],
  };
  await operator.go('POST', '/api/people', { people: [system] });
  const made = await operator.go('POST', '/api/api-keys', { postId: 'erp-1', label: 'nightly' });
  const { key, apiKey } = made.body;
  expect(key).toMatch(/^jhk_.{43}$/);
  expect(apiKey).toMatchObject({ prefix: key.slice(0, 11), personId: 'erp', lastUsedAt: null });
  const erp = port.withKey(key);
  expect((await erp('GET', '/api/session')).body.roles).toEqual(['enterpriseSystem']);
  expect((await erp('GET', '/api/api-keys')).body.apiKeys).toHaveLength(1);
  const names = await erp('GET', '/api/organisations/names?ids=2225,nobody');
  expect(names.body.names).toMatchObject([{ id: '2225', nameZh: '外高桥海关' }]);
  expect((await erp('GET', '/api/organisations')).body.organisations).toMatchObject([
    { id: 'ent-0001' },
  ]);
  expect((await erp('POST', '/api/api-keys', { postId: 'operator', label: 'x' })).code).toBe(
    'identity.not_permitted',
  );
  expect((await erp('POST', '/api/session/post', { postId: 'erp-1' })).code).toBe(
    'identity.session_needed',
  );
  await operator.go('DELETE', `/api/api-keys/${apiKey.id}`);
  expect((await erp('GET', '/api/session')).code).toBe('identity.key_unknown');

  const again = await operator.go('POST', '/api/api-keys', { postId: 'erp-1', label: 'again' });
  const next = port.withKey(again.body.key);
  expect((await next('GET', '/api/session')).status).toBe(200);
  const posts = [{ ...system.posts[0], to: '2026-07-01' }];
  await operator.go('POST', '/api/people', { people: [{ ...system, posts }] });
  expect((await next('GET', '/api/session')).code).toBe('identity.key_unknown');
  expect((await operator.go('POST', '/api/api-keys', { postId: 'erp-1', label: 'x' })).code).toBe(
    'identity.post_vacant',
  );
});

test('a key withdrawn on another server is honoured here no longer than five seconds', async () => {
  const elsewhere = await openPort({ db: port.db, drop: async () => {} });
  const made = await operator.go('POST', '/api/api-keys', { postId: 'operator', label: 'other' });
  const system = elsewhere.withKey(made.body.key);
  expect((await system('GET', '/api/session')).status).toBe(200);
  await operator.go('DELETE', `/api/api-keys/${made.body.apiKey.id}`);
  elsewhere.clock.set(minutesAfter(elsewhere.clock.now(), 5 / 60));
  expect((await system('GET', '/api/session')).code).toBe('identity.key_unknown');
});

test('guessing keys is limited by address', async () => {
  const codes = [];
  for (let i = 0; i < 22; i++)
    codes.push((await port.withKey(`jhk_${i}`)('GET', '/api/session')).code);
  expect(codes.at(-1)).toBe('identity.too_many_attempts');
});

test('a page keeps a setting for its person, and nobody else sees it', async () => {
  const view = { columns: ['id', 'lane'], name: "Robert'); drop table identity.person;--" };
  expect((await operator.go('GET', '/api/preferences/declarations.views')).body).toBeNull();
  await operator.go('PUT', '/api/preferences/declarations.views', view);
  expect((await operator.go('GET', '/api/preferences/declarations.views')).body).toEqual(view);
  const big = await operator.go('PUT', '/api/preferences/big', 'x'.repeat(70_000));
  expect(big.code).toBe('identity.preference_too_big');
});

test('a port that has an account is given no second first operator', async () => {
  const { ensureOperator } = await import('./service/bootstrap.ts');
  const { db, clock } = port;
  expect(await ensureOperator({ db, clock }, { password: 'another-operator-pw' })).toBe(false);
});
