import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { Backtest, BacktestRequest, BacktestSummary } from './contract.ts';
import { readBacktest, runBacktest } from './permissions.ts';
import type { Backtests } from './service.ts';

const ById = z.object({ id: z.uuid() });

export function backtestRoutes(app: HttpApp<Actor>, backtests: Backtests): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/backtests',
      tag: 'risk',
      summary: 'Asks what rules would have done over the pool; the figures follow when it has run.',
      permission: runBacktest,
      body: BacktestRequest,
      response: Backtest,
    },
    ({ principal, body }) => backtests.ask(principal, body),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/backtests',
      tag: 'risk',
      summary: 'Back-tests, the newest first.',
      permission: readBacktest,
      response: z.array(BacktestSummary),
    },
    ({ principal }) => backtests.list(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/backtests/{id}',
      tag: 'risk',
      summary: 'One back-test: how far it is, and its report when it is done.',
      permission: readBacktest,
      params: ById,
      response: Backtest,
    },
    ({ principal, params }) => backtests.read(principal, params.id),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/backtests/{id}/cancel',
      tag: 'risk',
      summary: 'Ends a back-test that waits or runs; one that has ended stays as it ended.',
      permission: runBacktest,
      params: ById,
      response: Backtest,
    },
    ({ principal, params }) => backtests.cancel(principal, params.id),
  );
}
