import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Period } from '../../parts/figure-card.tsx';
import { useUrlState } from '../../parts/url-state.ts';

/** The days looked at, kept in the address. */
export function usePeriod(): Period {
  const [{ from, to }] = useUrlState();
  return { from, to };
}

export function PeriodFields({ shown }: { readonly shown: Period | undefined }) {
  const { t } = useTranslation('governance');
  const [{ from, to }, change] = useUrlState();
  const id = useId();
  return (
    <fieldset className="period">
      <legend className="visually-hidden">{t('period')}</legend>
      <label htmlFor={`${id}from`}>{t('period.from')}</label>
      <Input
        id={`${id}from`}
        type="date"
        value={from ?? shown?.from ?? ''}
        max={to ?? shown?.to}
        onChange={(event) => change({ from: event.target.value })}
      />
      <label htmlFor={`${id}to`}>{t('period.to')}</label>
      <Input
        id={`${id}to`}
        type="date"
        value={to ?? shown?.to ?? ''}
        min={from ?? shown?.from}
        onChange={(event) => change({ to: event.target.value })}
      />
      {from || to ? (
        <Button type="text" onClick={() => change({ from: undefined, to: undefined })}>
          {t('period.reset')}
        </Button>
      ) : null}
    </fieldset>
  );
}
