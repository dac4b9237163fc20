import type { Instant } from '../../kernel/dates.ts';
import { createManualClock } from '../../platform/clock.ts';
import { createHttp } from '../../platform/http/index.ts';
import { silentLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import type { Actor } from './contract.ts';
import { createIdentity } from './identity.ts';
import { identityPermissions } from './permissions.ts';
import { identityRoutes } from './routes.ts';
import { ensureOperator } from './service/bootstrap.ts';

export const OPERATOR_PASSWORD = 'tide-and-harbour';
export const OFFICER_PASSWORD = 'lantern-on-the-quay';

/** A port with its first operator, and the clock in the test's hand. */
export async function openPort(database?: Pick<TestDatabase, 'db' | 'drop'>) {
  const { db, drop } = database ?? (await testDatabase());
  const clock = createManualClock('2026-07-01T01:00:00.000Z');
  await ensureOperator({ db, clock }, { password: OPERATOR_PASSWORD });
  const identity = createIdentity({ db, clock, log: silentLog, permissions: identityPermissions });
  const app = createHttp<Actor>({
    log: silentLog,
    metrics: createMetrics(),
    authenticate: (caller) => identity.authenticate(caller),
    onForbidden: (actor, refusals) =>
      identity.recordForbidden(actor, String(refusals[0]?.params?.operation), {}),
    checkResponses: true,
  });
  identityRoutes(app, identity);
  return { db, drop, clock, identity, app, ...visitors(app) };
}

/** The answer of one request, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly code: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test asks for whatever it expects to be there.
  readonly body: any;
}

function visitors(app: { request(path: string, init: RequestInit): Response | Promise<Response> }) {
  const ask = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await app.request(path, {
      method,
      headers: { ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.json();
    const code = (text as { refusals?: { code: string }[] } | null)?.refusals?.[0]?.code;
    return { status: answer.status, headers: answer.headers, code, body: text };
  };
  const withKey = (key: string) => (method: string, path: string, body?: unknown) =>
    ask(method, path, body, { authorization: `Bearer ${key}` });

  /** A browser: it keeps the cookie it was given. */
  const browser = () => {
    let cookie = '';
    const go = async (method: string, path: string, body?: unknown): Promise<Answer> => {
      const answer = await ask(method, path, body, cookie ? { cookie } : {});
      const given = answer.headers.get('set-cookie');
      if (given !== null) cookie = given.split(';')[0] ?? '';
      return answer;
    };
    return {
      go,
      signIn: (account: string, password: string) =>
        go('POST', '/api/session', { account, password }),
      cookie: () => cookie,
      setCookie: (value: string) => {
        cookie = value;
      },
    };
  };
  return { browser, withKey };
}

/** A customs office with one officer, as an operator would enter them. */
export const PUDONG = {
  organisations: [
    { id: '2200', kind: 'customsOffice', nameZh: '上海海关', nameEn: 'Shanghai Customs' },
    {
      id: '2225',
      kind: 'customsOffice',
      nameZh: '外高桥海关',
      nameEn: 'Waigaoqiao Customs',
      memberships: [{ hierarchy: 'administrative', parentId: '2200', from: '1990-01-01' }],
    },
  ],
};
export const officer = (changes: object = {}) => ({
  id: 'lin-hao',
  name: '林昊',
  account: 'Lin.Hao',
  password: OFFICER_PASSWORD,
  posts: [
    {
      id: 'waigaoqiao-1',
      title: '查验一科',
      organisationId: '2225',
      roles: ['portOfficer'],
      offices: ['2225'],
      from: '2026-01-01',
    },
    {
      id: 'waigaoqiao-audit',
      title: '督察',
      titleEn: 'Audit',
      organisationId: '2225',
      roles: ['auditor'],
      from: '2026-03-01',
    },
  ],
  ...changes,
});

export const minutesAfter = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();
