import type { DutyRequest, DutyRequestLine } from './contract.ts';

/** An ordinary import of one line, which each story changes where it matters. */
export function requestOf(
  head: Partial<Omit<DutyRequest, 'lines'>> = {},
  ...lines: readonly Partial<DutyRequestLine>[]
): DutyRequest {
  return {
    declaration: 'D-1',
    on: '2026-07-01',
    ieFlag: 'I',
    supervisionMode: '0110',
    levyNature: '101',
    tradeTerms: 'CIF',
    currency: 'CNY',
    freight: null,
    insurance: null,
    ...head,
    lines: (lines.length > 0 ? lines : [{}]).map((line, index) => ({
      lineNo: index + 1,
      hsCode: '8482102000',
      originCountry: 'DE',
      preference: null,
      quantity: '100',
      unit: '007',
      netMassKg: '250',
      value: '10000',
      ...line,
    })),
  };
}
