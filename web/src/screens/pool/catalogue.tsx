import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Dataset } from '../../../../src/contexts/pool/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Page } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { QualityTag } from './quality.tsx';

type DatasetRow = z.infer<typeof Dataset>;

/** What the pool holds: how much, how fresh, whether it passes its checks, and where it came from. */
export function CatalogueScreen() {
  const { t } = useTranslation('pool');
  const format = useFormat();
  const { data, error, isLoading, refetch } = useAsk<{ readonly datasets: readonly DatasetRow[] }>(
    '/api/pool/datasets',
  );
  const columns: readonly Column<DatasetRow>[] = [
    {
      id: 'name',
      title: t('column.dataset'),
      isName: true,
      render: (dataset) => (
        <>
          <Link to="/pool/datasets/$name" params={{ name: dataset.name }}>
            {format.label(dataset.label)}
          </Link>
          <code className="cell-sub" translate="no">
            {dataset.name}
          </code>
        </>
      ),
    },
    { id: 'kind', title: t('column.kind'), render: (dataset) => t(`kind.${dataset.kind}`) },
    {
      id: 'rows',
      title: t('column.rows'),
      align: 'end',
      render: (dataset) => format.number(dataset.rows),
    },
    {
      id: 'bytes',
      title: t('column.size'),
      align: 'end',
      render: (dataset) => format.bytes(dataset.bytes),
    },
    {
      id: 'fresh',
      title: t('column.fresh'),
      render: (dataset) => (
        <span className="cell-nowrap">{format.moment(dataset.freshAt, { seconds: true })}</span>
      ),
    },
    {
      id: 'quality',
      title: t('column.quality'),
      render: (dataset) => <QualityTag checks={dataset.quality} />,
    },
  ];
  return (
    <Page title={t('catalogue.title')} lead={t('catalogue.lead')}>
      <DataTable
        caption={t('catalogue.title')}
        columns={columns}
        rows={data?.datasets}
        rowKey={(dataset) => dataset.name}
        isLoading={isLoading}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState icon="pool" title={t('catalogue.empty')}>
            {t('catalogue.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}
