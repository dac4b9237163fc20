import type { Permission } from '../identity/index.ts';
import { inquire } from './inquiry/permissions.ts';
import { listPermissions } from './lists/permissions.ts';
import { yardPermissions } from './storage/permissions.ts';

export const chemicalsPermissions: readonly Permission[] = [
  inquire,
  ...listPermissions,
  ...yardPermissions,
];
