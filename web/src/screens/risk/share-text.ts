import { useTranslation } from 'react-i18next';
import type { Share } from '../../../../src/contexts/risk/backtest/contract.ts';
import { useFormat } from '../../parts/format.ts';

/** A share as it should be read: the rate, what it is of, and how sure one may be of it. */
export function useShareText(): (share: Share) => string {
  const { t } = useTranslation('risk');
  const format = useFormat();
  return ({ numerator, denominator, value, interval }) => {
    if (value === null) return t('rate.none');
    const percent = (share: number) => format.percent(share, value > 0 && value < 0.01 ? 2 : 1);
    const of = t('rate.of', { part: format.number(numerator), of: format.number(denominator) });
    const within = interval
      ? t('rate.within', { low: percent(interval.low), high: percent(interval.high) })
      : '';
    return `${percent(value)} · ${of}${within}`;
  };
}
