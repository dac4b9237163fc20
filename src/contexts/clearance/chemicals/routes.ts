import { z } from 'zod';
import { localDateOf } from '../../../kernel/dates.ts';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Chemicals } from '../../chemicals/index.ts';
import { type Actor, authorise } from '../../identity/index.ts';
import { DeclarationId } from '../contract.ts';
import { readChemicals } from '../permissions.ts';
import type { Clearance } from '../service/index.ts';
import { ChemicalPanel } from './contract.ts';
import { declaredLines } from './lines.ts';

/** The chemical panel of a declaration. It is read by the lists of the day it was filed. */
export function chemicalPanelRoutes(
  app: HttpApp<Actor>,
  clearance: Clearance,
  chemicals: Pick<Chemicals, 'findingsOf' | 'clock'>,
): void {
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
      const { declaration } = await clearance.reads.detail(principal, params.id);
      const on = localDateOf(declaration.filedAt ?? chemicals.clock.now());
      const findings = chemicals.findingsOf(declaredLines(declaration.content, on));
      const lines = findings.filter(
        ({ identification, verdicts }) =>
          !identification.unknown || verdicts.some(({ outcome }) => outcome === 'misfit'),
      );
      return { on, lines, others: findings.length - lines.length };
    },
  );
}
