import type { LocalDate } from '../../../../kernel/dates.ts';
import type { ConditionKind } from '../../contract.ts';
import type { AXES, Axis, ClockRule, ModeValue } from '../contract.ts';

type Text = ModeValue['label'];
export const both = (zh: string, en: string): Text => ({ zh, en });

/** What a value is made of; what it does not mention, it does not change. */
interface Described {
  readonly label: Text;
  readonly explanation: Text;
  readonly asks?: Text;
  readonly saves?: Text;
  readonly legalBasis: string;
  readonly from: LocalDate;
  readonly to?: LocalDate;
  readonly steps?: readonly string[];
  readonly withoutSteps?: readonly string[];
  readonly adds?: readonly ConditionKind[];
  readonly drops?: readonly ConditionKind[];
  readonly forUse?: readonly ConditionKind[];
  readonly clocks?: readonly ClockRule[];
  readonly requires?: readonly string[];
  readonly mayWait?: readonly string[];
  readonly only?: 'I' | 'E';
  readonly notForGrades?: readonly string[];
}

export function describe<A extends Axis>(
  axis: A,
  id: (typeof AXES)[A][number],
  told: Described,
): ModeValue {
  return {
    axis,
    id,
    label: told.label,
    explanation: told.explanation,
    asks: told.asks ?? null,
    saves: told.saves ?? null,
    legalBasis: told.legalBasis,
    effective: { from: told.from, to: told.to ?? null },
    steps: [...(told.steps ?? [])],
    withoutSteps: [...(told.withoutSteps ?? [])],
    conditions: {
      adds: [...(told.adds ?? [])],
      drops: [...(told.drops ?? [])],
      forUse: [...(told.forUse ?? [])],
    },
    clocks: [...(told.clocks ?? [])],
    requires: [...(told.requires ?? [])],
    mayWait: [...(told.mayWait ?? [])],
    only: told.only ?? null,
    notForGrades: [...(told.notForGrades ?? [])],
  };
}

/** 海关法 came into force on this day; what it has always provided for begins here. */
export const CUSTOMS_LAW: LocalDate = '1987-07-01';
/** Grades of enterprises that have lost their credit (失信企业). */
export const DISHONEST = ['dishonest', 'seriouslyDishonest'] as const;
