import { createManualClock } from '../../../platform/clock.ts';
import { createHttp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, envelopeOf, type Role } from '../../identity/index.ts';
import type { ReleasedGoods } from './events.ts';
import { releaseRoutes } from './routes.ts';
import { createReleases, type ReleasesOptions } from './service/index.ts';

export const START = '2026-07-01T01:00:00.000Z';
export const TERMINAL = 'WGQ-TERMINAL';
export const OTHER_TERMINAL = 'YS-TERMINAL';
export const DECLARANT = '91310000MA1FL0001X';
export const OFFICE = '2225';

const person = (role: Role, organisationId: string, offices: readonly string[] = []): Actor => ({
  personId: `${role}-of-${organisationId}`,
  name: role,
  postId: `${role}-1`,
  organisationId,
  roles: [role],
  offices,
  mayBackdate: false,
  via: 'session',
});

/** Who comes to the counter, by name. */
export const people = {
  terminal: person('terminal', TERMINAL),
  otherTerminal: person('terminal', OTHER_TERMINAL),
  declarant: person('declarant', DECLARANT),
  stranger: person('declarant', '91310000MA1FL0002X'),
  officer: person('portOfficer', OFFICE, [OFFICE]),
  officerElsewhere: person('portOfficer', '2248', ['2248']),
  operator: person('operator', 'platform'),
};
export type PersonName = keyof typeof people;

export const released = (
  declaration: string,
  changes: Partial<ReleasedGoods> = {},
): ReleasedGoods => ({
  cause: `declaration:${declaration}@5`,
  declaration,
  declarationNumber: '222520261000000001',
  organisation: DECLARANT,
  terminal: TERMINAL,
  bill: 'COSU6301234560',
  containers: ['CSQU3054383'],
  packages: 12,
  grossMassKg: '1050.5',
  office: OFFICE,
  releasedAt: START,
  conditional: null,
  ...changes,
});

/** The answer of one request, read. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test asks for whatever it expects to be there.
  readonly body: any;
}

/** Releases with the clock in the test's hand, asked over HTTP by people we know. */
export function openReleases(db: Db, options: Partial<ReleasesOptions> = {}) {
  const clock = createManualClock(START);
  const secret = { keyFor: (label: string) => Buffer.alloc(32, label) };
  const releases = createReleases({
    ...{ db, clock, log: silentLog, secret, isGate: (gate) => gate === 'WGQ-2' },
    ...options,
  });
  const app = createHttp<Actor>({
    log: silentLog,
    metrics: createMetrics(),
    authenticate: async ({ headers }) => people[headers.get('authorization') as PersonName] ?? null,
    checkResponses: true,
  });
  releaseRoutes(app, releases);
  const ask = async (
    who: PersonName | 'nobody',
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer> => {
    const answer = await app.request(path, {
      method,
      headers: { authorization: who, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    releases,
    clock,
    ask,
    takeBack: (declaration: string) =>
      inTransaction(db, (tx) =>
        releases.takeBack(tx, {
          ...{ declaration, reason: '漏检', legalBasis: '海关法 第六条' },
          envelope: envelopeOf({ clock }, people.officer, { consignment: declaration }),
        }),
      ),
    issue: (...goods: ReleasedGoods[]) => inTransaction(db, (tx) => releases.issue(tx, goods)),
    later: (minutes: number) =>
      clock.set(new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString()),
  };
}
