import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { approveRules, readLiveRules, readRules, writeRules } from '../permissions.ts';
import * as contract from './contract.ts';
import type { RuleState } from './rule.ts';
import type { Rules } from './service/index.ts';
import { toCsv, toWorkbook } from './workbook.ts';

/** A million entries of a firm's name each. */
const LIST_BYTES_MAX = 64_000_000;
const tag = 'rules';
const ById = z.object({ id: contract.RuleId });
const ByName = z.object({ name: contract.ListName });

export function ruleRoutes(app: HttpApp<Actor>, rules: Rules): void {
  readingRoutes(app, rules);
  writingRoutes(app, rules);
  actRoutes(app, rules);
  listRoutes(app, rules);
  entryRoutes(app, rules);
}

function readingRoutes(app: HttpApp<Actor>, { reads }: Rules): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/vocabulary',
      tag,
      summary: 'The facts and lists a rule may speak of.',
      permission: readRules,
      response: contract.Vocabulary,
    },
    ({ principal }) => reads.vocabulary(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/rules',
      tag,
      summary: 'Every rule with how often it was right; officers see the live ones.',
      permission: readLiveRules,
      response: contract.RuleList,
    },
    ({ principal }) => reads.list(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/rules/{id}',
      tag,
      summary: 'One rule: versions, what is in force, back-tests, outcomes and story.',
      permission: readLiveRules,
      params: ById,
      response: contract.Rule,
    },
    ({ principal, params }) => reads.get(principal, params.id),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/rules/try',
      tag,
      summary: 'Judges one declaration by a text, step by step, with the values seen.',
      permission: readRules,
      body: contract.TryInput,
      response: contract.TryResult,
    },
    ({ principal, body }) => reads.try(principal, body),
  );
}

function writingRoutes(app: HttpApp<Actor>, { acts, reads }: Rules): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/rules/check',
      tag,
      summary: 'Reads a text as it is written: problems with their place, or what it means.',
      permission: writeRules,
      body: contract.RuleContent.pick({ text: true, scope: true }),
      response: contract.RuleReading,
    },
    async ({ principal, body }) => reads.reading(await acts.check(principal, body)),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/risk/rules/{id}',
      tag,
      summary: 'Saves a rule as a new version; `dryRun=true` reads it and keeps nothing.',
      permission: writeRules,
      params: ById,
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: contract.RuleDraft,
      response: contract.SavedRule,
    },
    async ({ principal, params, query, body }) => {
      const reading = reads.reading(await acts.check(principal, body.content));
      if (query.dryRun === 'true') return { rule: null, reading };
      const rule = await reads.after(principal, await acts.save(principal, params.id, body));
      return { rule, reading };
    },
  );
}

/** Every act on a rule has the same shape: what is said goes in, the rule as it now is comes out. */
function actRoutes(app: HttpApp<Actor>, { acts, reads }: Rules): void {
  function act<S extends z.ZodType>(
    path: string,
    summary: string,
    permission: { operation: string },
    body: S,
    perform: (actor: Actor, id: string, said: z.output<S>) => Promise<RuleState>,
  ): void {
    route(
      app,
      {
        method: 'post',
        path: `/api/risk/rules/{id}/${path}`,
        tag,
        summary,
        permission,
        params: ById,
        body: body as z.ZodType,
        response: contract.Rule,
      },
      async ({ principal, params, body: said }) =>
        reads.after(principal, await perform(principal, params.id, said as z.output<S>)),
    );
  }
  act(
    'backtests',
    'Takes a finished back-test into the rule’s story.',
    writeRules,
    contract.BacktestTaken,
    (actor, id, { backtest }) => acts.takeBacktest(actor, id, backtest),
  );
  act(
    'proposal',
    'Proposes a version to go on trial, or live.',
    writeRules,
    contract.ProposalInput,
    acts.propose,
  );
  act(
    'approval',
    'Another account approves what was proposed, or rejects it.',
    approveRules,
    contract.Approval,
    acts.answer,
  );
  act(
    'snooze',
    'Puts a rule to sleep until a day, everywhere or for one value of a fact.',
    writeRules,
    contract.SnoozeInput,
    acts.snooze,
  );
  act('wake', 'Ends a snooze before its day.', writeRules, contract.SnoozeEnd, acts.wake);
  act('retire', 'Takes a rule out of force.', writeRules, contract.Retirement, acts.retire);
  act('revert', 'Takes an earlier version up again.', writeRules, contract.Reversion, acts.revert);
}

function listRoutes(app: HttpApp<Actor>, { lists }: Rules): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/lists',
      tag,
      summary: 'Every list, with the version in force and the one waiting for approval.',
      permission: readRules,
      response: z.object({ lists: z.array(contract.ListHead) }),
    },
    async ({ principal }) => ({ lists: await lists.list(principal) }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/lists/{name}',
      tag,
      summary: 'One list and its versions.',
      permission: readRules,
      params: ByName,
      response: contract.RiskList,
    },
    ({ principal, params }) => lists.get(principal, params.name),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/risk/lists/{name}',
      tag,
      summary: 'Proposes a new version from CSV or XLSX: value, day it ends on, note.',
      permission: writeRules,
      params: ByName,
      query: contract.ListUpload,
      body: 'bytes',
      response: z.object({ entries: z.number().int(), list: contract.RiskList.nullable() }),
      maxBodyBytes: LIST_BYTES_MAX,
    },
    async ({ principal, params, query, body }) =>
      lists.upload(principal, params.name, query, await buffer(body)),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/lists/{name}/approval',
      tag,
      summary: 'Another account publishes the proposed version, or rejects it.',
      permission: approveRules,
      params: ByName,
      body: contract.Approval,
      response: contract.RiskList,
    },
    ({ principal, params, body }) => lists.answer(principal, params.name, body),
  );
}

function entryRoutes(app: HttpApp<Actor>, { lists }: Rules): void {
  const version = z.coerce.number().int().min(1).optional();
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/lists/{name}/entries',
      tag,
      summary: 'Entries of a version, the published one if none is named, a page at a time.',
      permission: readRules,
      params: ByName,
      query: z.object({ version, from: z.coerce.number().int().min(0).default(0) }),
      response: contract.ListEntriesPage,
    },
    ({ principal, params, query }) =>
      lists.entries(principal, params.name, { version: query.version ?? null, from: query.from }),
  );
  const formats = {
    csv: { type: 'text/csv; charset=utf-8', write: toCsv },
    xlsx: {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      write: toWorkbook,
    },
  } as const;
  for (const format of ['csv', 'xlsx'] as const) {
    const { type, write } = formats[format];
    route(
      app,
      {
        method: 'get',
        path: `/api/risk/lists/{name}/entries.${format}`,
        tag,
        summary: `A version of a list as ${format}, to be edited and uploaded again.`,
        permission: readRules,
        params: ByName,
        query: z.object({ version }),
        response: 'bytes',
      },
      async ({ principal, params, query }) => {
        const entries = await lists.allEntries(principal, params.name, query.version ?? null);
        const bytes = Buffer.from(await write(entries));
        return new Response(bytes, {
          headers: {
            'content-type': type,
            'content-disposition': `attachment; filename="${params.name}.${format}"`,
          },
        });
      },
    );
  }
}
