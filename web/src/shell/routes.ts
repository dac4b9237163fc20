import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  type lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { isRefused } from '../parts/api.ts';
import { meQuery, portQuery } from '../parts/queries.ts';
import type { UrlState } from '../parts/url-state.ts';
import { Frame } from './frame.tsx';
import { homeOf } from './navigation.ts';
import { PageError } from './problem-pages.tsx';

export const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  validateSearch: (search: Record<string, unknown>): UrlState => search as UrlState,
  loader: ({ context }) => context.queryClient.ensureQueryData(portQuery).catch(() => null),
  errorComponent: PageError,
});

/** Everything behind the door: without a session, sign in first and come back here. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Frame,
  errorComponent: PageError,
  beforeLoad: async ({ context, location }) => {
    try {
      return { me: await context.queryClient.ensureQueryData(meQuery) };
    } catch (error) {
      if (!isRefused(error, 'unauthenticated')) throw error;
      const to = location.href === '/' ? {} : { to: location.href };
      throw redirect({ to: '/sign-in', search: to });
    }
  },
});

export const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: homeOf(context.me), replace: true });
  },
});

/** A page of a context, behind the door. */
export const at = <Path extends string>(
  path: Path,
  component: ReturnType<typeof lazyRouteComponent>,
) => createRoute({ getParentRoute: () => inside, path, component });
