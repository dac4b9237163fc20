import type { Permission } from '../identity/index.ts';
import { batchPermissions } from './batches/permissions.ts';
import { gatePermissions } from './gates/permissions.ts';
import { manifestPermissions } from './manifests/permissions.ts';
import { releasePermissions } from './releases/permissions.ts';

export const cargoPermissions: readonly Permission[] = [
  ...manifestPermissions,
  ...releasePermissions,
  ...gatePermissions,
  ...batchPermissions,
];
