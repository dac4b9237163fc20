import { Refused } from '../../kernel/refusal.ts';
import type { Actor, Role } from './contract.ts';

/** How far a grant reaches: every record, those of the actor's organisation, those of its offices. */
export type Scope = 'any' | 'ownOrganisation' | 'ownOffice';

/** Who may perform one operation. A role that no grant names may not: deny is the default. */
export interface Permission {
  /** `clearance.declaration.file`: what audit rows, `Me.permissions` and OpenAPI call it. */
  readonly operation: string;
  readonly grants: readonly { readonly role: Role; readonly scope: Scope }[];
}

/** What the operation is about: whose record it is, and which customs offices it concerns. */
export interface Resource {
  readonly organisations?: readonly (string | null)[];
  readonly offices?: readonly (string | null)[];
}

/**
 * Whether the actor may perform the operation on the resource. Without a resource the question is
 * "at all?", for lists and pages: what is then shown must be narrowed by `reachOf`.
 * Pure, so that a decision can be repeated from the audit row.
 */
export function isPermitted(actor: Actor, permission: Permission, resource?: Resource): boolean {
  return permission.grants.some(
    (grant) => actor.roles.includes(grant.role) && reaches(actor, grant.scope, resource),
  );
}

function reaches(actor: Actor, scope: Scope, resource: Resource | undefined): boolean {
  if (scope === 'any' || resource === undefined) return true;
  if (scope === 'ownOrganisation') {
    return resource.organisations?.includes(actor.organisationId) ?? false;
  }
  return (
    resource.offices?.some((office) => office !== null && actor.offices.includes(office)) ?? false
  );
}

/** Refuses what `isPermitted` denies, naming the operation. */
export function authorise(actor: Actor, permission: Permission, resource?: Resource): void {
  if (isPermitted(actor, permission, resource)) return;
  throw new Refused('forbidden', {
    code: 'identity.not_permitted',
    params: { operation: permission.operation },
  });
}

/** The records an operation reaches for an actor, for a list to filter by. */
export interface Reach {
  readonly any: boolean;
  /** Records of these organisations, or concerning these offices, are within reach. */
  readonly organisations: readonly string[];
  readonly offices: readonly string[];
}

/** As `isPermitted`, asked of all records at once; refuses when nothing is within reach. */
export function reachOf(actor: Actor, permission: Permission): Reach {
  authorise(actor, permission);
  const scopes = permission.grants
    .filter((grant) => actor.roles.includes(grant.role))
    .map((grant) => grant.scope);
  return {
    any: scopes.includes('any'),
    organisations: scopes.includes('ownOrganisation') ? [actor.organisationId] : [],
    offices: scopes.includes('ownOffice') ? actor.offices : [],
  };
}
