import type { Permission } from '../../identity/index.ts';
import { readLedgers } from '../ledgers/permissions.ts';
import type { FilingKind } from './contract.ts';

type Grant = Permission['grants'][number];
const enterprises: Grant[] = [
  { role: 'declarant', scope: 'ownOrganisation' },
  { role: 'enterpriseSystem', scope: 'ownOrganisation' },
];
const officers: Grant[] = [{ role: 'portOfficer', scope: 'ownOffice' }];
/** A machine may draft on the machine itself (`jianghai bonded write-off`); a person signs. */
const machine: Grant[] = [{ role: 'operator', scope: 'any' }];
const permission = (operation: string, grants: Grant[]): Permission => ({ operation, grants });

/** A filing concerns the enterprise of its ledger and the office. */
export const draftFiling = permission('bonded.draftFiling', [...enterprises, ...machine]);
export const signFiling = permission('bonded.signFiling', [
  { role: 'declarant', scope: 'ownOrganisation' },
]);
/** 海关处置: customs files for an enterprise that does not. */
const disposeLedger = permission('bonded.disposeLedger', officers);
export const decideFiling = permission('bonded.decideFiling', officers);
export const readFilings: Permission = {
  operation: 'bonded.readFilings',
  grants: [...readLedgers.grants, ...machine],
};

/** Whose draft it is: the enterprise's, or customs' own. */
export const draftingOf = ({ kind }: { readonly kind: FilingKind }): Permission =>
  kind === 'customsDisposal' ? disposeLedger : draftFiling;
export const signingOf = ({ kind }: { readonly kind: FilingKind }): Permission =>
  kind === 'customsDisposal' ? disposeLedger : signFiling;

export const writeOffPermissions: readonly Permission[] = [
  draftFiling,
  signFiling,
  disposeLedger,
  decideFiling,
  readFilings,
];
