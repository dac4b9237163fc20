// Whatever roles, scopes, organisations and offices are drawn, the answer is that of a model so small
// that it can be checked by eye: a table of every (grant, record) pair, written without the code's words.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Actor, Role } from './contract.ts';
import { authorise, isPermitted, type Permission, type Resource, reachOf } from './permission.ts';

const organisation = fc.constantFrom('org-a', 'org-b', 'org-c');
const office = fc.constantFrom('2201', '2225', '2248');
const role = fc.constantFrom(...Role.options);
const scope = fc.constantFrom('any', 'ownOrganisation', 'ownOffice');

const anyActor: fc.Arbitrary<Actor> = fc.record({
  personId: fc.constant('p'),
  name: fc.constant('p'),
  postId: fc.constant('post'),
  organisationId: organisation,
  roles: fc.uniqueArray(role, { maxLength: 3 }),
  offices: fc.uniqueArray(office, { maxLength: 2 }),
  mayBackdate: fc.boolean(),
  via: fc.constantFrom('session', 'apiKey'),
});
const anyPermission: fc.Arbitrary<Permission> = fc.record({
  operation: fc.constant('context.act'),
  grants: fc.array(fc.record({ role, scope }), { maxLength: 4 }),
}) as fc.Arbitrary<Permission>;
const anyResource: fc.Arbitrary<Resource> = fc.record(
  {
    organisations: fc.array(fc.option(organisation), { maxLength: 3 }),
    offices: fc.array(fc.option(office), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

function model(actor: Actor, permission: Permission, resource: Resource): boolean {
  for (const held of actor.roles) {
    for (const grant of permission.grants) {
      if (grant.role !== held) continue;
      if (grant.scope === 'any') return true;
      const mine = grant.scope === 'ownOffice' ? actor.offices : [actor.organisationId];
      const its = (grant.scope === 'ownOffice' ? resource.offices : resource.organisations) ?? [];
      for (const one of its) if (one !== null && mine.includes(one)) return true;
    }
  }
  return false;
}

test('a permission reaches exactly what the model says', () => {
  fc.assert(
    fc.property(anyActor, anyPermission, anyResource, (actor, permission, resource) => {
      expect(isPermitted(actor, permission, resource)).toBe(model(actor, permission, resource));
    }),
    { numRuns: 2000 },
  );
});

test('what a list may show is what single records permit', () => {
  fc.assert(
    fc.property(anyActor, anyPermission, organisation, office, (actor, permission, org, at) => {
      const resource = { organisations: [org], offices: [at] };
      const inReach = () => {
        const reach = reachOf(actor, permission);
        return reach.any || reach.organisations.includes(org) || reach.offices.includes(at);
      };
      if (isPermitted(actor, permission))
        expect(inReach()).toBe(model(actor, permission, resource));
      else expect(inReach).toThrow('identity.not_permitted');
    }),
    { numRuns: 2000 },
  );
});

test('nobody may do what no grant names, and is told which operation', () => {
  const actor: Actor = {
    personId: 'p',
    name: 'p',
    postId: 'post',
    organisationId: 'org-a',
    roles: [...Role.options],
    offices: ['2201'],
    mayBackdate: true,
    via: 'session',
  };
  expect(() => authorise(actor, { operation: 'context.act', grants: [] })).toThrow(
    expect.objectContaining({
      kind: 'forbidden',
      refusals: [{ code: 'identity.not_permitted', params: { operation: 'context.act' } }],
    }),
  );
});
