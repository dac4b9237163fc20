import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BillPage } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { address } from '../../../parts/api.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Page } from '../../../parts/page.tsx';
import { useMay } from '../../../parts/queries.ts';
import { tableState } from '../../../parts/table-state.ts';
import { useUrlState } from '../../../parts/url-state.ts';
import { useWatch } from '../watch.ts';
import { useBillColumns } from './columns.tsx';
import { BillFilters } from './filters.tsx';
import { StageMap } from './stage-map.tsx';
import '../cargo.css';

/** Bills of lading: what is on its way, where it stands, and how much of it is declared. */
export function BillsScreen() {
  const { t, i18n } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  const [state] = useUrlState();
  const { q, direction, stage, status, task, doNotLoad, manifest, cursor } = state;
  const query = { q, direction, stage, status, task, doNotLoad, manifest, cursor };
  const list = useWatch<BillPage>('/api/bills', query);
  const { cursor: _page, ...filters } = query;
  return (
    <Page
      wide
      title={t('bills.title')}
      lead={t('bills.lead')}
      actions={
        may('cargo.fileManifest') ? (
          <Link to="/manifests/new" className="button-link">
            {t('manifests.new')}
          </Link>
        ) : null
      }
    >
      <StageMap />
      <DataTable
        name="bills"
        caption={t('bills.title')}
        columns={useBillColumns()}
        rows={list.data?.rows}
        rowKey={(row) => row.number}
        {...tableState(list)}
        total={
          list.data?.total == null
            ? null
            : t('bills.total', { count: list.data.total, shown: format.number(list.data.total) })
        }
        exportHref={address('/api/bills.xlsx', { ...filters, language: i18n.language })}
        filters={<BillFilters />}
        empty={
          <EmptyState icon="ship" title={t('bills.empty')}>
            {t('bills.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}
