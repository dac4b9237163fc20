import { useTranslation } from 'react-i18next';
import type { Share } from '../../../../src/contexts/risk/backtest/contract.ts';
import { useFormat } from '../../parts/format.ts';

/** A share as it should be read: the rate, what it is of, and how sure one may be of it. */
export function useShareText(): (share: Share) => string {
  const { t } = useTranslation('risk');
  const format = useFormat();
  return ({ numerator, denominator, value, interval }) => {
    if (value === null) return t('rate.none');
    const of = t('rate.of', { part: format.number(numerator), of: format.number(denominator) });
    const within = interval
      ? t('rate.within', { low: format.percent(interval.low), high: format.percent(interval.high) })
      : '';
    return `${format.percent(value)} · ${of}${within}`;
  };
}
