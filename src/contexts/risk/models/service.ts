import { canonicalJson } from '../../../kernel/canonical.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import type { Fact } from '../../facts/index.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  isPermitted,
  type Permission,
  recordAudit,
} from '../../identity/index.ts';
import { ModelFile, type ModelHead, type ReadFact } from '../learning/contract.ts';
import { checkFacts, openModel } from '../learning/index.ts';
import { audited } from '../rules/service/deps.ts';
import type {
  Model,
  ModelAct,
  ModelAim,
  ModelAnswer,
  ModelOrigin,
  ModelProposalInput,
  ModelRow,
} from './contract.ts';
import { modelStream, type NewModelEvent, placeModelEvent } from './events.ts';
import type { ModelsInForce } from './in-force.ts';
import * as model from './model.ts';
import * as permission from './permissions.ts';
import * as store from './store.ts';

export interface ModelDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The vocabulary of the port: a model that reads other words is refused. */
  readonly facts: ReadonlyMap<string, Fact>;
  readonly inForce: ModelsInForce;
  /** Called after a commit, for live views. */
  readonly changed: () => void;
}

/** What an act decided: an event for each model it changes. */
type Decided = readonly { readonly state: model.ModelState; readonly event: NewModelEvent }[];

/** The life of models: every act authorises, locks, decides, and writes events, rows and audit at once. */
export function createModels(deps: ModelDeps) {
  const { db, inForce } = deps;

  async function perform(
    actor: Actor,
    needed: Permission,
    id: string,
    decide: (tx: Tx, state: model.ModelState) => Promise<Decided> | Decided,
  ): Promise<Model> {
    authorise(actor, needed);
    await audited(deps, actor, needed, modelStream(id), () =>
      inTransaction(db, async (tx) => {
        await store.lockModels(tx);
        await write(tx, actor, needed, await decide(tx, await load(tx, id)));
      }),
    );
    await inForce.refresh();
    deps.changed();
    return read(actor, id);
  }

  /** What leaves a place is written before what takes it: there is one live model at any moment. */
  async function write(tx: Tx, actor: Actor, needed: Permission, decided: Decided): Promise<void> {
    const envelope = envelopeOf(deps, actor);
    for (const { state, event } of decided) {
      const placed = placeModelEvent(state.id, state.seq, event, envelope);
      await append(tx, [placed]);
      await store.updateModel(tx, model.applyToModel(state, placed));
    }
    await recordAudit(tx, {
      ...{ actor, operation: needed.operation, outcome: 'done', at: envelope.recordedAt },
      subjects: decided.map(({ state }) => modelStream(state.id)),
      detail: { events: decided.map(({ event }) => event.kind) },
    });
  }

  async function read(actor: Actor, id: string): Promise<Model> {
    authorise(actor, permission.readModels);
    const state = await load(db, id);
    const head = await headOf(id);
    return {
      ...toRow(state),
      card: head.card,
      steps: [...state.steps],
      isInForce: [inForce.current.live, inForce.current.shadow].some(
        (models) => models[state.aim]?.version === state.version,
      ),
      rollsBackTo: state.status === 'live' ? state.replaced : null,
      allowed: model.openActs(state, actor).filter((act) => isPermitted(actor, PERMISSION_OF[act])),
    };
  }

  async function headOf(id: string): Promise<ModelHead> {
    const head = await store.readModelHead(db, id);
    if (!head) throw notFound(id);
    return head;
  }

  /**
   * Keeps a model file as a draft. The same file under the same id is the same model; the file is
   * opened and its schema compared with the vocabulary before anything is written.
   */
  async function keep(
    actor: Actor,
    id: string,
    file: unknown,
    { origin, aim }: { readonly origin: ModelOrigin; readonly aim: ModelAim },
  ): Promise<void> {
    const { version } = openModel(file);
    const parsed = ModelFile.parse(file);
    checkFacts(parsed, typesOf(deps.facts));
    const content = canonicalJson(parsed);
    const { body: _, ...head } = parsed;
    await inTransaction(db, async (tx) => {
      await store.lockModels(tx);
      if (await isKnown(tx, id, version)) return;
      const envelope = envelopeOf(deps, actor);
      const trained = placeModelEvent(
        id,
        0,
        {
          kind: 'risk.modelTrained',
          payload: {
            ...{ version, aim, origin, figures: head.card.evaluation.model },
            bytes: Buffer.byteLength(content),
          },
        },
        envelope,
      );
      await append(tx, [trained]);
      await store.insertModel(tx, model.applyToModel(null, trained), { content, head });
      await recordAudit(tx, {
        ...{ actor, operation: permission.trainModels.operation, outcome: 'done' },
        ...{
          subjects: [modelStream(id)],
          detail: { version, aim, origin },
          at: envelope.recordedAt,
        },
      });
    });
    deps.changed();
  }

  return {
    async list(actor: Actor): Promise<ModelRow[]> {
      authorise(actor, permission.readModels);
      return (await store.listModels(db)).map(toRow);
    },

    read,

    /** The file as it is kept, to be evaluated or explained by the command line. */
    async file(actor: Actor, id: string): Promise<string> {
      authorise(actor, permission.readModels);
      const content = await store.readModelFile(db, (await load(db, id)).version);
      if (content === null) throw notFound(id);
      return content;
    },

    /** Takes a file that the command line trained. */
    async bring(actor: Actor, id: string, file: unknown, aim: ModelAim = 'harm'): Promise<Model> {
      authorise(actor, permission.trainModels);
      await audited(deps, actor, permission.trainModels, modelStream(id), () =>
        keep(actor, id, file, { origin: 'upload', aim }),
      );
      return read(actor, id);
    },

    /** Takes what the port trained from its own findings, in the name of whoever asked for it. */
    keepTrained: (actor: Actor, id: string, file: unknown, aim: ModelAim) =>
      keep(actor, id, file, { origin: 'retraining', aim }),

    propose: (actor: Actor, id: string, said: ModelProposalInput): Promise<Model> =>
      perform(actor, permission.proposeModels, id, (_, state) => [
        { state, event: model.proposeModel(state, said) },
      ]),

    answer: (actor: Actor, id: string, { approve, note }: ModelAnswer): Promise<Model> =>
      perform(actor, permission.answerModels, id, async (tx, state) => {
        if (!approve) return [{ state, event: model.rejectModel(state, note) }];
        const decided = model.approveModel(state, note, actor, {
          live: await store.findModelWithStatus(tx, state.aim, 'live'),
          shadow: await store.findModelWithStatus(tx, state.aim, 'shadow'),
        });
        const approved = { state, event: decided.model };
        if (!decided.other) return [approved];
        const gone: NewModelEvent = { kind: 'risk.modelSuperseded', payload: { by: id } };
        return [{ state: decided.other, event: gone }, approved];
      }),

    retire: (actor: Actor, id: string, reason: string): Promise<Model> =>
      perform(actor, permission.stopModels, id, (_, state) => [
        { state, event: model.retireModel(state, reason) },
      ]),

    rollBack: (actor: Actor, id: string, reason: string): Promise<Model> =>
      perform(actor, permission.stopModels, id, async (tx, state) => {
        const previous = state.replaced === null ? null : await load(tx, state.replaced);
        const decided = model.rollBackModel(state, previous, reason);
        const rolledBack = { state, event: decided.model };
        return previous ? [rolledBack, { state: previous, event: decided.restored }] : [rolledBack];
      }),
  };
}
export type Models = ReturnType<typeof createModels>;

const PERMISSION_OF: Readonly<Record<ModelAct, Permission>> = {
  propose: permission.proposeModels,
  approve: permission.answerModels,
  reject: permission.answerModels,
  retire: permission.stopModels,
  rollBack: permission.stopModels,
};

async function load(db: Db, id: string): Promise<model.ModelState> {
  const state = await store.findModel(db, id);
  if (!state) throw notFound(id);
  return state;
}

/** Whether this very model is already kept; another file under its id, or it under another id, is refused. */
async function isKnown(tx: Tx, id: string, version: string): Promise<boolean> {
  const same = await store.findModelOfVersion(tx, version);
  if (same?.id === id) return true;
  if (same) throw model.refuse('conflict', 'model_file_known', { id: same.id });
  if (await store.findModel(tx, id)) throw model.refuse('conflict', 'model_id_taken', { id });
  return false;
}

const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'risk.model_not_found', seen: id });

/** A model speaks of numbers, whole or not, of text and of truths. */
function typesOf(facts: ReadonlyMap<string, Fact>): Map<string, ReadFact['type']> {
  return new Map(
    [...facts.values()].map(({ name, type }) => {
      if (type === 'integer') return [name, 'number'];
      return [name, type === 'date' ? 'text' : type];
    }),
  );
}

function toRow(state: model.ModelState): ModelRow {
  const { seq: _s, madeByPost: _m, proposedByPost: _p, replaced: _r, steps: _t, ...row } = state;
  return row;
}
