import type { Permission } from '../../identity/index.ts';
import { recordConsumption } from '../ledgers/permissions.ts';

/** Whoever may record what products take up may send their bills. */
export const changeBills: Permission = { ...recordConsumption, operation: 'bonded.changeBills' };

export const billPermissions: readonly Permission[] = [changeBills];
