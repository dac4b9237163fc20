import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  ManifestPage,
  ManifestRow,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page } from '../../../parts/page.tsx';
import { useAskList, useMay } from '../../../parts/queries.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { tableState } from '../../../parts/table-state.ts';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { Choice } from '../bills/filters.tsx';
import { No, Office } from '../signs.tsx';
import '../cargo.css';

const KINDS = ['original', 'preLoading', 'arrival', 'tally', 'loading'] as const;

/** Manifests of voyages, and the reports on what came of them. */
export function ManifestsScreen() {
  const { t } = useTranslation('cargo');
  const may = useMay();
  const [state] = useUrlState();
  const query = { q: state.q, kind: state.kind, cursor: state.cursor };
  const list = useAskList<ManifestPage>('/api/manifests', query);
  const newLink = may('cargo.fileManifest') ? (
    <Link to="/manifests/new" className="button-link">
      {t('manifests.new')}
    </Link>
  ) : null;
  return (
    <Page wide title={t('manifests.title')} lead={t('manifests.lead')} actions={newLink}>
      <DataTable
        name="manifests"
        caption={t('manifests.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchField label={t('filter.q')} hint={t('filter.manifest.hint')} />
            <Choice
              name="kind"
              label={t('column.kind')}
              options={KINDS.map((value) => ({ value, label: t(`manifest.kind.${value}`) }))}
            />
          </>
        }
        empty={
          <EmptyState icon="bulk" title={t('manifests.empty')} action={newLink}>
            {t('manifests.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<ManifestRow>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return [
    {
      id: 'id',
      title: t('column.manifest'),
      isName: true,
      render: (row) => (
        <TwoLines
          under={
            <>
              {t(`manifest.kind.${row.kind}`)}
              {row.direction ? ` · ${t(`direction.${row.direction}`)}` : null}
            </>
          }
        >
          <Link to="/manifests/$id" params={{ id: row.id }} translate="no">
            {row.id}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'voyage',
      title: t('column.voyage'),
      render: (row) => (
        <TwoLines
          under={[row.voyageNo, row.date ? format.date(row.date) : null]
            .filter(Boolean)
            .join(' · ')}
        >
          <No>{row.conveyance}</No>
        </TwoLines>
      ),
    },
    {
      id: 'bills',
      title: t('column.bills'),
      align: 'end',
      render: (row) => format.number(row.bills),
    },
    {
      id: 'parts',
      title: t('column.parts'),
      align: 'end',
      render: (row) => `${row.parts} / ${row.of}`,
    },
    {
      id: 'filedAt',
      title: t('column.filedAt'),
      render: (row) => <span className="cell-nowrap">{format.moment(row.filedAt)}</span>,
    },
    {
      id: 'carrier',
      title: t('column.carrier'),
      render: (row) => <OrganisationName id={row.carrier} />,
    },
    {
      id: 'terminal',
      title: t('column.terminal'),
      render: (row) => <OrganisationName id={row.terminal} />,
    },
    {
      id: 'office',
      title: t('column.office'),
      isExtra: true,
      render: (row) => <Office code={row.office} />,
    },
  ];
}
