import type { LocalDate } from '../../../kernel/dates.ts';
import { parseDecimal, toFloat } from '../../../kernel/decimal.ts';
import type { FactSet } from '../../facts/index.ts';
import type { Decision, DecisionEngine } from '../../risk/index.ts';
import type { BillAssessment, HouseContent } from './contract.ts';
import { type NewBillEvent, streamOf, type Voyage } from './events.ts';

/** What a mandatory rule about bills stands on when it keeps goods ashore. */
const DO_NOT_LOAD_BASIS = '海关进出境运输工具舱单管理办法（海关总署令第172号）';

/** What a bill states, as facts; exact amounts become numbers here and only here. */
export function factsOf(
  number: string,
  content: HouseContent,
  voyage: Voyage,
  { houses, master }: { readonly houses: readonly string[]; readonly master: string | null },
): FactSet {
  const mass = parseDecimal(content.grossMassKg ?? '');
  const grossMass = mass && toFloat(mass);
  const { packages } = content;
  const loadingCountry = content.loadingPort?.slice(0, 2) ?? null;
  return {
    'bill.number': number,
    'bill.direction': voyage.direction,
    'bill.office': voyage.office,
    'bill.mode': voyage.conveyance.mode,
    'bill.carrier': voyage.carrier,
    'bill.conveyance': voyage.conveyance.name,
    'bill.loadingPort': content.loadingPort,
    'bill.loadingCountry': loadingCountry,
    'bill.dischargePort': content.dischargePort,
    'bill.description': content.description,
    'bill.shipper': content.shipper?.name ?? null,
    'bill.consignee': content.consignee?.name ?? null,
    'bill.consigneeCode': content.consignee?.uscc ?? null,
    'bill.packages': packages,
    'bill.packageKind': content.packageKind,
    'bill.grossMass': grossMass,
    'bill.massPerPackage': grossMass !== null && packages ? grossMass / packages : null,
    'bill.containers': content.containers.length,
    'bill.houses': houses.length,
    'bill.isHouse': master !== null,
    'bill.isDangerous': content.dangerous !== null,
    'bill.unNumber': content.dangerous?.unNumber ?? null,
    // What declarations state too, so that a rule about goods and routes need not be written twice.
    'declaration.ieFlag': voyage.direction,
    'declaration.borderOffice': voyage.office,
    'goods.description': content.description,
    'route.departure': voyage.direction === 'I' ? loadingCountry : null,
    'route.mode': voyage.conveyance.mode,
    'party.carrier': voyage.carrier,
    // Goods are drawn once, when they are declared.
    'selection.isSampled': false,
  };
}

/**
 * What risk says of a bill before its goods arrive. A mandatory rule that speaks of bills and fixes the red lane keeps the goods ashore.
 */
export function assess(
  engine: DecisionEngine,
  number: string,
  on: LocalDate,
  facts: FactSet,
): { decision: Decision; events: NewBillEvent[] } {
  const decision = engine.decide(streamOf(number), on, facts);
  const hits = decision.results.filter(({ outcome }) => outcome === 'hit');
  const assessed: BillAssessment = {
    decisionId: decision.id,
    lane: decision.lane,
    score: decision.score,
    hits: hits.map(({ check, mandatory, sentence }) => ({ check, mandatory, sentence })),
  };
  const forbids = hits.find(
    ({ mandatory, lane, values }) =>
      mandatory && lane === 'red' && Object.keys(values).some((name) => name.startsWith('bill.')),
  );
  const events: NewBillEvent[] = [{ kind: 'cargo.assessed', payload: assessed }];
  if (forbids) {
    const legalBasis = forbids.legalBasis ?? DO_NOT_LOAD_BASIS;
    // Whoever is told to leave goods ashore is told the rule, and never what it looks for.
    const payload = { reason: forbids.check, legalBasis };
    events.push({ kind: 'cargo.doNotLoad', legalBasis, payload });
  }
  return { decision, events };
}
