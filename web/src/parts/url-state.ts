import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What a page shows is in its address: it can be bookmarked, shared, and walked back. Values are text. */
export type UrlState = Readonly<Record<string, string | undefined>>;

export const parseUrlState = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

export function stringifyUrlState(state: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** `change` merges a patch; an empty or undefined value leaves the address. A new filter forgets the page. */
export function useUrlState(): readonly [
  UrlState,
  (patch: UrlState, options?: { readonly replace?: boolean }) => void,
] {
  const state = useSearch({ strict: false }) as UrlState;
  const navigate = useNavigate();
  const change = useCallback(
    (patch: UrlState, options: { readonly replace?: boolean } = {}) => {
      void navigate({
        to: '.',
        search: (previous: UrlState) => ({ ...previous, cursor: undefined, ...patch }),
        replace: options.replace ?? false,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [state, change];
}
