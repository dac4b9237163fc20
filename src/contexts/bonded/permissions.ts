import type { Permission } from '../identity/index.ts';
import { billPermissions } from './boms/permissions.ts';
import { bookPermissions } from './books/permissions.ts';
import { explainPermissions } from './explain/permissions.ts';
import { ledgerPermissions } from './ledgers/index.ts';
import { notePermissions } from './notes/permissions.ts';
import { paperPermissions } from './papers/permissions.ts';
import { postingPermissions } from './posting/permissions.ts';
import { stocktakePermissions } from './stocktake/permissions.ts';
import { writeOffPermissions } from './writeoff/permissions.ts';

export const bondedPermissions: readonly Permission[] = [
  ...ledgerPermissions,
  ...bookPermissions,
  ...billPermissions,
  ...paperPermissions,
  ...stocktakePermissions,
  ...explainPermissions,
  ...postingPermissions,
  ...writeOffPermissions,
  ...notePermissions,
];
