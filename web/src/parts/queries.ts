import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type { ConditionKind } from '../../../src/contexts/clearance/contract.ts';
import type { Me, Role } from '../../../src/contexts/identity/contract.ts';
import { type ApiRefused, get, type Query, send } from './api.ts';

/** What is true of the whole port, said without signing in. */
export interface Port {
  readonly nameZh: string;
  readonly nameEn: string;
  /** True when every record was made by the generator. */
  readonly demo: boolean;
  readonly demoAccounts: readonly {
    readonly account: string;
    readonly password: string;
    readonly role: Role;
    readonly name: string;
    readonly title?: string;
    readonly titleEn?: string;
  }[];
  readonly conditionsNotComputed: readonly z.infer<typeof ConditionKind>[];
  readonly progress: Progress | null;
}

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly phase: string;
}

/** Asks the server; the key is the path and the query, so live events can say which answers are stale. */
export const asking = <T>(path: string, query: Query = {}) =>
  queryOptions<T, ApiRefused>({
    queryKey: [path, query],
    queryFn: ({ signal }) => get<T>(path, query, signal),
  });

export const useAsk = <T>(path: string, query: Query = {}, enabled = true) =>
  useQuery({ ...asking<T>(path, query), enabled });

/** As `useAsk`, keeping the last answer on the page while the next one comes: for lists. */
export const useAskList = <T>(path: string, query: Query = {}, enabled = true) =>
  useQuery({ ...asking<T>(path, query), enabled, placeholderData: keepPreviousData });

export const meQuery = queryOptions<Me, ApiRefused>({
  queryKey: ['/api/session'],
  queryFn: ({ signal }) => get<Me>('/api/session', {}, signal),
  staleTime: 60_000,
});

export const portQuery = queryOptions<Port, ApiRefused>({
  queryKey: ['/api/port'],
  queryFn: ({ signal }) => get<Port>('/api/port', {}, signal),
  staleTime: 60_000,
});

export const usePort = () => useQuery(portQuery).data;
export const useMe = () => useQuery(meQuery).data;

/** Whether the reader's post may do an operation at all; the server decides again. */
export function useMay(): (operation: string) => boolean {
  const me = useMe();
  return (operation) => me?.permissions.includes(operation) ?? false;
}

/** Sends a command; afterwards every answer under the `stale` paths is asked again. */
export function useCommand<Input, Output = unknown>(
  command: (input: Input) => {
    readonly method: 'POST' | 'PUT' | 'DELETE';
    readonly path: string;
    readonly body?: unknown;
  },
  stale: readonly string[] = [],
) {
  const client = useQueryClient();
  return useMutation<Output, ApiRefused, Input>({
    mutationFn: (input) => {
      const { method, path, body } = command(input);
      return send<Output>(method, path, body);
    },
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          stale.some((prefix) => typeof path === 'string' && path.startsWith(prefix)),
      }),
  });
}
