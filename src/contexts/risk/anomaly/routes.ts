import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { AnomalyPage, AnomalySearch } from './contract.ts';
import { readAnomalies } from './permissions.ts';
import type { Anomalies } from './service.ts';

export function anomalyRoutes(app: HttpApp<Actor>, anomalies: Anomalies): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/anomalies',
      tag: 'risk',
      summary: 'Declarations of a day that are unlike their peers, the most surprising first.',
      permission: readAnomalies,
      query: AnomalySearch,
      givesWay: 'report',
      response: AnomalyPage,
    },
    ({ principal, query }) => anomalies.search(principal, query),
  );
}
