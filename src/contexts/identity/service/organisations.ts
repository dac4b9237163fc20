import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type {
  Actor,
  OrganisationInput,
  OrganisationNames,
  OrganisationPage,
  OrganisationSearch,
  Saved,
} from '../contract.ts';
import { authorise, reachOf } from '../permission.ts';
import * as permission from '../permissions.ts';
import { recordAudit } from '../store/audit.ts';
import * as store from '../store/organisations.ts';
import type { IdentityDeps } from './deps.ts';

export interface Organisations {
  list(actor: Actor, search: OrganisationSearch): Promise<OrganisationPage>;
  /** The names of the ids that are known; nothing else of them. */
  names(actor: Actor, ids: readonly string[]): Promise<OrganisationNames>;
  /** Creates or changes many at once, all or none; saying the same again changes nothing. */
  save(actor: Actor, organisations: readonly OrganisationInput[]): Promise<Saved>;
}

export function createOrganisations({ db, clock }: IdentityDeps): Organisations {
  return {
    list(actor, search) {
      const reach = reachOf(actor, permission.readOrganisations);
      return store.listOrganisations(db, search, reach.any ? null : reach.organisations);
    },
    async names(actor, ids) {
      authorise(actor, permission.readOrganisationNames);
      return { names: [...(await store.findNames(db, ids))] };
    },
    async save(actor, organisations) {
      authorise(actor, permission.saveOrganisations);
      requireDistinct(organisations);
      return inTransaction(db, async (tx) => {
        const saved = await store.saveOrganisations(tx, organisations);
        const references = referencesOf(organisations);
        const known = await store.findKnownOrganisations(
          tx,
          references.map(({ id }) => id),
        );
        requireKnown(references, known);
        await store.saveMemberships(tx, organisations);
        await recordAudit(tx, {
          actor,
          operation: permission.saveOrganisations.operation,
          subjects: organisations.map(({ id }) => `organisation:${id}`),
          outcome: 'done',
          detail: { saved },
          at: clock.now(),
        });
        return { saved };
      });
    },
  };
}

function requireDistinct(organisations: readonly OrganisationInput[]): void {
  const first = new Set<string>();
  const refusals: Refusal[] = [];
  organisations.forEach(({ id }, i) => {
    if (first.has(id)) {
      refusals.push({ code: 'identity.given_twice', path: `organisations[${i}].id`, seen: id });
    }
    first.add(id);
  });
  if (refusals.length > 0) throw new Refused('invalid', refusals);
}

export interface Reference {
  readonly id: string;
  readonly path: string;
}

function referencesOf(organisations: readonly OrganisationInput[]): Reference[] {
  return organisations.flatMap(({ succeeds, memberships = [] }, i) => [
    ...(succeeds === null ? [] : [{ id: succeeds, path: `organisations[${i}].succeeds` }]),
    ...memberships.map(({ parentId }, j) => ({
      id: parentId,
      path: `organisations[${i}].memberships[${j}].parentId`,
    })),
  ]);
}

/** Refuses every reference to an organisation that nobody has entered. */
export function requireKnown(references: readonly Reference[], known: ReadonlySet<string>): void {
  const refusals = references
    .filter(({ id }) => !known.has(id))
    .map(({ id, path }) => ({ code: 'identity.unknown_organisation', path, seen: id }));
  if (refusals.length > 0) throw new Refused('invalid', refusals);
}
