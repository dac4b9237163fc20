import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../../parts/search-field.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { STAGES } from '../signs.tsx';

const TASKS = ['confirmArrival', 'tally', 'load', 'answerChange', 'answerLift'] as const;
const STATUSES = ['awaited', 'manifested', 'deleted'] as const;

interface Option {
  readonly value: string;
  readonly label: string;
}

export function BillFilters() {
  const { t } = useTranslation('cargo');
  return (
    <>
      <SearchField label={t('filter.q')} hint={t('filter.bill.hint')} />
      <Choice
        name="direction"
        label={t('column.direction')}
        options={(['I', 'E'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
      />
      <Choice
        name="stage"
        label={t('column.stage')}
        options={STAGES.map((value) => ({ value, label: t(`stage.${value}`) }))}
      />
      <Choice
        name="status"
        label={t('column.status')}
        options={STATUSES.map((value) => ({ value, label: t(`bill.status.${value}`) }))}
      />
      <Choice
        name="task"
        label={t('column.task')}
        options={TASKS.map((value) => ({ value, label: t(`task.${value}`) }))}
      />
      <Choice
        name="doNotLoad"
        label={t('column.doNotLoad')}
        options={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
      />
    </>
  );
}

/** One choice of a list, kept in the address. */
export function Choice({
  name,
  label,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
}) {
  const { t } = useTranslation('cargo');
  const [state, change] = useUrlState();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        allowClear
        value={state[name] ?? null}
        placeholder={t('filter.any')}
        options={[...options]}
        onChange={(value: string | null) => change({ [name]: value ?? undefined })}
      />
    </div>
  );
}
