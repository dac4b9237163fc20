import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { isRefused } from './parts/api.ts';
import { meQuery, portQuery } from './parts/queries.ts';
import { parseUrlState, stringifyUrlState, type UrlState } from './parts/url-state.ts';
import { Frame } from './shell/frame.tsx';
import { homeOf } from './shell/navigation.ts';
import { NotFound, PageError, ScreenError } from './shell/problem-pages.tsx';

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

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  validateSearch: (search: Record<string, unknown>): UrlState => search as UrlState,
  loader: ({ context }) => context.queryClient.ensureQueryData(portQuery).catch(() => null),
  errorComponent: PageError,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  component: lazyRouteComponent(() => import('./screens/identity/sign-in.tsx'), 'SignInScreen'),
});

/** Everything behind the door: without a session, sign in first and come back here. */
const inside = createRoute({
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

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: homeOf(context.me), replace: true });
  },
});

const at = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => inside, path, component });

const tree = root.addChildren([
  signIn,
  inside.addChildren([
    home,
    at(
      'overview',
      lazyRouteComponent(() => import('./screens/governance/overview.tsx'), 'OverviewScreen'),
    ),
    at(
      'overview/$metric',
      lazyRouteComponent(() => import('./screens/governance/figure.tsx'), 'FigureScreen'),
    ),
    at(
      'declarations',
      lazyRouteComponent(
        () => import('./screens/clearance/declarations.tsx'),
        'DeclarationsScreen',
      ),
    ),
    at(
      'declarations/$id',
      lazyRouteComponent(() => import('./screens/clearance/declaration.tsx'), 'DeclarationScreen'),
    ),
    at(
      'file',
      lazyRouteComponent(() => import('./screens/clearance/file.tsx'), 'FileScreen'),
    ),
    at(
      'bulk',
      lazyRouteComponent(() => import('./screens/clearance/bulk.tsx'), 'BulkScreen'),
    ),
    at(
      'work-list',
      lazyRouteComponent(() => import('./screens/clearance/work-list.tsx'), 'WorkListScreen'),
    ),
    at(
      'cases',
      lazyRouteComponent(() => import('./screens/cases/cases.tsx'), 'CasesScreen'),
    ),
    at(
      'cases/$id',
      lazyRouteComponent(() => import('./screens/cases/case.tsx'), 'CaseScreen'),
    ),
    at(
      'bills',
      lazyRouteComponent(() => import('./screens/cargo/bills/bills.tsx'), 'BillsScreen'),
    ),
    at(
      'bills/$number',
      lazyRouteComponent(() => import('./screens/cargo/bills/bill.tsx'), 'BillScreen'),
    ),
    at(
      'bonded',
      lazyRouteComponent(() => import('./screens/bonded/ledgers.tsx'), 'BondedLedgersScreen'),
    ),
    at(
      'bonded/$id',
      lazyRouteComponent(() => import('./screens/bonded/ledger.tsx'), 'BondedLedgerScreen'),
    ),
    at(
      'bonded/$id/orders',
      lazyRouteComponent(() => import('./screens/bonded/order-list.tsx'), 'BondedOrdersScreen'),
    ),
    at(
      'bonded/$id/counts',
      lazyRouteComponent(() => import('./screens/bonded/counts.tsx'), 'BondedCountsScreen'),
    ),
    at(
      'bonded/$id/counts/$count',
      lazyRouteComponent(() => import('./screens/bonded/count.tsx'), 'BondedCountScreen'),
    ),
    at(
      'bonded/$id/filings',
      lazyRouteComponent(() => import('./screens/bonded/filings.tsx'), 'BondedFilingsScreen'),
    ),
    at(
      'bonded/$id/filings/$filing',
      lazyRouteComponent(() => import('./screens/bonded/filing.tsx'), 'BondedFilingScreen'),
    ),
    at(
      'bonded/$id/parts/$part',
      lazyRouteComponent(() => import('./screens/bonded/part.tsx'), 'BondedPartScreen'),
    ),
    at(
      'bonded/$id/orders/$order',
      lazyRouteComponent(() => import('./screens/bonded/order.tsx'), 'BondedOrderScreen'),
    ),
    at(
      'messages',
      lazyRouteComponent(() => import('./screens/messages/messages.tsx'), 'MessagesScreen'),
    ),
    at(
      'messages/try',
      lazyRouteComponent(() => import('./screens/messages/try.tsx'), 'TryMessageScreen'),
    ),
    at(
      'messages/partners',
      lazyRouteComponent(() => import('./screens/messages/partners.tsx'), 'PartnersScreen'),
    ),
    at(
      'messages/partners/$partner',
      lazyRouteComponent(() => import('./screens/messages/partner.tsx'), 'PartnerScreen'),
    ),
    at(
      'messages/$id',
      lazyRouteComponent(() => import('./screens/messages/message.tsx'), 'MessageScreen'),
    ),
    at(
      'manifests',
      lazyRouteComponent(
        () => import('./screens/cargo/manifests/manifests.tsx'),
        'ManifestsScreen',
      ),
    ),
    at(
      'manifests/new',
      lazyRouteComponent(
        () => import('./screens/cargo/manifests/new-manifest.tsx'),
        'NewManifestScreen',
      ),
    ),
    at(
      'manifests/$id',
      lazyRouteComponent(() => import('./screens/cargo/manifests/manifest.tsx'), 'ManifestScreen'),
    ),
    at(
      'terminal',
      lazyRouteComponent(() => import('./screens/cargo/terminal/terminal.tsx'), 'TerminalScreen'),
    ),
    at(
      'releases',
      lazyRouteComponent(() => import('./screens/cargo/releases/releases.tsx'), 'ReleasesScreen'),
    ),
    at(
      'releases/$id',
      lazyRouteComponent(() => import('./screens/cargo/releases/release.tsx'), 'ReleaseScreen'),
    ),
    at(
      'passports',
      lazyRouteComponent(
        () => import('./screens/cargo/passports/passports.tsx'),
        'PassportsScreen',
      ),
    ),
    at(
      'passports/new',
      lazyRouteComponent(
        () => import('./screens/cargo/passports/new-passport.tsx'),
        'NewPassportScreen',
      ),
    ),
    at(
      'passports/$number',
      lazyRouteComponent(() => import('./screens/cargo/passports/passport.tsx'), 'PassportScreen'),
    ),
    at(
      'gates',
      lazyRouteComponent(() => import('./screens/cargo/gates/gates.tsx'), 'GatesScreen'),
    ),
    at(
      'zones',
      lazyRouteComponent(() => import('./screens/cargo/zones/zones.tsx'), 'ZonesScreen'),
    ),
    at(
      'batches',
      lazyRouteComponent(() => import('./screens/cargo/batches/batches.tsx'), 'BatchesScreen'),
    ),
    at(
      'batches/new',
      lazyRouteComponent(() => import('./screens/cargo/batches/new-batch.tsx'), 'NewBatchScreen'),
    ),
    at(
      'batches/$id',
      lazyRouteComponent(() => import('./screens/cargo/batches/batch.tsx'), 'BatchScreen'),
    ),
    at(
      'entries',
      lazyRouteComponent(() => import('./screens/cargo/batches/entries.tsx'), 'EntriesScreen'),
    ),
    at(
      'downtime',
      lazyRouteComponent(() => import('./screens/cargo/downtime/downtime.tsx'), 'DowntimeScreen'),
    ),
    at(
      'duty',
      lazyRouteComponent(() => import('./screens/duty/bills.tsx'), 'DutyBillsScreen'),
    ),
    at(
      'duty/$declaration',
      lazyRouteComponent(() => import('./screens/duty/bill.tsx'), 'DutyBillScreen'),
    ),
    at(
      'checks',
      lazyRouteComponent(() => import('./screens/authorities/checks.tsx'), 'ChecksScreen'),
    ),
    at(
      'permits',
      lazyRouteComponent(() => import('./screens/authorities/permits.tsx'), 'PermitsScreen'),
    ),
    at(
      'permits/$id',
      lazyRouteComponent(() => import('./screens/authorities/permit.tsx'), 'PermitScreen'),
    ),
    at(
      'prohibitions',
      lazyRouteComponent(
        () => import('./screens/authorities/prohibitions.tsx'),
        'ProhibitionsScreen',
      ),
    ),
    at(
      'chemicals',
      lazyRouteComponent(() => import('./screens/chemicals/inquiry.tsx'), 'InquiryScreen'),
    ),
    at(
      'chemicals/lists',
      lazyRouteComponent(
        () => import('./screens/chemicals/lists/official-lists.tsx'),
        'OfficialListsScreen',
      ),
    ),
    at(
      'chemicals/lists/$id',
      lazyRouteComponent(
        () => import('./screens/chemicals/lists/difference.tsx'),
        'ListDifferenceScreen',
      ),
    ),
    at(
      'chemicals/watch',
      lazyRouteComponent(() => import('./screens/chemicals/watch.tsx'), 'ChemicalWatchScreen'),
    ),
    at(
      'yards',
      lazyRouteComponent(() => import('./screens/chemicals/yards.tsx'), 'YardsScreen'),
    ),
    at(
      'yards/$id',
      lazyRouteComponent(() => import('./screens/chemicals/yard.tsx'), 'YardScreen'),
    ),
    at(
      'audits',
      lazyRouteComponent(() => import('./screens/authorities/audits.tsx'), 'AuditsScreen'),
    ),
    at(
      'audits/$id',
      lazyRouteComponent(() => import('./screens/authorities/audit.tsx'), 'AuditScreen'),
    ),
    at(
      'modes',
      lazyRouteComponent(() => import('./screens/authorities/modes.tsx'), 'ModesScreen'),
    ),
    at(
      'clocks',
      lazyRouteComponent(() => import('./screens/authorities/clocks.tsx'), 'ClocksScreen'),
    ),
    at(
      'statements',
      lazyRouteComponent(() => import('./screens/duty/statements.tsx'), 'StatementsScreen'),
    ),
    at(
      'guarantees',
      lazyRouteComponent(() => import('./screens/duty/guarantees.tsx'), 'GuaranteesScreen'),
    ),
    at(
      'ledger',
      lazyRouteComponent(() => import('./screens/duty/ledger.tsx'), 'LedgerScreen'),
    ),
    at(
      'rules',
      lazyRouteComponent(() => import('./screens/risk/rules/rules.tsx'), 'RulesScreen'),
    ),
    at(
      'rules/new',
      lazyRouteComponent(
        () => import('./screens/risk/rules/editing/rule-editor.tsx'),
        'RuleEditorScreen',
      ),
    ),
    at(
      'rules/$id',
      lazyRouteComponent(() => import('./screens/risk/rules/reading/rule.tsx'), 'RuleScreen'),
    ),
    at(
      'rules/$id/edit',
      lazyRouteComponent(
        () => import('./screens/risk/rules/editing/rule-editor.tsx'),
        'RuleEditorScreen',
      ),
    ),
    at(
      'lists',
      lazyRouteComponent(() => import('./screens/risk/lists/lists.tsx'), 'ListsScreen'),
    ),
    at(
      'lists/$name',
      lazyRouteComponent(() => import('./screens/risk/lists/list.tsx'), 'ListScreen'),
    ),
    at(
      'models',
      lazyRouteComponent(() => import('./screens/risk/models/models.tsx'), 'ModelsScreen'),
    ),
    at(
      'models/$id',
      lazyRouteComponent(() => import('./screens/risk/models/model.tsx'), 'ModelScreen'),
    ),
    at(
      'anomalies',
      lazyRouteComponent(() => import('./screens/risk/anomalies/anomalies.tsx'), 'AnomaliesScreen'),
    ),
    at(
      'selection',
      lazyRouteComponent(() => import('./screens/risk/selection/selection.tsx'), 'SelectionScreen'),
    ),
    at(
      'coverage',
      lazyRouteComponent(() => import('./screens/risk/coverage/coverage.tsx'), 'CoverageScreen'),
    ),
    at(
      'pool',
      lazyRouteComponent(() => import('./screens/pool/catalogue.tsx'), 'CatalogueScreen'),
    ),
    at(
      'pool/sql',
      lazyRouteComponent(() => import('./screens/pool/sql.tsx'), 'SqlScreen'),
    ),
    at(
      'pool/imports',
      lazyRouteComponent(() => import('./screens/pool/imports.tsx'), 'ImportsScreen'),
    ),
    at(
      'pool/datasets/$name',
      lazyRouteComponent(() => import('./screens/pool/dataset.tsx'), 'DatasetScreen'),
    ),
    at(
      'audit',
      lazyRouteComponent(() => import('./screens/identity/audit.tsx'), 'AuditScreen'),
    ),
    at(
      'me',
      lazyRouteComponent(() => import('./screens/identity/my-posts.tsx'), 'MyPostsScreen'),
    ),
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
