import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const bondedRoutes = [
  at(
    'bonded',
    lazyRouteComponent(() => import('./ledgers.tsx'), 'BondedLedgersScreen'),
  ),
  at(
    'bonded/$id',
    lazyRouteComponent(() => import('./ledger.tsx'), 'BondedLedgerScreen'),
  ),
  at(
    'bonded/$id/orders',
    lazyRouteComponent(() => import('./order-list.tsx'), 'BondedOrdersScreen'),
  ),
  at(
    'bonded/$id/counts',
    lazyRouteComponent(() => import('./counts.tsx'), 'BondedCountsScreen'),
  ),
  at(
    'bonded/$id/counts/$count',
    lazyRouteComponent(() => import('./count.tsx'), 'BondedCountScreen'),
  ),
  at(
    'bonded/$id/filings',
    lazyRouteComponent(() => import('./filings.tsx'), 'BondedFilingsScreen'),
  ),
  at(
    'bonded/$id/filings/$filing',
    lazyRouteComponent(() => import('./filing.tsx'), 'BondedFilingScreen'),
  ),
  at(
    'bonded/$id/parts/$part',
    lazyRouteComponent(() => import('./part.tsx'), 'BondedPartScreen'),
  ),
  at(
    'bonded/$id/orders/$order',
    lazyRouteComponent(() => import('./order.tsx'), 'BondedOrderScreen'),
  ),
] as const;
