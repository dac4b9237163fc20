import { addDays, isLocalDate } from '../../kernel/dates.ts';
import { Refused } from '../../kernel/refusal.ts';
import type { Figure } from '../facts/index.ts';
import { type Actor, authorise } from '../identity/index.ts';
import { figureOf, type Period } from './figure.ts';
import { findMetric, METRICS, type Metric } from './metrics.ts';
import { readFigures } from './permissions.ts';
import type { Pool } from './store.ts';
import * as store from './store.ts';

/** The overview looks back a quarter unless asked otherwise. */
const PERIOD_DAYS = 92;
/** Most records a list of declarations is narrowed to at once. */
const RECORDS_MAX = 10_000;

export interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Figures computed from the pool's event tables; nobody types one in. */
export function createGovernance({ pool, port }: { pool: Pool; port: string }) {
  async function periodOf(asked: Asked): Promise<Period> {
    for (const day of [asked.from, asked.to]) {
      if (day && !isLocalDate(day)) {
        throw new Refused('invalid', { code: 'governance.impossible_date', seen: day });
      }
    }
    const span = await store.span(pool);
    const to = asked.to ?? span?.to ?? '';
    if (!to) return { from: '', to: '' };
    const quarter = addDays(to, 1 - PERIOD_DAYS);
    const from = asked.from ?? (span && span.from > quarter ? span.from : quarter);
    return { from, to };
  }

  async function compute(metric: Metric, period: Period, asOf: string): Promise<Figure> {
    const counted = period.to
      ? await store.count(pool, metric, period)
      : { numerator: 0, denominator: 0, quantile: null, digest: '0' };
    return figureOf(metric, port, period, { ...counted, asOf });
  }

  return {
    async figures(actor: Actor, asked: Asked): Promise<Figure[]> {
      authorise(actor, readFigures);
      const period = await periodOf(asked);
      const asOf = await store.newest(pool);
      const figures: Figure[] = [];
      for (const metric of METRICS) figures.push(await compute(metric, period, asOf));
      return figures;
    },

    async figure(actor: Actor, id: string, asked: Asked): Promise<Figure> {
      authorise(actor, readFigures);
      return compute(get(id), await periodOf(asked), await store.newest(pool));
    },

    async records(
      actor: Actor,
      id: string,
      asked: Asked & { after?: string | undefined; limit?: number },
    ): Promise<string[]> {
      authorise(actor, readFigures);
      const limit = asked.limit ?? RECORDS_MAX;
      return store.records(pool, get(id), await periodOf(asked), asked.after ?? '', limit);
    },

    async series(actor: Actor, id: string, asked: Asked) {
      authorise(actor, readFigures);
      return store.series(pool, get(id), await periodOf(asked));
    },

    async lanes(actor: Actor, asked: Asked) {
      authorise(actor, readFigures);
      return store.lanes(pool, await periodOf(asked));
    },
  };
}
export type Governance = ReturnType<typeof createGovernance>;

function get(id: string): Metric {
  const metric = findMetric(id);
  if (!metric) throw new Refused('not_found', { code: 'governance.unknown_metric', seen: id });
  return metric;
}
