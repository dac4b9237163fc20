import {
  checkLater,
  declareLater,
  declareMovements,
  reopenEntries,
  undeclareMovements,
} from '../../cargo/index.ts';
import type { DeclarationInput, Problem } from '../contract.ts';
import type { FilingProvider, FilingRequest, Prepared } from '../provider.ts';
import { type Counted, firstDifference, quantitiesOf } from './merge.ts';
import * as store from './store.ts';

const CONSOLIDATED = '海关进出口货物集中申报管理办法（海关总署令第169号）';

/**
 * Answers for declarations of goods that have moved already. A consolidated one must have been built
 * here, from movements, and say what was built; one of goods that entered first must say what entered.
 * With the acceptance, in its transaction, the movements and entries are declared; no other
 * declaration asks anything of the database.
 */
export const movedGoods: FilingProvider = {
  kinds: [],

  async prepare(tx, requests) {
    const consolidated = requests.filter(isConsolidated);
    const entered = requests.filter(isEnterFirst);
    const answers = new Map<string, Prepared>();
    if (consolidated.length > 0) {
      const plans = await store.plansOf(
        tx,
        consolidated.map(({ id }) => id),
      );
      for (const request of consolidated) {
        const problems = consolidatedProblems(request, plans.get(request.id)?.content);
        answers.set(request.id, { problems, requirements: [] });
      }
    }
    if (entered.length > 0) {
      const later = entered.map(({ id, content }) => ({
        declaration: id,
        transportDocNo: content.transport.transportDocNo,
        passportNo: content.modes?.passportNo ?? null,
        packages: content.packages.count,
        grossMassKg: content.grossMassKg,
      }));
      for (const [id, refusals] of await checkLater(tx, later)) {
        const problems = refusals.map((each) => ({ ...each, params: { ...each.params } }));
        answers.set(id, { problems, requirements: [] });
      }
    }
    return answers;
  },

  async record(tx, accepted) {
    const consolidated = accepted.filter(isConsolidated);
    const [first] = consolidated;
    if (first) {
      await declareMovements(
        tx,
        consolidated.map(({ id }) => id),
        first.envelope,
      );
    }
    const entered = accepted.filter(isEnterFirst);
    if (entered.length === 0) return;
    await declareLater(
      tx,
      entered.map(({ id, content, envelope }) => ({
        declaration: id,
        transportDocNo: content.transport.transportDocNo,
        envelope,
      })),
    );
  },

  async giveBack(tx, declaration, envelope) {
    await undeclareMovements(tx, [declaration], 'ended', envelope);
    await reopenEntries(tx, declaration, 'ended', envelope);
  },
};

const isConsolidated = ({ content }: Pick<FilingRequest, 'content'>): boolean =>
  content.modes?.batch === 'consolidated';
const isEnterFirst = ({ content }: Pick<FilingRequest, 'content'>): boolean =>
  content.modes?.entry === 'enterFirst';

/** Quantities are those that crossed. An amendment may correct what the goods are, never how much moved. */
function consolidatedProblems(
  { content, amends }: FilingRequest,
  planned: DeclarationInput | undefined,
): Problem[] {
  const path = 'modes.applicationNo';
  const application = content.modes?.applicationNo ?? '';
  if (!planned || planned.modes?.applicationNo !== application) {
    const code = 'clearance.consolidation_not_built';
    return [{ code, path, seen: application, legalBasis: CONSOLIDATED }];
  }
  const by = amends ? ownUnit : goodsAndUnit;
  const difference = firstDifference(
    quantitiesOf(content.lines, by),
    quantitiesOf(planned.lines, by),
  );
  if (!difference) return [];
  const code = 'clearance.consolidation_differs';
  return [{ code, path: 'lines', params: difference, legalBasis: CONSOLIDATED }];
}

const goodsAndUnit = (line: Counted): string => `${line.hsCode ?? ''} ${line.unit ?? ''}`;
const ownUnit = (line: Counted): string => line.unit ?? '';
