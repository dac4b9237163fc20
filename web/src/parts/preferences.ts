import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, isRefused, send } from './api.ts';

/** One of the person's own settings, kept by the server so that it follows them to any machine. */
export function usePreference<T>(
  key: string,
  initial: T,
  enabled = true,
): readonly [T, (value: T) => void] {
  const client = useQueryClient();
  const path = `/api/preferences/${key}`;
  const { data } = useQuery({
    queryKey: [path],
    queryFn: async () => {
      try {
        return await get<T | null>(path);
      } catch (error) {
        if (isRefused(error, 'not_found')) return null;
        throw error;
      }
    },
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const keep = (value: T) => {
    client.setQueryData([path], value);
    void send('PUT', path, value).catch(() => client.invalidateQueries({ queryKey: [path] }));
  };
  return [data ?? initial, keep];
}
