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
import { Page, Section } from '../../../parts/page.tsx';
import { useAsk, useAskList, useMay } from '../../../parts/queries.ts';
import { tableState } from '../../../parts/table-state.ts';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
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
  const list = useAskList<z.infer<typeof EntryObligationPage>>('/api/entry-obligations', {
    status,
    cursor,
  });
  return (
    <Page wide title={t('entries.title')} lead={t('entries.lead')}>
      <DataTable
        name="entries"
        caption={t('entries.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        rowKey={(row) => row.passport}
        {...tableState(list)}
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
        <TwoLines under={<OrganisationName id={row.organisation} />}>
          <Link to="/bills/$number" params={{ number: row.transportDocNo }} translate="no">
            {row.transportDocNo}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'due',
      title: t('entry.due'),
      render: (row) => (
        <TwoLines under={row.daysLate > 0 ? t('entry.late', { count: row.daysLate }) : null}>
          <span className="cell-nowrap">{format.date(row.dueOn)}</span>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) => <EntryTag entry={row} />,
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
        <TwoLines under={format.label(zones.find(({ id }) => id === row.zone)?.label ?? null)}>
          <span className="cell-nowrap">{format.moment(row.enteredAt)}</span>
        </TwoLines>
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

/** Late once its last day is past, whatever its status said when it was last written. */
function EntryTag({ entry }: { readonly entry: EntryObligation }) {
  const { t } = useTranslation('cargo');
  const status = entry.status !== 'declared' && entry.daysLate > 0 ? 'overdue' : entry.status;
  const [tone, icon] = LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`entry.${status}`)}
    </Tag>
  );
}

/** On the page of a bill: what of it entered a zone first, and by when it must be declared. */
export function EnteredFirst({ bill }: { readonly bill: string }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  const { data } = useAsk<z.infer<typeof EntryObligationPage>>(
    '/api/entry-obligations',
    { bill },
    may('cargo.readEntries'),
  );
  if (!data || data.rows.length === 0) return null;
  return (
    <Section title={t('entries.title')}>
      <ul className="plain-list">
        {data.rows.map((entry) => (
          <li key={entry.passport}>
            <span className="tag-row">
              <EntryTag entry={entry} />
              <span>{t('entry.dueOn', { day: format.date(entry.dueOn) })}</span>
            </span>
            {entry.daysLate > 0 ? (
              <p className="muted">{t('entry.late', { count: entry.daysLate })}</p>
            ) : null}
            <p className="faint">{entry.legalBasis}</p>
            <Declared row={entry} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The declaration that kept the promise, or the way to keep it. */
function Declared({ row }: { readonly row: EntryObligation }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  if (row.declaration) {
    return (
      <TwoLines under={format.date(row.declaredOn)}>
        <Link to="/declarations/$id" params={{ id: row.declaration }} translate="no">
          {row.declaration}
        </Link>
      </TwoLines>
    );
  }
  return may('clearance.file') ? <Link to="/file">{t('entry.declare')}</Link> : <>—</>;
}
