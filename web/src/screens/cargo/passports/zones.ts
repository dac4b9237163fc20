import type { PassportType, ZoneOnDay } from '../../../../../src/contexts/cargo/zones/contract.ts';
import { useAsk } from '../../../parts/queries.ts';

export const PASSPORT_TYPES: readonly PassportType[] = [
  'enterFirstDeclareLater',
  'firstLineIntegrated',
  'secondLine',
  'withoutDeclaration',
  'registeredGoods',
  'emptyVehicle',
];

/** The zones of today. */
export const useZones = (): readonly ZoneOnDay[] =>
  useAsk<{ readonly zones: readonly ZoneOnDay[] }>('/api/supervision-zones').data?.zones ?? [];
