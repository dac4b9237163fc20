// The analyst and the supervisor at a port that keeps rules, a list and a model as far as they can tell.
// Started again at any point, they do what is left to do and nothing twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate, type Manifest } from '../generate/generate.ts';
import { type Client, PortRefused } from './client.ts';
import { createTargeting } from './targeting.ts';

const folder = mkdtempSync(join(tmpdir(), 'jianghai-targeting-'));
let manifest: Manifest;
beforeAll(async () => {
  manifest = await generate({ folder, scale: 400 });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A port of which only this is asked; it counts who did what. */
function standIn({ findings }: { findings: 'enough' | 'tooFew' }) {
  const acts: string[] = [];
  const rules = new Map<string, { live: object | null; shadow: object | null; working: 1 }>();
  let list: { published: object | null; proposed: object | null } | null = null;
  let model: { id: string; status: string; proposal: { to: string } | null } | null = null;
  const missing = (path: string) => new PortRefused(404, `GET ${path}`, []);

  function get(path: string): unknown {
    const [, kind, id = ''] = /^\/api\/risk\/(\w+)\/?(.*)$/.exec(path) ?? [];
    if (kind === 'backtests') return { state: 'done' };
    if (kind === 'models') return { models: model ? [model] : [] };
    if (kind === 'training') {
      const state = findings === 'enough' ? 'done' : 'waiting';
      return { running: null, runs: [{ id: 'M-0001', askedBy: 'analyst', state }] };
    }
    const found = kind === 'lists' ? list : rules.get(id);
    if (!found) throw missing(path);
    return found;
  }

  function change(path: string, body: unknown): unknown {
    const said = body as { to?: string };
    const [, kind, id = '', act = ''] =
      /^\/api\/risk\/(\w+)\/?([\w-]*)\/?([\w-]*)/.exec(path) ?? [];
    if (kind === 'rules') {
      const rule = rules.get(id) ?? { live: null, shadow: null, working: 1 as const };
      rules.set(id, rule);
      if (act === 'proposal') Object.assign(rule, { proposal: said.to });
      if (act === 'approval') rule[id === 'R-0004' ? 'shadow' : 'live'] = {};
      return { rule, reading: { problems: [] } };
    }
    if (kind === 'lists') {
      list =
        act === 'approval' ? { published: {}, proposed: null } : { published: null, proposed: {} };
    }
    if (kind === 'training' && findings === 'enough') {
      model ??= { id: 'M-0001', status: 'draft', proposal: null };
    }
    if (model && act === 'propose') model.proposal = { to: said.to ?? '' };
    if (model?.proposal && act === 'answer') {
      model = { ...model, status: model.proposal.to, proposal: null };
    }
    return {};
  }

  const clientOf = (who: string): Client => ({
    get: async <T>(path: string) => get(path) as T,
    post: async <T>(path: string, body: unknown) => {
      acts.push(`${who} ${path.replace(/\?.*/, '').replace('/api/risk/', '')}`);
      return change(path, body) as T;
    },
    put: async <T>(path: string, body: unknown) => {
      acts.push(`${who} ${path.replace(/\?.*/, '').replace('/api/risk/', '')}`);
      return change(path, body) as T;
    },
  });
  const complaints: string[] = [];
  const targeting = createTargeting({
    ...{ analyst: clientOf('analyst'), supervisor: clientOf('supervisor'), folder, manifest },
    complain: (sentence) => complaints.push(sentence),
    signal: new AbortController().signal,
  });
  return { targeting, acts, rules, complaints, model: () => model };
}

test('budgets, then rules and a model proposed by one and approved by the other', async () => {
  const { targeting, acts, rules, model, complaints } = standIn({ findings: 'enough' });
  await targeting.setBudgets();
  expect(new Set(acts)).toEqual(new Set(['supervisor selection/budgets']));
  await targeting.prepare('2026-07-31');
  expect([...rules.values()].map(({ live }) => live !== null)).toEqual([true, true, true, false]);
  expect(model()).toMatchObject({ status: 'shadow' });
  expect(
    acts.filter((act) => /approval|answer/.test(act)).every((act) => act.startsWith('supervisor')),
  ).toBe(true);

  const done = acts.length;
  await targeting.prepare('2026-07-31');
  // Asked again, the training is the same one; everything else is found done.
  expect(acts.slice(done)).toEqual(['analyst training']);
  await targeting.goLive();
  expect(model()).toMatchObject({ status: 'live' });
  const live = acts.length;
  await targeting.goLive();
  expect(acts.length).toBe(live);
  expect(complaints).toEqual([]);
});

test('a port with too few findings goes on without a model', async () => {
  const { targeting, model, complaints } = standIn({ findings: 'tooFew' });
  await targeting.prepare('2026-07-31');
  await targeting.goLive();
  expect(model()).toBeNull();
  expect(complaints).toEqual([]);
});
