import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermitPage, PermitRow } from '../../../../src/contexts/clearance/permits/contract.ts';
import { address } from '../../parts/api.ts';
import { CodeName } from '../../parts/code-select.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Page } from '../../parts/page.tsx';
import { useAskList, useMay } from '../../parts/queries.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { PermitLoad } from './permit-load.tsx';
import { PermitTag } from './tags.tsx';
import './authorities.css';

const STATUSES = ['valid', 'notYetValid', 'expired', 'usedUp', 'revoked'] as const;

/** Permits and quotas with what is left of each; their authority issues and loads them here. */
export function PermitsScreen() {
  const { t } = useTranslation('authorities');
  const { language } = useFormat();
  const [state, change] = useUrlState();
  const statusId = useId();
  const may = useMay();
  const { q, status, cursor } = state;
  const list = useAskList<PermitPage>('/api/permits', { q, status, cursor });
  return (
    <Page wide title={t('permits.title')} lead={t('permits.lead')}>
      {may('clearance.permit.issue') ? <PermitLoad /> : null}
      <DataTable
        name="permits"
        caption={t('permits.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => row.id}
        exportHref={address('/api/permits.xlsx', { q, status, language })}
        filters={
          <>
            <SearchField label={t('filter.q')} hint={t('filter.permit.hint')} />
            <div className="field">
              <label htmlFor={statusId}>{t('column.status')}</label>
              <Select
                id={statusId}
                allowClear
                value={status ?? null}
                placeholder={t('filter.any')}
                options={STATUSES.map((value) => ({ value, label: t(`permit.${value}`) }))}
                onChange={(value: string | null) => change({ status: value ?? undefined })}
              />
            </div>
          </>
        }
        empty={
          <EmptyState icon="shield" title={t('permits.empty')}>
            {t('permits.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<PermitRow>[] {
  const { t } = useTranslation('authorities');
  const { date } = useFormat();
  return [
    {
      id: 'number',
      title: t('column.permit'),
      isName: true,
      render: (row) => (
        <TwoLines under={<CodeName table="licence_kind" code={row.kind} />}>
          <Link to="/permits/$id" params={{ id: row.id }} translate="no">
            {row.number}
          </Link>
        </TwoLines>
      ),
    },
    { id: 'status', title: t('column.status'), render: (row) => <PermitTag status={row.status} /> },
    {
      id: 'holder',
      title: t('column.holder'),
      render: ({ terms }) => (
        <TwoLines under={terms.holder} isCode>
          {terms.holderName || terms.holder}
        </TwoLines>
      ),
    },
    {
      id: 'goods',
      title: t('column.goods'),
      render: ({ terms }) => <span translate="no">{terms.goods.join(' · ')}</span>,
    },
    { id: 'left', title: t('column.left'), render: (row) => <Left permit={row} /> },
    {
      id: 'valid',
      title: t('column.valid'),
      render: ({ terms }) => (
        <span className="cell-nowrap">
          {date(terms.validFrom)} – {date(terms.validUntil)}
        </span>
      ),
    },
  ];
}

/** What may still pass under it: by quantity, value and number of uses, whichever bounds it. */
export function Left({ permit }: { readonly permit: PermitRow }) {
  const { t } = useTranslation('authorities');
  const { decimal, money, number } = useFormat();
  const { terms, quantityLeft, valueLeft, usesLeft } = permit;
  const said = [
    quantityLeft === null
      ? null
      : t('left.of', {
          left: decimal(quantityLeft, terms.unit),
          of: decimal(terms.quantity, terms.unit),
        }),
    valueLeft === null
      ? null
      : t('left.of', {
          left: money(valueLeft, terms.currency),
          of: money(terms.value, terms.currency),
        }),
    usesLeft === null ? null : t('left.uses', { count: usesLeft, shown: number(usesLeft) }),
  ].filter((each) => each !== null);
  return <>{said.join(' · ') || t('left.unbound')}</>;
}
