import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const dutyRoutes = [
  at(
    'duty',
    lazyRouteComponent(() => import('./bills.tsx'), 'DutyBillsScreen'),
  ),
  at(
    'duty/$declaration',
    lazyRouteComponent(() => import('./bill.tsx'), 'DutyBillScreen'),
  ),
  at(
    'statements',
    lazyRouteComponent(() => import('./statements.tsx'), 'StatementsScreen'),
  ),
  at(
    'guarantees',
    lazyRouteComponent(() => import('./guarantees.tsx'), 'GuaranteesScreen'),
  ),
  at(
    'ledger',
    lazyRouteComponent(() => import('./ledger.tsx'), 'LedgerScreen'),
  ),
] as const;
