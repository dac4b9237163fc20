import { usccCheckCharacter } from '../../../kernel/codes.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { Consumption, LedgerInput, Part } from '../contract.ts';

/** Makers for tests: people, an ordinary ledger, its parts, and what they take up. */

const usccOf = (first17: string): string => first17 + (usccCheckCharacter(first17) ?? '');
export const FACTORY = usccOf('91310000MA1K3XYW4');
export const OFFICE = '2218';

export const person = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  ...{ personId: name, name, postId: `${name}-post`, organisationId: FACTORY, roles: [role] },
  ...{ offices: [], mayBackdate: false, via: 'session' },
  ...changes,
});
export const factory = person('lin', 'declarant');
export const officer = person('chen', 'portOfficer', {
  organisationId: OFFICE,
  offices: [OFFICE],
});

export const ledgerInput = (id: string, changes: Record<string, unknown> = {}): LedgerInput =>
  LedgerInput.parse({
    ...{ id, enterprise: FACTORY, name: '轴承账册', office: OFFICE, mode: 'workOrder' },
    opensOn: '2026-07-01',
    ...changes,
  });

export const part = (name: string, changes: Record<string, unknown> = {}): Part =>
  Part.parse({ part: name, kind: 'material', unit: 'pcs', ...changes });

export const consumption = (
  product: string,
  name: string,
  changes: Record<string, unknown> = {},
): Consumption =>
  Consumption.parse({
    product,
    version: '1',
    part: name,
    net: '2',
    from: '2026-07-01',
    ...changes,
  });
