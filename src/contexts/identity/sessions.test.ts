// People sign in, change posts and leave; strangers, guessers and ended sessions are kept out.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import {
  minutesAfter,
  OFFICER_PASSWORD,
  OPERATOR_PASSWORD,
  officer,
  openPort,
  PUDONG,
} from './testing.ts';

let database: TestDatabase;
let port: Awaited<ReturnType<typeof openPort>>;
beforeAll(async () => {
  database = await testDatabase();
  const { browser } = await openPort(database);
  const operator = browser();
  await operator.signIn('operator', OPERATOR_PASSWORD);
  await operator.go('POST', '/api/organisations', PUDONG);
  const people = [officer(), officer({ id: 'gone', account: 'gone', posts: [] })];
  expect((await operator.go('POST', '/api/people', { people })).status).toBe(200);
});
// A new process over the same database: limits in memory begin afresh.
beforeEach(async () => {
  port = await openPort(database);
});
afterAll(() => database.drop());

test('an officer signs in and learns who they are, where, and what they may do', async () => {
  const officerAt = port.browser();
  expect((await officerAt.go('GET', '/api/session')).code).toBe('http.sign_in_needed');
  const answer = await officerAt.signIn('  LIN.hao ', OFFICER_PASSWORD);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    personId: 'lin-hao',
    post: { id: 'waigaoqiao-1', title: '查验一科', titleEn: null },
    organisation: { id: '2225', nameZh: '外高桥海关' },
    roles: ['portOfficer'],
    offices: ['2225'],
    permissions: ['identity.organisation.read', 'identity.organisation.name'],
    posts: [{ id: 'waigaoqiao-audit', title: '督察', titleEn: 'Audit', organisationId: '2225' }],
  });
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  expect((await officerAt.go('GET', '/api/session')).body).toEqual(answer.body);
});

test('the cookie travels on secure connections only where there is one', async () => {
  const answer = await port.app.request('https://port.example/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'lin.hao', password: OFFICER_PASSWORD }),
  });
  expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
});

test('another post is another session: other rights, and the old token is worth nothing', async () => {
  const officerAt = port.browser();
  await officerAt.signIn('lin.hao', OFFICER_PASSWORD);
  const before = officerAt.cookie();
  expect((await officerAt.go('GET', '/api/audit')).code).toBe('identity.not_permitted');
  const answer = await officerAt.go('POST', '/api/session/post', { postId: 'waigaoqiao-audit' });
  expect(answer.body.roles).toEqual(['auditor']);
  expect((await officerAt.go('GET', '/api/audit')).status).toBe(200);
  expect((await officerAt.go('POST', '/api/session/post', { postId: 'operator' })).code).toBe(
    'identity.post_not_held',
  );
  officerAt.setCookie(before);
  expect((await officerAt.go('GET', '/api/session')).code).toBe('identity.session_ended');
});

test('signing out ends the session, and signing in anew ends the one before', async () => {
  const officerAt = port.browser();
  await officerAt.signIn('lin.hao', OFFICER_PASSWORD);
  const first = officerAt.cookie();
  await officerAt.signIn('lin.hao', OFFICER_PASSWORD);
  const second = officerAt.cookie();
  expect((await officerAt.go('DELETE', '/api/session')).status).toBe(200);
  for (const cookie of [first, second]) {
    officerAt.setCookie(cookie);
    expect((await officerAt.go('GET', '/api/session')).code).toBe('identity.session_ended');
  }
});

test('a session ends an hour after its last use, and twelve hours after its first', async () => {
  const { clock } = port;
  const start = clock.now();
  const idle = port.browser();
  await idle.signIn('lin.hao', OFFICER_PASSWORD);
  const busy = port.browser();
  await busy.signIn('lin.hao', OFFICER_PASSWORD);
  for (let minutes = 30; minutes < 12 * 60; minutes += 30) {
    clock.set(minutesAfter(start, minutes));
    expect((await busy.go('GET', '/api/session')).status).toBe(200);
  }
  expect((await idle.go('GET', '/api/session')).code).toBe('identity.session_ended');
  clock.set(minutesAfter(start, 12 * 60));
  expect((await busy.go('GET', '/api/session')).code).toBe('identity.session_ended');
});

test('a page that listens on its own does not keep its reader signed in', async () => {
  const { clock, identity } = port;
  const start = clock.now();
  const away = port.browser();
  await away.signIn('lin.hao', OFFICER_PASSWORD);
  const headers = new Headers({ cookie: away.cookie() });
  for (const minutes of [20, 40, 59]) {
    clock.set(minutesAfter(start, minutes));
    expect(await identity.authenticate({ headers, address: 'a', passive: true })).not.toBeNull();
  }
  clock.set(minutesAfter(start, 60));
  await expect(identity.authenticate({ headers, address: 'a', passive: true })).rejects.toThrow(
    'identity.session_ended',
  );
});

test('somebody without a current post may not come in', async () => {
  const answer = await port.browser().signIn('gone', OFFICER_PASSWORD);
  expect([answer.status, answer.code]).toEqual([403, 'identity.no_post']);
});

test('a guesser learns nothing: a name with an account and one without are answered alike', async () => {
  const answers = [];
  for (const name of ['operator', 'nobody-of-that-name']) {
    const guesser = port.browser();
    const seen = [];
    for (let i = 0; i < 6; i++) {
      const { status, code, body } = await guesser.signIn(name, `guess-${i}`);
      seen.push({ status, code, params: body.refusals[0].params });
    }
    answers.push(seen);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.map(({ code }) => code)).toEqual([
    ...Array(5).fill('identity.wrong_password'),
    'identity.account_locked',
  ]);
});

test('a locked account refuses even the right password, until its time is over', async () => {
  const { clock } = port;
  const guesser = port.browser();
  await officerSignsIn();
  for (let i = 0; i < 5; i++) await guesser.signIn('lin.hao', `guess-${i}`);
  const locked = await guesser.signIn('lin.hao', OFFICER_PASSWORD);
  expect([locked.status, locked.code]).toEqual([429, 'identity.account_locked']);
  expect(locked.headers.get('retry-after')).toBe('30');
  clock.set(minutesAfter(clock.now(), 0.5));
  await officerSignsIn();

  async function officerSignsIn() {
    expect((await port.browser().signIn('lin.hao', OFFICER_PASSWORD)).status).toBe(200);
  }
});

test('tries from one address are limited over all accounts', async () => {
  const guesser = port.browser();
  const codes = [];
  for (let i = 0; i < 42; i++) codes.push((await guesser.signIn(`name-${i}`, 'guess')).code);
  expect(codes.indexOf('identity.too_many_attempts')).toBe(40);
});
