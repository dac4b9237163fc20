import {
  add,
  type Decimal,
  decimal,
  multiply,
  round,
  sum,
  toText,
  ZERO,
} from '../../../kernel/decimal.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { type TariffTables, UnreadableRow } from '../tariff/tables.ts';
import { deferredInterest, lateDeclarationFee } from './clocks.ts';
import {
  type Assessment,
  type DutyRequest,
  type LevyTreatment,
  type LineAssessment,
  type Step,
  TaxKind,
  type TaxTotal,
} from './contract.ts';
import { type Refuse, step } from './problem.ts';
import {
  policyOf,
  type TaxedLine,
  type Taxing,
  taxExports,
  taxImports,
  toLineTax,
} from './taxes.ts';
import { type Valued, valueLines } from './value.ts';

const CENTS = 2;

/** An assessment, or everything that stands in its way. */
export interface AssessOutcome {
  readonly assessment: Assessment | null;
  readonly refusals: readonly Refusal[];
}

/** What a consignment owes by the law of `request.on`. Pure: same request, same tables, same bytes. */
export function assess(request: DutyRequest, tables: TariffTables): AssessOutcome {
  const refusals = new Map<string, Refusal>();
  const refuse: Refuse = (refusal) => {
    refusals.set(JSON.stringify(refusal), refusal);
  };
  const assessment = unlessRefused(() => assessed(request, tables, refuse), refuse);
  return refusals.size > 0
    ? { assessment: null, refusals: [...refusals.values()] }
    : { assessment, refusals: [] };
}

function unlessRefused(work: () => Assessment, refuse: Refuse): Assessment | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnreadableRow) {
      const { table, code } = error;
      refuse({ code: 'duty.table_row_unreadable', params: { table, row: code } });
    } else if (error instanceof Refused) {
      for (const refusal of error.refusals) refuse(refusal);
    } else {
      throw error;
    }
    return null;
  }
}

function assessed(request: DutyRequest, tables: TariffTables, refuse: Refuse): Assessment {
  const { on, ieFlag, supervisionMode, levyNature } = request;
  const treatment = supervisionMode ? tables.levyTreatment(supervisionMode, on) : 'taxed';
  const steps: Step[] = [step('duty.step_day_of_law', { on }, '关税法 第二十条')];
  const relief = levyNature ? tables.relief(levyNature, on) : null;
  const valueScale = Number(policyOf('valueScale', { tables, request, refuse })?.value.coefficient);
  const taxing: Taxing = { request, tables, valueScale, relief, refuse, steps };

  const valued = valueLines(request, tables, refuse);
  for (const { currency, yuan } of valued.exchange) {
    steps.push(step('duty.step_exchange', { currency, yuan, month: on.slice(0, 7) }));
  }
  steps.push(...valued.steps);
  const lines = rowsOf(valued, taxing);
  if (treatment !== 'taxed') {
    steps.push(
      step('duty.step_not_levied', {
        treatment: `duty.${treatment}_levy`,
        supervisionMode: supervisionMode ?? '',
      }),
    );
  } else if (ieFlag === 'I') taxImports(lines, taxing);
  else taxExports(lines, taxing);
  return compose(lines, valued, treatment, taxing);
}

/** Each line with its row of the tariff and its value as an import; an export's is yet without its duty. */
function rowsOf(valued: Valued, { request, tables, valueScale, refuse }: Taxing): TaxedLine[] {
  const lines: TaxedLine[] = [];
  for (const one of valued.lines) {
    const row = tables.row(one.line.hsCode, request.on);
    if (!row) {
      const path = `${one.path}.hsCode`;
      refuse({ code: 'duty.tariff_row_missing', path, seen: one.line.hsCode });
      continue;
    }
    const customsValue = round(one.worth, valueScale);
    if (one.method === 'transaction') {
      one.steps.push(step('duty.step_customs_value', { worth: one.worth, customsValue }));
    }
    lines.push({ valued: one, row, customsValue, dues: [] });
  }
  return lines;
}

function compose(
  lines: readonly TaxedLine[],
  valued: Valued,
  levyTreatment: LevyTreatment,
  { request, tables, steps }: Taxing,
): Assessment {
  const customsValue = sum(lines.map((line) => line.customsValue));
  const lateDeclaration = lateDeclarationOf(request, customsValue, tables, steps);
  const taxes = totalsOf(lines);
  const interest = interestOf(request, taxes.payable, tables, steps);
  return {
    declaration: request.declaration,
    on: request.on,
    ieFlag: request.ieFlag,
    levyTreatment,
    tables: tables.versions().map((version) => ({ ...version })),
    exchange: valued.exchange.map(({ currency, yuan }) => ({ currency, yuan: toText(yuan) })),
    customsValue: toText(customsValue),
    freight: toText(valued.freight),
    insurance: toText(valued.insurance),
    lines: lines.map(toLineAssessment),
    taxes: taxes.told,
    lateDeclaration,
    ...(interest && { deferredInterest: interest }),
    payable: toText(taxes.payable),
    steps,
  };
}

function totalsOf(lines: readonly TaxedLine[]): { told: TaxTotal[]; payable: Decimal } {
  const dues = lines.flatMap((line) => line.dues);
  const told: TaxTotal[] = [];
  let payable = ZERO;
  for (const kind of TaxKind.options) {
    const own = dues.filter((due) => due.kind === kind);
    if (own.length === 0) continue;
    const owed = sum(own.map((due) => due.payable));
    payable = add(payable, owed);
    const assessed = sum(own.map((due) => due.assessed));
    told.push({ kind, assessed: toText(assessed), payable: toText(owed) });
  }
  return { told, payable };
}

const toLineAssessment = ({ valued, row, customsValue, dues }: TaxedLine): LineAssessment => ({
  lineNo: valued.line.lineNo,
  hsCode: valued.line.hsCode,
  tariffCode: row.code,
  method: valued.method,
  customsValue: toText(customsValue),
  freight: toText(valued.freight),
  insurance: toText(valued.insurance),
  taxes: dues.map(toLineTax),
  payable: toText(sum(dues.map((due) => due.payable))),
  steps: valued.steps,
});

function interestOf(
  { deferredSince, on }: DutyRequest,
  tax: Decimal,
  tables: TariffTables,
  steps: Step[],
): Assessment['deferredInterest'] {
  if (!deferredSince) return undefined;
  const deferred = { amount: tax, bondedOn: deferredSince, billedOn: on };
  const { firstDay, lastDay, days, amount, legalBasis } = deferredInterest(deferred, tables);
  const params = { tax, firstDay, lastDay, days, interest: amount };
  steps.push(step('duty.step_deferred_interest', params, legalBasis));
  return { firstDay, lastDay, days, amount: toText(round(amount, CENTS)) };
}

function lateDeclarationOf(
  { ieFlag, conveyanceEnteredOn, acceptedOn }: DutyRequest,
  customsValue: Decimal,
  tables: TariffTables,
  steps: Step[],
): Assessment['lateDeclaration'] {
  if (ieFlag === 'E' || !conveyanceEnteredOn || !acceptedOn) return null;
  const charge = lateDeclarationFee({ customsValue, conveyanceEnteredOn, acceptedOn }, tables);
  if (!charge) return null;
  const { firstDay, lastDay, days, rate, amount, legalBasis } = charge;
  const fee = toText(amount);
  steps.push(
    step(
      'duty.step_late_declaration',
      {
        customsValue,
        permille: multiply(rate, decimal(1000)),
        firstDay,
        lastDay,
        days,
        fee: amount,
      },
      legalBasis,
    ),
  );
  return { firstDay, lastDay, days, fee };
}
