import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  EntryObligation,
  EntryObligationPage,
} from '../../../../../src/contexts/cargo/batches/contract.ts';
import type { Column } from '../../../parts/column.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import type { IconName } from '../../../parts/icon.tsx';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page } from '../../../parts/page.tsx';
import { useAskList, useMay } from '../../../parts/queries.ts';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { Choice } from '../bills/filters.tsx';
import { useZones } from '../passports/zones.ts';
import { useAmount } from '../signs.tsx';
import '../cargo.css';

type Status = EntryObligation['status'];
const LOOKS: Record<Status, readonly [Tone, IconName]> = {
  overdue: ['red', 'warning'],
  dueSoon: ['yellow', 'clock'],
  open: ['blue', 'clock'],
  declared: ['green', 'done'],
};
const STATUSES = Object.keys(LOOKS) as Status[];

/** Goods that entered a zone before they were declared (先进区后报关): what is still owed, the next due first. */
export function EntriesScreen() {
  const { t } = useTranslation('cargo');
  const [{ status, cursor }] = useUrlState();
  const { data, error, isLoading, isPlaceholderData, refetch } = useAskList<
    z.infer<typeof EntryObligationPage>
  >('/api/entry-obligations', { status, cursor });
  return (
    <Page wide title={t('entries.title')} lead={t('entries.lead')}>
      <DataTable
        name="entries"
        caption={t('entries.title')}
        columns={useColumns()}
        rows={data?.rows}
        rowKey={(row) => row.passport}
        isLoading={isLoading}
        isStale={isPlaceholderData}
        error={error}
        onRetry={() => void refetch()}
        next={data?.next ?? null}
        filters={
          <Choice
            name="status"
            label={t('column.status')}
            options={STATUSES.map((value) => ({ value, label: t(`entry.${value}`) }))}
          />
        }
        empty={
          <EmptyState icon="import" title={t('entries.empty')}>
            {t('entries.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<EntryObligation>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const amount = useAmount();
  const zones = useZones();
  return [
    {
      id: 'bill',
      title: t('column.bill'),
      isName: true,
      render: (row) => (
        <>
          <Link to="/bills/$number" params={{ number: row.transportDocNo }} translate="no">
            {row.transportDocNo}
          </Link>
          <span className="cell-sub">
            <OrganisationName id={row.organisation} />
          </span>
        </>
      ),
    },
    {
      id: 'due',
      title: t('entry.due'),
      render: (row) => (
        <>
          <span className="cell-nowrap">{format.date(row.dueOn)}</span>
          {row.daysLate > 0 ? (
            <span className="cell-sub">{t('entry.late', { count: row.daysLate })}</span>
          ) : null}
        </>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) => {
        const status = row.status !== 'declared' && row.daysLate > 0 ? 'overdue' : row.status;
        const [tone, icon] = LOOKS[status];
        return (
          <Tag tone={tone} icon={icon}>
            {t(`entry.${status}`)}
          </Tag>
        );
      },
    },
    {
      id: 'declaration',
      title: t('column.declaration'),
      render: (row) => <Declared row={row} />,
    },
    {
      id: 'amount',
      title: t('column.amount'),
      render: (row) => amount(row.packages, row.grossMassKg),
    },
    {
      id: 'entered',
      title: t('entry.entered'),
      render: (row) => (
        <>
          <span className="cell-nowrap">{format.moment(row.enteredAt)}</span>
          <span className="cell-sub">
            {format.label(zones.find(({ id }) => id === row.zone)?.label ?? null)}
          </span>
        </>
      ),
    },
    {
      id: 'passport',
      title: t('entry.passport'),
      isExtra: true,
      render: (row) => (
        <Link to="/passports/$number" params={{ number: row.passport }} translate="no">
          {row.passport}
        </Link>
      ),
    },
    {
      id: 'office',
      title: t('column.office'),
      isExtra: true,
      render: (row) => <OrganisationName id={row.office} />,
    },
  ];
}

/** The declaration that kept the promise, or the way to keep it. */
function Declared({ row }: { readonly row: EntryObligation }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  if (row.declaration) {
    return (
      <>
        <Link to="/declarations/$id" params={{ id: row.declaration }} translate="no">
          {row.declaration}
        </Link>
        <span className="cell-sub">{format.date(row.declaredOn)}</span>
      </>
    );
  }
  return may('clearance.file') ? <Link to="/file">{t('entry.declare')}</Link> : <>—</>;
}
