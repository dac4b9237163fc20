import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DeclarationPage } from '../../../../src/contexts/clearance/contract.ts';
import type { Figure } from '../../../../src/contexts/facts/contract.ts';
import { address } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { useAsk, useAskList, useMay } from '../../parts/queries.ts';
import { useUrlState } from '../../parts/url-state.ts';
import { useDeclarationColumns } from './list/columns.tsx';
import { DeclarationFilters } from './list/filters.tsx';
import { usePinned } from './list/pinned.ts';
import { RefreshHint } from './list/refresh-hint.tsx';
import './clearance.css';

const FILTERS = [
  'q',
  'status',
  'lane',
  'ieFlag',
  'office',
  'hs',
  'origin',
  'party',
  'filedFrom',
  'filedTo',
  'figure',
] as const;
const ROWS_PER_PAGE = 50;

/** Finds declarations. What is asked is in the address; what is found stays still until asked again. */
export function DeclarationsScreen() {
  const { t } = useTranslation('clearance');
  const { number, language } = useFormat();
  const may = useMay();
  const [state, change] = useUrlState();
  const columns = useDeclarationColumns();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, state[name]]));
  const query = { ...filters, sort: state.sort, cursor: state.cursor, limit: ROWS_PER_PAGE };
  const asked = useAskList<DeclarationPage>('/api/declarations', query);
  const { shown, changed, refresh } = usePinned(
    JSON.stringify(query),
    asked.data,
    asked.isPlaceholderData,
    (page) => page.rows,
  );
  const isFiltered = FILTERS.some((name) => state[name]);
  return (
    <Page
      wide
      title={t('declarations.title')}
      actions={may('clearance.file') ? <FileLink /> : null}
    >
      {state.figure ? (
        <FigureChip metric={state.figure} onRemove={() => change({ figure: undefined })} />
      ) : null}
      <DataTable
        name="declarations"
        caption={t('declarations.title')}
        columns={columns}
        rows={shown?.rows}
        rowKey={(row) => row.id}
        isLoading={asked.isLoading}
        isStale={asked.isPlaceholderData}
        error={asked.error}
        onRetry={() => void asked.refetch()}
        next={shown?.next}
        defaultSort="-filedAt"
        exportHref={address('/api/declarations.xlsx', { ...filters, sort: state.sort, language })}
        filters={<DeclarationFilters />}
        total={
          <>
            {shown ? <Total page={shown} isFirst={!state.cursor} number={number} /> : null}{' '}
            <RefreshHint changed={changed} onRefresh={refresh} />
          </>
        }
        empty={
          <EmptyState
            icon="declaration"
            title={t(isFiltered ? 'declarations.none' : 'declarations.empty')}
            action={
              isFiltered ? (
                <Link to="/declarations" search={{}}>
                  {t('declarations.clear')}
                </Link>
              ) : may('clearance.file') ? (
                <FileLink />
              ) : null
            }
          >
            {t(isFiltered ? 'declarations.none.text' : 'declarations.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

const FileLink = () => {
  const { t } = useTranslation('clearance');
  return (
    <Link to="/file" className="button-link">
      {t('file.title')}
    </Link>
  );
};

/** Later pages do not count again: the count was said on the first. */
function Total({
  page,
  isFirst,
  number,
}: {
  readonly page: DeclarationPage;
  readonly isFirst: boolean;
  number(n: number): string;
}) {
  const { t } = useTranslation('clearance');
  if (!isFirst) return null;
  if (page.total === null) return <>{t('declarations.many')}</>;
  return <>{t('declarations.count', { count: page.total, shown: number(page.total) })}</>;
}

/** The list shows exactly the records a figure counted; taking the chip away shows all again. */
function FigureChip({ metric, onRemove }: { readonly metric: string; onRemove(): void }) {
  const { t } = useTranslation('clearance');
  const { label } = useFormat();
  const { data } = useAsk<Figure>(`/api/figures/${encodeURIComponent(metric)}`);
  const name = data ? label(data.label) : metric;
  return (
    <p className="chip">
      <Icon name="overview" size={16} />
      <Link to="/overview/$metric" params={{ metric }}>
        {t('figure.records', { name })}
      </Link>
      <button
        type="button"
        className="icon-button"
        aria-label={t('figure.remove', { name })}
        onClick={onRemove}
      >
        <Icon name="close" size={14} />
      </button>
    </p>
  );
}
