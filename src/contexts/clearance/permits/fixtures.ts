import type { Envelope } from '../../../kernel/event.ts';
import { type Actor, envelopeAt, type Role } from '../../identity/index.ts';
import type { DeclarationInput } from '../contract.ts';
import { BROKER, content, IMPORTER } from '../fixtures.ts';
import type { FilingRequest } from '../provider.ts';

/** Makers for tests of permits, prohibitions, checks and audits. */

export const NOW = '2026-07-02T01:00:00.000Z';
export const TODAY = '2026-07-02';

export const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  ...{ personId: name, name, postId: `${name}-post`, organisationId: BROKER, roles: [role] },
  ...{ offices: [], mayBackdate: false, via: 'session', ...changes },
});
export const authority = actor('commerce', 'otherAuthority', { organisationId: 'commerce' });
export const maritime = actor('maritime', 'otherAuthority', { organisationId: 'maritimeSafety' });
export const broker = actor('broker', 'declarant');
export const importer = actor('importer', 'declarant', { organisationId: IMPORTER });
export const officer = actor('officer', 'portOfficer', {
  organisationId: '2225',
  offices: ['2225'],
});
export const supervisor = actor('supervisor', 'supervisor', { organisationId: '2200' });
export const auditor = actor('auditor', 'auditor', { organisationId: '2200' });

export const envelope: Envelope = {
  ...envelopeAt(NOW, NOW, null),
  ...{ actor: 'broker', post: 'broker-post', organisation: BROKER },
};

/** One line of sulphuric acid, by the tonne. */
export function acid(tonnes: string, changes: Partial<DeclarationInput> = {}) {
  const value = String(Number(tonnes) * 100);
  const netMassKg = String(Number(tonnes) * 1000);
  return content({
    licences: [{ kind: '2', number: 'P1' }],
    ...{ totalValue: value, netMassKg, grossMassKg: netMassKg },
    lines: [
      {
        ...{ lineNo: 1, hsCode: '2807000010', description: '硫酸', originCountry: 'KR' },
        ...{ quantity: tonnes, unit: '070', netMassKg, unitPrice: '100', value },
      },
    ],
    ...changes,
  });
}

export const permitInput = (number = 'P1', terms: object = {}) => ({
  kind: '2',
  number,
  terms: {
    ...{ holder: IMPORTER, ieFlag: 'I', goods: ['2807'], quantity: '100', unit: '070', uses: null },
    ...{ validFrom: '2026-01-01', validUntil: '2026-12-31', ...terms },
  },
});

export const request = (
  id: string,
  filed: FilingRequest['content'],
  amends = false,
): FilingRequest => ({
  ...{ id, content: filed, on: TODAY, at: NOW, amends },
  envelope: { ...envelope, consignment: id },
});
