import { useTranslation } from 'react-i18next';
import type { ReleasePage } from '../../../../../src/contexts/cargo/releases/contract.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Page } from '../../../parts/page.tsx';
import { useMay } from '../../../parts/queries.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { tableState } from '../../../parts/table-state.ts';
import { useUrlState } from '../../../parts/url-state.ts';
import { Choice } from '../bills/filters.tsx';
import { useWatch } from '../watch.ts';
import { useReleaseColumns } from './columns.tsx';
import '../cargo.css';

/** Electronic release notices: who was told that goods may go, and whether they know. */
export function ReleasesScreen() {
  const { t } = useTranslation('cargo');
  const may = useMay();
  const [state] = useUrlState();
  const { q, status, awaiting, cursor } = state;
  const list = useWatch<ReleasePage>('/api/releases', { q, status, awaiting, cursor });
  return (
    <Page
      wide
      title={t('releases.title')}
      lead={t('releases.lead')}
      actions={
        may('cargo.takeOfflineReleases') ? (
          <a href="/api/releases/offline-list" download="offline-releases.json">
            {t('releases.offline')}
          </a>
        ) : null
      }
    >
      <DataTable
        name="releases"
        caption={t('releases.title')}
        columns={useReleaseColumns()}
        rows={list.data?.releases}
        rowKey={(row) => row.id}
        {...tableState(list)}
        filters={
          <>
            <SearchField label={t('filter.q')} hint={t('filter.release.hint')} />
            <Choice
              name="status"
              label={t('column.status')}
              options={(['notified', 'acknowledged', 'revoked', 'used'] as const).map((value) => ({
                value,
                label: t(`release.status.${value}`),
              }))}
            />
            <Choice
              name="awaiting"
              label={t('release.awaiting')}
              options={[{ value: 'true', label: t('yes') }]}
            />
          </>
        }
        empty={
          <EmptyState icon="done" title={t('releases.empty')}>
            {t('releases.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}
