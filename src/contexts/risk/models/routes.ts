import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import * as contract from './contract.ts';
import type { DriftReports } from './drift-report.ts';
import * as permission from './permissions.ts';
import type { Models } from './service.ts';
import type { Retraining } from './training.ts';

const tag = 'risk';
const ById = z.object({ id: contract.ModelId });

export interface ModelRoutes {
  readonly models: Models;
  readonly training: Retraining;
  readonly drift: DriftReports;
}

export function modelRoutes(app: HttpApp<Actor>, deps: ModelRoutes): void {
  readingRoutes(app, deps);
  actRoutes(app, deps.models);
  trainingRoutes(app, deps.training);
}

function readingRoutes(app: HttpApp<Actor>, { models, drift }: ModelRoutes): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/models',
      tag,
      summary: 'Models at every stage, the newest first.',
      permission: permission.readModels,
      response: z.object({ models: z.array(contract.ModelRow) }),
    },
    async ({ principal }) => ({ models: await models.list(principal) }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/models/{id}',
      tag,
      summary: 'One model: its card, its story, and what the reader may do with it.',
      permission: permission.readModels,
      params: ById,
      response: contract.Model,
    },
    ({ principal, params }) => models.read(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/models/{id}/file',
      tag,
      summary: 'The file of a model, for the command line.',
      permission: permission.readModels,
      params: ById,
      response: 'bytes',
    },
    async ({ principal, params }) =>
      new Response(await models.file(principal, params.id), {
        headers: {
          'content-type': 'application/json',
          'content-disposition': `attachment; filename="${params.id}.json"`,
        },
      }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/models/{id}/drift',
      tag,
      summary:
        'Whether the port still looks like what a model learned from, and whether it still finds.',
      permission: permission.readModels,
      params: ById,
      givesWay: 'report',
      response: contract.Drift,
    },
    ({ principal, params }) => drift.of(principal, params.id),
  );
}

function actRoutes(app: HttpApp<Actor>, models: Models): void {
  route(
    app,
    {
      method: 'put',
      path: '/api/risk/models/{id}',
      tag,
      summary: 'Brings a model file of the command line, as a draft.',
      permission: permission.trainModels,
      params: ById,
      query: z.object({ aim: contract.ModelAim.default('harm') }),
      body: z.unknown(),
      response: contract.Model,
      maxBodyBytes: contract.MODEL_FILE_BYTES_MAX,
    },
    ({ principal, params, query, body }) => models.bring(principal, params.id, body, query.aim),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/models/{id}/propose',
      tag,
      summary: 'Proposes a draft for shadow, or a model in shadow to go live.',
      permission: permission.proposeModels,
      params: ById,
      body: contract.ModelProposalInput,
      response: contract.Model,
    },
    ({ principal, params, body }) => models.propose(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/models/{id}/answer',
      tag,
      summary: 'Another account approves a proposal, or rejects it.',
      permission: permission.answerModels,
      params: ById,
      body: contract.ModelAnswer,
      response: contract.Model,
    },
    ({ principal, params, body }) => models.answer(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/models/{id}/retire',
      tag,
      summary: 'Takes a model out for good; its file stays for replays.',
      permission: permission.stopModels,
      params: ById,
      body: contract.ModelReason,
      response: contract.Model,
    },
    ({ principal, params, body }) => models.retire(principal, params.id, body.reason),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/models/{id}/roll-back',
      tag,
      summary: 'Takes the live model out and puts the one before it back, in one act.',
      permission: permission.stopModels,
      params: ById,
      body: contract.ModelReason,
      response: contract.Model,
    },
    ({ principal, params, body }) => models.rollBack(principal, params.id, body.reason),
  );
}

function trainingRoutes(app: HttpApp<Actor>, training: Retraining): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/training',
      tag,
      summary: 'Training runs from the port’s own findings: under way, past and due.',
      permission: permission.readModels,
      response: contract.Training,
    },
    ({ principal }) => training.status(principal),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/training',
      tag,
      summary: 'Trains now; answers once the run has begun.',
      permission: permission.trainModels,
      body: contract.TrainingInput,
      response: contract.TrainingRun,
    },
    ({ principal, body }) => training.begin(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/training/{id}/cancel',
      tag,
      summary: 'Cancels the run that is under way.',
      permission: permission.trainModels,
      params: ById,
      response: contract.Training,
    },
    async ({ principal, params }) => {
      await training.cancel(principal, params.id);
      return training.status(principal);
    },
  );
}
