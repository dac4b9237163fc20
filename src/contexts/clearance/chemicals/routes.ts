import { z } from 'zod';
import { localDateOf } from '../../../kernel/dates.ts';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Chemicals } from '../../chemicals/index.ts';
import { type Actor, authorise } from '../../identity/index.ts';
import { DeclarationId } from '../contract.ts';
import { readChemicals, watchChemicals } from '../permissions.ts';
import type { Clearance } from '../service/index.ts';
import { consignmentOf } from './consignment.ts';
import { ChemicalPanel, ChemicalWatch } from './contract.ts';
import { declaredLines } from './lines.ts';
import { chemicalWatch } from './watch.ts';

/** The chemical panel of a declaration. It is read by the lists of the day it was filed. */
export function chemicalPanelRoutes(
  app: HttpApp<Actor>,
  clearance: Clearance,
  deps: {
    readonly db: Db;
    readonly chemicals: Pick<Chemicals, 'findingsOf' | 'verdictsOf' | 'yards' | 'clock'>;
  },
): void {
  const { db, chemicals } = deps;
  route(
    app,
    {
      method: 'get',
      path: '/api/declarations/{id}/chemicals',
      tag: 'chemicals',
      summary: 'What the goods of a declaration are, what the law says, what does not fit.',
      permission: readChemicals,
      params: z.object({ id: DeclarationId }),
      response: ChemicalPanel,
    },
    async ({ principal, params }) => {
      authorise(principal, readChemicals);
      const { declaration, decision } = await clearance.reads.detail(principal, params.id);
      const { id, content, filedAt } = declaration;
      const on = localDateOf(filedAt ?? chemicals.clock.now());
      const declared = { id, content, facts: decision?.facts ?? {} };
      const { consignment, stated } = await consignmentOf(db, chemicals.yards, declared);
      const findings = chemicals.findingsOf(declaredLines(content, on, stated));
      const lines = findings.filter(
        ({ identification, verdicts }) =>
          !identification.unknown || verdicts.some(({ outcome }) => outcome === 'misfit'),
      );
      const verdicts = chemicals.verdictsOf(findings, consignment);
      return { on, lines, others: findings.length - lines.length, consignment: verdicts };
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/chemicals/watch',
      tag: 'chemicals',
      summary:
        'Hit rates of what speaks of substances beside the random sample, and what is in doubt.',
      permission: watchChemicals,
      givesWay: 'report',
      response: ChemicalWatch,
    },
    async ({ principal }) => {
      authorise(principal, watchChemicals);
      return chemicalWatch(principal, clearance, deps);
    },
  );
}
