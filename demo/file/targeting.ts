import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Backtest } from '../../src/contexts/risk/backtest/contract.ts';
import type { ModelRow, Training, TrainingRun } from '../../src/contexts/risk/models/contract.ts';
import type { RiskList, Rule, SavedRule } from '../../src/contexts/risk/rules/contract.ts';
import type { Manifest } from '../generate/generate.ts';
import { type Client, PortRefused } from './client.ts';
import { PROPOSED, type Proposed, TRANSHIPMENT_LIST } from './proposals.ts';

/** Of the daily traffic of an office, what its people can examine; and of that, what is drawn to learn. */
const BUDGET_SHARE = 0.05;
const EXPLORE_SHARE = 0.1;
/** Traffic is planned by the first days of filings. */
const PLANNED_BY_DAYS = 7;
/** Repeated, it is the same back-test; so are the budgets, whose ids end in the office. */
const BACKTEST = '6f1f3a52-5b0e-4c55-9a3e-0a4d1c7e0001';
const LOOK_EVERY_MS = 500;

/** What the people who answer for targeting do in a quarter, in this order. Each may be repeated. */
export interface Targeting {
  /** The supervisor plans the examinations of each office, before the first filing. */
  setBudgets(): Promise<void>;
  /** The analyst writes rules and a list and trains a model; the supervisor approves. */
  prepare(day: string): Promise<void>;
  /** The model, having been seen beside decisions, goes live. */
  goLive(): Promise<void>;
}

/**
 * An analyst and a supervisor with a key each, working through the public interface like anybody. They
 * know what the port knows: the findings of its examinations, and never the sealed answers.
 */
export function createTargeting(deps: {
  readonly analyst: Client;
  readonly supervisor: Client;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly complain: (sentence: string) => void;
  readonly signal: AbortSignal;
}): Targeting {
  const { analyst, supervisor, folder, manifest, complain, signal } = deps;

  /** What the port says no to is told and left: a port without this rule is still a port. */
  async function unlessRefused(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PortRefused) || error.status === 401) throw error;
      complain(`${what}: ${error.message}`);
    }
  }

  async function publishList(): Promise<void> {
    const { name, labelZh, labelEn, origin, csv } = TRANSHIPMENT_LIST;
    const known = await orNull(analyst.get<RiskList>(`/api/risk/lists/${name}`));
    if (known?.published) return;
    if (!known?.proposed) {
      const said = new URLSearchParams({ labelZh, labelEn, origin, type: 'text', basedOn: '0' });
      await analyst.put(`/api/risk/lists/${name}?${said}`, csv);
    }
    await supervisor.post(`/api/risk/lists/${name}/approval`, { version: 1, approve: true });
  }

  /** Writes a rule; `false` where it is in force already, or somebody else’s by now. */
  async function draft({ id, content }: Proposed, day: string): Promise<boolean> {
    const path = `/api/risk/rules/${id}`;
    const known = await orNull(analyst.get<Rule>(path));
    if (known) return !(known.live || known.shadow || known.retired || known.working > 1);
    const effective = { from: day, to: null };
    const saved = await analyst.put<SavedRule>(path, {
      content: { ...content, effective },
      basedOn: 0,
    });
    const [problem] = saved.reading.problems;
    if (problem) complain(`${id} cannot be read: ${problem.sentence.en}`);
    return !problem;
  }

  /** Rules are tried together, over the pool as it stands, and then proposed and approved one by one. */
  async function writeRules(day: string): Promise<void> {
    const drafted: Proposed[] = [];
    for (const rule of PROPOSED) if (await draft(rule, day)) drafted.push(rule);
    if (drafted.length === 0) return;
    const rules = PROPOSED.map(({ id }) => ({ id, version: 1 }));
    await analyst.post('/api/risk/backtests', { id: BACKTEST, rules });
    const { state } = await ended<Backtest>(
      () => analyst.get(`/api/risk/backtests/${BACKTEST}`),
      ({ state: now }) => now !== 'queued' && now !== 'running',
    );
    if (state !== 'done') complain(`The back-test of the rules ended as ${state}.`);
    else for (const rule of drafted) await unlessRefused(rule.id, () => putInForce(rule));
  }

  async function putInForce({ id, to, note }: Proposed): Promise<void> {
    const path = `/api/risk/rules/${id}`;
    await analyst.post(`${path}/backtests`, { backtest: BACKTEST });
    await analyst.post(`${path}/proposal`, { version: 1, to, note });
    await supervisor.post(`${path}/approval`, { version: 1, approve: true });
  }

  /** Too few findings make no model: a small port goes on without. */
  async function train(): Promise<void> {
    const before = await analyst.get<Training>('/api/risk/training');
    // A training that ended with its server is not taken up again; the next has an id of its own.
    const broken = before.runs.filter(
      ({ askedBy, state }) => askedBy !== 'system' && state === 'cancelled',
    );
    const model = `M-${String(broken.length + 1).padStart(4, '0')}`;
    await analyst.post<TrainingRun>('/api/risk/training', { id: model });
    const { runs } = await ended<Training>(
      () => analyst.get('/api/risk/training'),
      ({ running }) => running?.id !== model,
    );
    const run = runs.find(({ id }) => id === model);
    if (run?.state === 'failed') complain(`${model}: ${run.sentence?.en ?? 'it failed.'}`);
    if (run?.state === 'done')
      await move('draft', 'shadow', '用首月查获训练，先与现行布控并行试运行。');
  }

  /** The analyst proposes what the analyst made; the supervisor answers. */
  async function move(
    from: ModelRow['status'],
    to: 'shadow' | 'live',
    note: string,
  ): Promise<void> {
    const { models } = await analyst.get<{ models: ModelRow[] }>('/api/risk/models');
    const model = models.find(({ id, status }) => /^M-\d{4}$/.test(id) && status === from);
    if (!model) return;
    const path = `/api/risk/models/${model.id}`;
    if (!model.proposal) await analyst.post(`${path}/propose`, { to, note });
    await supervisor.post(`${path}/answer`, { approve: true, note: '同意。' });
  }

  async function ended<T>(look: () => Promise<T>, isOver: (seen: T) => boolean): Promise<T> {
    for (;;) {
      const seen = await look();
      if (isOver(seen)) return seen;
      await pause(LOOK_EVERY_MS, undefined, { signal });
    }
  }

  return {
    async setBudgets() {
      const means = await dailyTraffic(folder, manifest);
      for (const [office, mean] of means) {
        await unlessRefused(`The budget of ${office}`, async () => {
          await supervisor.post('/api/risk/selection/budgets', {
            id: budgetId(office),
            office,
            perDay: Math.max(1, Math.round(BUDGET_SHARE * mean)),
            exploreShare: EXPLORE_SHARE,
            effectiveFrom: manifest.period.from,
            reason: '按查验人员与场地核定的日查验能力（演示）',
          });
        });
      }
    },

    async prepare(day) {
      await unlessRefused(TRANSHIPMENT_LIST.name, publishList);
      await unlessRefused('The rules', () => writeRules(day));
      await unlessRefused('The model', train);
    },

    goLive: () =>
      unlessRefused('The model', () =>
        move('shadow', 'live', '已与现行布控并行试运行，提请正式启用。'),
      ),
  };
}

/** Mean filings a day by the office the goods cross, of the first days. */
async function dailyTraffic(folder: string, { days }: Manifest): Promise<Map<string, number>> {
  const wanted = new Set(days.slice(0, PLANNED_BY_DAYS).map(({ date }) => `${date}.ndjson`));
  const files = (await readdir(join(folder, 'declarations'))).filter((file) => wanted.has(file));
  const means = new Map<string, number>();
  for (const file of files.sort()) {
    const text = await readFile(join(folder, 'declarations', file), 'utf8');
    for (const [, office = ''] of text.matchAll(/"borderOffice":"(\d{4})"/g)) {
      means.set(office, (means.get(office) ?? 0) + 1 / files.length);
    }
  }
  return means;
}

/** One id for each office, so that the same budget sent again is the same budget. */
const budgetId = (office: string): string =>
  `6f1f3a52-5b0e-4c55-9a3e-0b0d6e7${'0'.repeat(5 - office.length)}${office}`;

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PortRefused && error.status === 404) return null;
    throw error;
  }
}
