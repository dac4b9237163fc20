import type { Permission } from '../../identity/index.ts';
import { takeStock } from '../stocktake/permissions.ts';

/** Whoever may count may bring what stands beside the book. */
export const bringPapers: Permission = { ...takeStock, operation: 'bonded.bringPapers' };

export const paperPermissions: readonly Permission[] = [bringPapers];
