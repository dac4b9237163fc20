import { decimal, divide, toText } from '../../../kernel/decimal.ts';
import type { openTariff } from '../../duty/index.ts';
import type { DutyRateOf } from './compared.ts';

const HUNDRED = decimal('100');
const SHARE_DIGITS = 9;

/**
 * What a shortage would pay at least: the most-favoured-nation rate of the day, the provisional one where there is one.
 * An estimate for whoever looks at a count; what is owed is assessed by origin when it is filed. Not known where the
 * tariff has no such row, or the duty is no share of the value.
 */
export function dutyRates(tariff: Pick<ReturnType<typeof openTariff>, 'row'>): DutyRateOf {
  return (hsCode, on) => {
    const row = tariff.row(hsCode, on);
    const rate = row?.mfnProvisional ?? row?.mfn ?? null;
    if (rate === null || rate.percent === null || rate.perUnit !== null) return null;
    return toText(divide(rate.percent, HUNDRED, SHARE_DIGITS));
  };
}
