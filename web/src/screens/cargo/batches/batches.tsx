import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { BatchPage, BatchRow } from '../../../../../src/contexts/cargo/batches/contract.ts';
import type { Column } from '../../../parts/column.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page } from '../../../parts/page.tsx';
import { useAskList, useMay } from '../../../parts/queries.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { tableState } from '../../../parts/table-state.ts';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { Choice } from '../bills/filters.tsx';
import { useZones } from '../passports/zones.ts';
import { Office } from '../signs.tsx';
import { BatchTag } from './signs.tsx';
import '../cargo.css';

const STATUSES = ['applied', 'open', 'suspended', 'expired', 'closed', 'rejected'] as const;

/** Applications for batched movement: goods go in many lots and are declared together. */
export function BatchesScreen() {
  const { t } = useTranslation('cargo');
  const may = useMay();
  const [state] = useUrlState();
  const { q, status, waiting, cursor } = state;
  const query = { q, status, waiting, cursor };
  const list = useAskList<z.infer<typeof BatchPage>>('/api/batches', query);
  const apply = may('cargo.applyForBatches') ? (
    <Link to="/batches/new" className="button-link">
      {t('batches.new')}
    </Link>
  ) : null;
  return (
    <Page wide title={t('batches.title')} lead={t('batches.lead')} actions={apply}>
      <DataTable
        name="batches"
        caption={t('batches.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchField label={t('filter.q')} hint={t('filter.batch.hint')} />
            <Choice
              name="status"
              label={t('column.status')}
              options={STATUSES.map((value) => ({ value, label: t(`batch.status.${value}`) }))}
            />
            <Choice
              name="waiting"
              label={t('batches.waiting')}
              options={[{ value: 'true', label: t('yes') }]}
            />
          </>
        }
        empty={
          <EmptyState icon="copy" title={t('batches.empty')} action={apply}>
            {t('batches.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<BatchRow>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const zones = useZones();
  return [
    {
      id: 'id',
      title: t('column.batch'),
      isName: true,
      render: (row) => (
        <TwoLines under={<OrganisationName id={row.organisation} />}>
          <Link to="/batches/$id" params={{ id: row.id }} translate="no">
            {row.id}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) => (
        <TwoLines
          under={row.changePending ? <Tag tone="yellow">{t('batch.changePending')}</Tag> : null}
        >
          <BatchTag status={row.status} />
        </TwoLines>
      ),
    },
    {
      id: 'zone',
      title: t('column.zone'),
      render: (row) => (
        <TwoLines under={t(`way.${row.direction}`)}>
          {format.label(zones.find((zone) => zone.id === row.zone)?.label)}
        </TwoLines>
      ),
    },
    { id: 'lines', title: t('field.lines'), align: 'end', render: (row) => row.lines },
    {
      id: 'valid',
      title: t('batch.valid'),
      render: (row) => (
        <span className="cell-nowrap">
          {format.date(row.validFrom)} – {format.date(row.validTo)}
        </span>
      ),
    },
    {
      id: 'appliedAt',
      title: t('column.appliedAt'),
      render: (row) => <span className="cell-nowrap">{format.moment(row.appliedAt)}</span>,
    },
    {
      id: 'office',
      title: t('column.office'),
      isExtra: true,
      render: (row) => <Office code={row.office} />,
    },
  ];
}
