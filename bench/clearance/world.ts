import assert from 'node:assert/strict';
import { loadCatalogue } from '../../demo/generate/catalogue.ts';
import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import { call, signIn } from '../port.ts';
import { payerOf } from './filings.ts';

/** Organisation of every post of a measured day. */
export const BENCH = 'bench';
const PASSWORD = 'measured-and-written-down';
const POSTS = {
  window: 'singleWindow',
  terminal: 'terminal',
  officer: 'portOfficer',
  authority: 'otherAuthority',
  supervisor: 'supervisor',
} as const;
export type Post = keyof typeof POSTS;

/** A port made ready for a day: a key for each post, and the payers a bank stands for. */
export interface World {
  readonly keys: Readonly<Record<Post, string>>;
  readonly guaranteed: readonly string[];
}

/** Makes posts, permits and guarantees as an operator, authorities and banks would. */
export async function prepare(
  port: { readonly url: string; readonly said: string },
  contents: readonly DeclarationInput[],
): Promise<World> {
  const { url } = port;
  const password = /operator \/ (\S+)/.exec(port.said)?.[1];
  assert(password, 'A fresh port tells the first operator’s password.');
  const operator = { cookie: await signIn(url, 'operator', password) };
  const { offices } = loadCatalogue();
  await call(url, operator, '/api/organisations', {
    organisations: [
      { id: BENCH, kind: 'otherAuthority', nameZh: '测量', nameEn: 'Bench' },
      { id: 'maritimeSafety', kind: 'otherAuthority', nameZh: '海事', nameEn: 'Maritime' },
    ],
  });
  await call(url, operator, '/api/people', {
    people: Object.entries(POSTS).map(([id, role]) => ({
      ...{ id, name: id, account: id, password: PASSWORD },
      posts: [
        {
          ...{ id: `${id}.post`, title: id, roles: [role], mayBackdate: false, from: '2026-01-01' },
          organisationId: id === 'authority' ? 'maritimeSafety' : BENCH,
          offices: role === 'portOfficer' ? offices.map(({ code }) => code) : [],
        },
      ],
    })),
  });
  const keyOf = async (post: Post): Promise<string> => {
    const body = { postId: `${post}.post`, label: 'bench' };
    return (await call<{ key: string }>(url, operator, '/api/api-keys', body)).key;
  };
  const keys = {
    window: await keyOf('window'),
    terminal: await keyOf('terminal'),
    officer: await keyOf('officer'),
    authority: await keyOf('authority'),
    supervisor: await keyOf('supervisor'),
  };
  await issuePermits(url, keys.authority, contents);
  return { keys, guaranteed: await giveGuarantees(url, keys, contents) };
}

export const bearing = (key: string) => ({ authorization: `Bearer ${key}` });
const PER_REQUEST = 500;

async function issuePermits(
  url: string,
  authority: string,
  contents: readonly DeclarationInput[],
): Promise<void> {
  const year = new Date().getUTCFullYear();
  const permits = contents.flatMap((content) =>
    (content.licences ?? []).map(({ kind, number }) => ({
      ...{ kind, number },
      terms: {
        ...{ holder: payerOf(content), holderName: '', ieFlag: content.ieFlag, origins: [] },
        goods: [...new Set(content.lines.map(({ hsCode }) => (hsCode ?? '').slice(0, 4)))],
        ...{ quantity: null, unit: null, value: null, currency: null, uses: null },
        ...{ validFrom: `${year}-01-01`, validUntil: `${year + 1}-12-31` },
      },
    })),
  );
  for (let from = 0; from < permits.length; from += PER_REQUEST) {
    const body = { permits: permits.slice(from, from + PER_REQUEST) };
    await call(url, bearing(authority), '/api/permits', body);
  }
}

/** A bank stands for every other payer. */
async function giveGuarantees(
  url: string,
  keys: World['keys'],
  contents: readonly DeclarationInput[],
): Promise<string[]> {
  const payers = [...new Set(contents.map(payerOf))].sort();
  const guaranteed = payers.filter((_, index) => index % 2 === 0);
  const year = new Date().getUTCFullYear();
  for (const payer of guaranteed) {
    const id = `TG-${payer}`;
    await call(url, bearing(keys.window), '/api/duty/guarantees', {
      ...{ id, payer, office: '2225', kind: 'total', form: 'bank', limit: '900000000000' },
      ...{ validFrom: `${year}-01-01`, validTo: `${year + 1}-12-31`, guarantor: '测量银行' },
      ...{ consolidated: true, reference: id },
    });
    const answer = { approve: true, note: '' };
    await call(url, bearing(keys.officer), `/api/duty/guarantees/${id}/answer`, answer);
  }
  return guaranteed;
}
