import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const riskRoutes = [
  at(
    'rules',
    lazyRouteComponent(() => import('./rules/rules.tsx'), 'RulesScreen'),
  ),
  at(
    'rules/new',
    lazyRouteComponent(() => import('./rules/editing/rule-editor.tsx'), 'RuleEditorScreen'),
  ),
  at(
    'rules/$id',
    lazyRouteComponent(() => import('./rules/reading/rule.tsx'), 'RuleScreen'),
  ),
  at(
    'rules/$id/edit',
    lazyRouteComponent(() => import('./rules/editing/rule-editor.tsx'), 'RuleEditorScreen'),
  ),
  at(
    'lists',
    lazyRouteComponent(() => import('./lists/lists.tsx'), 'ListsScreen'),
  ),
  at(
    'lists/$name',
    lazyRouteComponent(() => import('./lists/list.tsx'), 'ListScreen'),
  ),
  at(
    'models',
    lazyRouteComponent(() => import('./models/models.tsx'), 'ModelsScreen'),
  ),
  at(
    'models/$id',
    lazyRouteComponent(() => import('./models/model.tsx'), 'ModelScreen'),
  ),
  at(
    'anomalies',
    lazyRouteComponent(() => import('./anomalies/anomalies.tsx'), 'AnomaliesScreen'),
  ),
  at(
    'selection',
    lazyRouteComponent(() => import('./selection/selection.tsx'), 'SelectionScreen'),
  ),
  at(
    'coverage',
    lazyRouteComponent(() => import('./coverage/coverage.tsx'), 'CoverageScreen'),
  ),
] as const;
