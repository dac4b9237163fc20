import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createPlatform, type Platform } from '../../src/apps/wiring.ts';
import { CARRIER } from '../../src/contexts/cargo/manifests/fixtures.ts';
import { content } from '../../src/contexts/clearance/fixtures.ts';
import { ensureOperator } from '../../src/contexts/identity/index.ts';
import { openDuckdb } from '../../src/platform/analytics/duckdb.ts';
import { type Clock, systemClock } from '../../src/platform/clock.ts';
import { openFileStore } from '../../src/platform/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { testDatabase } from '../../src/platform/postgres/testing.ts';
import type { Db } from '../../src/platform/postgres/transaction.ts';
import { openSecret } from '../../src/platform/secret.ts';

const PASSWORD = 'a-story-is-told';
const BROKER = content().parties.declarant?.uscc ?? '';
const ENTERPRISES: readonly string[] = [BROKER, CARRIER];

/** Who plays in the stories: account, role, organisation and offices. */
const CAST = [
  ['declarant', 'declarant', BROKER, []],
  ['officer', 'portOfficer', '2225', ['2225']],
  ['officer2', 'portOfficer', '2225', ['2225']],
  ['analyst', 'riskAnalyst', '2200', []],
  ['supervisor', 'supervisor', '2200', []],
  ['auditor', 'auditor', '2200', []],
  ['terminal', 'terminal', 'terminal', []],
  ['authority', 'otherAuthority', 'maritime', []],
  ['window', 'singleWindow', 'window', []],
  ['carrier', 'carrier', CARRIER, []],
  ['commerce', 'otherAuthority', 'commerce', []],
  ['inland', 'portOfficer', '2244', ['2244']],
] as const;
export type Player = (typeof CAST)[number][0] | 'operator';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a story reads the answer as a person would, field by field.
  readonly body: any;
}

/** A whole port in this process, on a database of its own, spoken to through HTTP as anybody would. */
export interface StoryPort {
  readonly platform: Platform;
  readonly db: Db;
  readonly databaseUrl: string;
  /** Where this port keeps its secret and its pool. */
  readonly folder: string;
  as(player: Player | null, method: string, path: string, body?: unknown): Promise<Answer>;
  /** As `as`, for what must succeed: answers with the body. */
  done(player: Player, method: string, path: string, body?: unknown): Promise<Answer['body']>;
  /** The session a player has signed in to, for what is not sent as JSON. */
  cookieOf(player: Player): Promise<string>;
  close(): Promise<void>;
}

/** What a story about something else does not have to bring about before goods go. */
const LEFT_OUT = [
  'manifestMatched',
  'permitsWrittenDown',
  'quarantineCleared',
  'authorityCleared',
  'taxPaidOrGuaranteed',
];

export async function openPort(
  options: {
    samplingRate?: number;
    conditionsNotComputed?: readonly string[];
    clock?: Clock;
    messagesFolder?: string;
  } = {},
): Promise<StoryPort> {
  const clock = options.clock ?? systemClock;
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-story-'));
  const database = await testDatabase();
  const analytics = await openDuckdb({ file: join(folder, 'pool.duckdb') });
  await ensureOperator({ db: database.db, clock }, { password: PASSWORD });
  const platform = await createPlatform({
    db: database.db,
    connections: database.pool,
    analytics,
    poolFolder: folder,
    chemicalsFolder: join(folder, 'chemicals'),
    files: await openFileStore(join(folder, 'files')),
    secret: await openSecret(folder),
    clock,
    log: silentLog,
    names: { zh: '故事口岸', en: 'Story port' },
    conditionsNotComputed: options.conditionsNotComputed ?? LEFT_OUT,
    samplingRate: options.samplingRate ?? 0,
    retrainEveryDays: null,
    auditPercent: 0,
    webhookHosts: [],
    messagesFolder: options.messagesFolder ?? null,
    demo: null,
    checkResponses: true,
  });
  const cookies = new Map<Player, string>();

  async function cookieOf(player: Player): Promise<string> {
    const known = cookies.get(player);
    if (known) return known;
    const response = await platform.app.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: player, password: PASSWORD }),
    });
    expect(response.status, `${player} signs in`).toBe(200);
    const cookie = response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    cookies.set(player, cookie);
    return cookie;
  }

  const as: StoryPort['as'] = async (player, method, path, body) => {
    const send = async () =>
      platform.app.request(path, {
        method,
        headers: {
          ...(player && { cookie: await cookieOf(player) }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    let response = await send();
    // Sessions do not outlive the hours and days that a story passes over.
    if (player && response.status === 401 && cookies.delete(player)) response = await send();
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };
  const done: StoryPort['done'] = async (player, method, path, body) => {
    const answer = await as(player, method, path, body);
    expect(answer, `${player} ${method} ${path}`).toMatchObject({ status: 200 });
    return answer.body;
  };

  await done('operator', 'POST', '/api/organisations', {
    organisations: [...new Set(CAST.map(([, , organisation]) => organisation))].map((id) => ({
      id,
      kind: /^\d{4}$/.test(id)
        ? 'customsOffice'
        : ENTERPRISES.includes(id)
          ? 'enterprise'
          : 'otherAuthority',
      nameZh: id,
      nameEn: id,
    })),
  });
  await done('operator', 'POST', '/api/people', {
    people: CAST.map(([account, role, organisationId, offices]) => ({
      id: account,
      name: account,
      account,
      password: PASSWORD,
      posts: [
        {
          id: `${account}.post`,
          title: account,
          organisationId,
          roles: [role],
          offices: [...offices],
          mayBackdate: false,
          from: '2026-01-01',
        },
      ],
    })),
  });

  return {
    platform,
    db: database.db,
    databaseUrl: database.url,
    folder,
    as,
    done,
    cookieOf,
    close: async () => {
      await platform.stop();
      await analytics.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An ordinary filing under an id of its own. */
export const filing = (id: string, changes: Parameters<typeof content>[0] = {}) => ({
  id,
  content: content(changes),
});

/** A clean examination by two officers, the cargo side present. */
export const cleanExamination = {
  methods: ['unpackPartly'],
  officers: ['陈立', '周敏'],
  attendance: { name: '王强', signature: '王强', absentReason: null },
};
