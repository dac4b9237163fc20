import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { isRefused } from './parts/api.ts';
import { meQuery } from './parts/queries.ts';
import { parseUrlState, stringifyUrlState } from './parts/url-state.ts';
import { authoritiesRoutes } from './screens/authorities/routes.ts';
import { bondedRoutes } from './screens/bonded/routes.ts';
import { cargoRoutes } from './screens/cargo/routes.ts';
import { casesRoutes } from './screens/cases/routes.ts';
import { chemicalsRoutes } from './screens/chemicals/routes.ts';
import { clearanceRoutes } from './screens/clearance/routes.ts';
import { dutyRoutes } from './screens/duty/routes.ts';
import { governanceRoutes } from './screens/governance/routes.ts';
import { identityRoutes, signIn } from './screens/identity/routes.ts';
import { messagesRoutes } from './screens/messages/routes.ts';
import { poolRoutes } from './screens/pool/routes.ts';
import { riskRoutes } from './screens/risk/routes.ts';
import { NotFound, ScreenError } from './shell/problem-pages.tsx';
import { home, inside, root } from './shell/routes.ts';

/** A session that ended meanwhile leads to the door, and back here afterwards. */
function leaveIfSignedOut(error: unknown) {
  const { pathname, href } = router.state.location;
  if (!isRefused(error, 'unauthenticated') || pathname === '/sign-in') return;
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  void router.navigate({ to: '/sign-in', search: { to: href } });
}

/** A refusal is final until something changes; a lost connection is worth another try. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveIfSignedOut }),
  mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (count, error) => count < 2 && isRefused(error, 'unreachable'),
    },
  },
});

const tree = root.addChildren([
  signIn,
  inside.addChildren([
    home,
    ...authoritiesRoutes,
    ...bondedRoutes,
    ...cargoRoutes,
    ...casesRoutes,
    ...chemicalsRoutes,
    ...clearanceRoutes,
    ...dutyRoutes,
    ...governanceRoutes,
    ...identityRoutes,
    ...messagesRoutes,
    ...poolRoutes,
    ...riskRoutes,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: ScreenError,
  parseSearch: parseUrlState,
  stringifySearch: stringifyUrlState,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
