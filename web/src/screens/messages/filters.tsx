import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, MessageOutcome } from '../../../../src/contexts/messages/contract.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { useUrlState } from '../../parts/url-state.ts';

const OUTCOMES: readonly MessageOutcome[] = ['filed', 'returned', 'refused', 'kept'];
const KINDS: readonly Kind[] = [
  ...(['declaration', 'manifest', 'bondedList', 'gatePassport', 'writeOffFiling'] as const),
  ...(['transportInstruction', 'order', 'payment', 'waybill', 'inventory', 'receipt'] as const),
  ...(['withdrawal', 'goodsReturn', 'warehouseEntry', 'taxNotice'] as const),
  ...(['declarationResponse', 'bondedListResponse', 'gatePassportResponse'] as const),
  ...(['orderResponse', 'inventoryResponse'] as const),
];

/** What messages are looked for by; all of it stands in the address. */
export function MessageFilters() {
  const { t } = useTranslation('messages');
  return (
    <>
      <SearchField label={t('filter.q')} hint={t('filter.q.hint')} />
      <Choice
        name="outcome"
        label={t('column.outcome')}
        options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      />
      <Choice
        name="kind"
        label={t('column.kind')}
        options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
    </>
  );
}

function Choice({
  name,
  label,
  options,
}: {
  readonly name: 'outcome' | 'kind';
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  const { t } = useTranslation('messages');
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
