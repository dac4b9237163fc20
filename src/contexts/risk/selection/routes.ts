import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import {
  Budget,
  BudgetChange,
  BudgetOutcome,
  FastRelease,
  SelectionDay,
  SelectionPeriod,
  SelectionToday,
} from './contract.ts';
import { readSelection, setBudget } from './permissions.ts';
import type { Selection } from './service.ts';

export function selectionRoutes(app: HttpApp<Actor>, selection: Selection): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/selection',
      tag: 'risk',
      summary:
        'By office: the budget of a day, what was selected, what is left, and the threshold.',
      permission: readSelection,
      query: z.object({ on: z.iso.date().optional() }),
      response: SelectionToday,
    },
    ({ principal, query }) => selection.today(principal, query.on ?? null),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/selection/days',
      tag: 'risk',
      summary:
        'Day by day, of one office or of all: what was selected by what, and what was found.',
      permission: readSelection,
      query: SelectionPeriod,
      givesWay: 'report',
      response: z.object({ days: z.array(SelectionDay) }),
    },
    async ({ principal, query }) => ({ days: await selection.history(principal, query) }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/selection/fast-release',
      tag: 'risk',
      summary:
        'Automatic fast release: its share and time, its leakage, and what exploration adds.',
      permission: readSelection,
      query: SelectionPeriod,
      givesWay: 'report',
      response: FastRelease,
    },
    ({ principal, query }) => selection.fastRelease(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/selection/budgets',
      tag: 'risk',
      summary: 'Examination budgets by office and day.',
      permission: readSelection,
      response: z.object({ budgets: z.array(Budget) }),
    },
    async ({ principal }) => ({ budgets: [...(await selection.listBudgets(principal))] }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/selection/budgets',
      tag: 'risk',
      summary:
        'Sets the examinations a day of one office from a day on; a dry run says what it means.',
      permission: setBudget,
      body: BudgetChange,
      response: BudgetOutcome,
    },
    ({ principal, body }) => selection.setBudget(principal, body),
  );
}
