import assert from 'node:assert/strict';
import type { LedgerEvent } from '../../src/contexts/bonded/contract.ts';
import { usccCheckCharacter } from '../../src/kernel/codes.ts';
import { type BenchPort, call, signIn, startPort } from '../port.ts';
import type { Factory } from './factory.ts';

export const LEDGER = 'H22180000001';
const OFFICE = '2218';
const FIRST = '91310000MA1K3XYW4';
const ENTERPRISE = FIRST + (usccCheckCharacter(FIRST) ?? '');
const PARTS_AT_ONCE = 1_000;
/** What one request may carry: as the command line sends it. */
const EVENTS_AT_ONCE = 40;

/** A port with one open ledger, its parts known and its store filled. */
export interface LedgerPort {
  readonly port: BenchPort;
  /** Sends events as the enterprise's system does. */
  post(events: readonly LedgerEvent[]): Promise<readonly { readonly outcome: string }[]>;
  /** The same with a body made beforehand. */
  send(body: string): Promise<readonly { readonly outcome: string }[]>;
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
}

export async function openLedgerPort(factory: Factory, orders: number): Promise<LedgerPort> {
  const port = await startPort(['--no-demo']);
  try {
    return await prepare(port, factory, orders);
  } catch (error) {
    await port.stop();
    throw error;
  }
}

async function prepare(port: BenchPort, factory: Factory, orders: number): Promise<LedgerPort> {
  const password = /operator \/ (\S+)/.exec(port.said)?.[1];
  assert(password, 'A fresh port tells the first operator’s password.');
  const operator = { cookie: await signIn(port.url, 'operator', password) };
  await call(port.url, operator, '/api/organisations', {
    organisations: [
      { id: ENTERPRISE, kind: 'enterprise', nameZh: '测量制造', nameEn: 'Bench Works' },
      { id: OFFICE, kind: 'customsOffice', nameZh: '测量海关', nameEn: 'Bench office' },
    ],
  });
  await call(port.url, operator, '/api/people', {
    people: [
      personOf('erp', 'enterpriseSystem', ENTERPRISE, []),
      personOf('officer', 'portOfficer', OFFICE, [OFFICE]),
    ],
  });
  const keyOf = async (person: string) => {
    const body = { postId: `${person}.post`, label: 'bench' };
    const { key } = await call<{ key: string }>(port.url, operator, '/api/api-keys', body);
    return { authorization: `Bearer ${key}` };
  };
  const [erp, officer] = [await keyOf('erp'), await keyOf('officer')];
  const at = `/api/bonded/ledgers/${LEDGER}`;
  const ask: LedgerPort['ask'] = (_method, path, body) => call(port.url, erp, path, body);
  const send: LedgerPort['send'] = async (body) => {
    const response = await fetch(new URL(`${at}/events`, port.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...erp },
      body,
    });
    assert(response.ok, `${response.status} ${response.ok ? '' : await response.text()}`);
    return ((await response.json()) as { answers: { outcome: string }[] }).answers;
  };
  const post: LedgerPort['post'] = (events) => send(JSON.stringify({ events }));
  await ask('POST', '/api/bonded/ledgers', {
    ledger: {
      ...{ id: LEDGER, enterprise: ENTERPRISE, name: '测量账册', office: OFFICE },
      ...{ mode: 'workOrder', opensOn: '2026-01-01' },
    },
  });
  await call(port.url, officer, `${at}/answer`, { approve: true, note: '' });
  for (let from = 0; from < factory.parts.length; from += PARTS_AT_ONCE)
    await ask('POST', `${at}/parts`, { parts: factory.parts.slice(from, from + PARTS_AT_ONCE) });
  for (const events of inGroups(factory.supplies(orders), EVENTS_AT_ONCE))
    assert((await post(events)).every(({ outcome }) => outcome === 'applied'));
  return { port, post, send, ask };
}

const personOf = (id: string, role: string, organisationId: string, offices: string[]) => ({
  ...{ id, name: id },
  posts: [
    {
      ...{ id: `${id}.post`, title: id, organisationId, roles: [role], offices },
      ...{ mayBackdate: false, from: '2026-01-01' },
    },
  ],
});

function* inGroups<T>(all: Iterable<T>, size: number): Iterable<T[]> {
  let group: T[] = [];
  for (const one of all) {
    group.push(one);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
