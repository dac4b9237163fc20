import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Query } from '../../parts/api.ts';
import { asking } from '../../parts/queries.ts';

const EVERY_MS = 5000;

/** Asks again every few seconds while the page is looked at: gates and quays do not wait for a click. */
export const useWatch = <T>(path: string, query: Query = {}, enabled = true) =>
  useQuery({
    ...asking<T>(path, query),
    enabled,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
