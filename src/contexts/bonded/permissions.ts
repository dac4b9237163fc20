import type { Permission } from '../identity/index.ts';
import { bookPermissions } from './books/permissions.ts';
import { ledgerPermissions } from './ledgers/index.ts';

export const bondedPermissions: readonly Permission[] = [...ledgerPermissions, ...bookPermissions];
