import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLANTS } from '../generate/factories/plants.ts';
import { CONFIRMER, factoryPost, LOADERS, SENDERS, signerPost } from '../generate/people.ts';
import { parseTable, type Row } from '../table.ts';
import { describeYard } from '../yard.ts';
import { type Client, createClient } from './client.ts';
import type { Keys } from './memory.ts';

const CHUNK = 500;

/** Signs in as the operator and returns a client that holds the session. */
export async function signIn(options: {
  url: string;
  account: string;
  password: string;
  signal: AbortSignal;
}): Promise<Client> {
  const { url, account, password, signal } = options;
  const response = await fetch(new URL('/api/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
    signal,
  });
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  await response.body?.cancel();
  if (!response.ok || !cookie)
    throw new Error(`The operator could not sign in: ${response.status}.`);
  return createClient({ url, headers: { cookie }, signal });
}

/**
 * Makes the port known to itself: organisations, people in their posts, enterprises with their
 * grades, and a key for each post that loads history. Doing it again changes nothing but the keys.
 */
export async function setUpPort(operator: Client, folder: string): Promise<Keys> {
  const table = (name: string) => parseTable(readFileSync(join(folder, name), 'utf8'));
  const enterprises = table('enterprises.csv');
  await sendAll(operator, '/api/organisations', 'organisations', [
    ...table('organisations.csv').map(toOrganisation),
    ...enterprises.map(({ uscc, nameZh, nameEn }) => ({
      id: uscc,
      kind: 'enterprise',
      nameZh,
      nameEn,
    })),
  ]);
  await sendAll(operator, '/api/people', 'people', toPeople(table('people-and-posts.csv')));
  const grades = new Map<string, Row[]>();
  for (const row of table('enterprise-grades.csv')) {
    const uscc = row.uscc ?? '';
    grades.set(uscc, [...(grades.get(uscc) ?? []), row]);
  }
  await sendAll(
    operator,
    '/api/enterprises',
    'enterprises',
    enterprises.map((row) => toEnterprise(row, grades.get(row.uscc ?? '') ?? [])),
  );
  await describeYard(operator);
  const key = async (postId: string): Promise<string> => {
    const created = await operator.post<{ key: string }>('/api/api-keys', {
      postId,
      label: 'demo',
    });
    return created.key;
  };
  const factories: Record<string, string> = {};
  const signers: Record<string, string> = {};
  for (const { ledger } of PLANTS) {
    factories[ledger.id] = await key(factoryPost(ledger.id));
    signers[ledger.id] = await key(signerPost(ledger.id));
  }
  return {
    singleWindow: await key(LOADERS.singleWindow),
    terminals: await key(LOADERS.terminals),
    examiner: await key(LOADERS.examiner),
    analyst: await key(LOADERS.analyst),
    supervisor: await key(LOADERS.supervisor),
    commerce: await key(LOADERS.commerce),
    maritime: await key(LOADERS.maritime),
    zoneEnterprise: await key(LOADERS.zoneEnterprise),
    broker: await key(SENDERS.broker),
    carrier: await key(SENDERS.carrier),
    confirmer: await key(CONFIRMER),
    factories,
    signers,
  };
}

async function sendAll(
  client: Client,
  path: string,
  name: string,
  items: readonly unknown[],
): Promise<void> {
  for (let from = 0; from < items.length; from += CHUNK) {
    await client.post(path, { [name]: items.slice(from, from + CHUNK) });
  }
}

const toOrganisation = ({ id, kind, nameZh, nameEn, parent }: Row) => ({
  id,
  kind,
  nameZh,
  nameEn,
  ...(parent && {
    memberships: [{ hierarchy: 'administrative', parentId: parent, from: '2018-04-20' }],
  }),
});

function toPeople(rows: readonly Row[]) {
  return rows.map((row) => ({
    id: row.person,
    name: row.name,
    ...(row.account && { account: row.account, password: row.password }),
    posts: [
      {
        id: row.post,
        title: row.title,
        titleEn: row.titleEn,
        organisationId: row.organisation,
        roles: row.roles?.split(' '),
        offices: row.offices ? row.offices.split(' ') : [],
        mayBackdate: row.mayBackdate === 'yes',
        from: row.from,
      },
    ],
  }));
}

const toEnterprise = (row: Row, grades: readonly Row[]) => ({
  uscc: row.uscc,
  nameZh: row.nameZh,
  nameEn: row.nameEn,
  customsRegNo: row.customsRegNo,
  registeredOn: row.registeredOn,
  grades: grades.map(({ grade, from, to }) => ({ grade, from, to: to || null })),
});
