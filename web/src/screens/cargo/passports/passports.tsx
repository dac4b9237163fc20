import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  PassportPage,
  PassportRow,
} from '../../../../../src/contexts/cargo/gates/contract.ts';
import type { Column } from '../../../parts/column.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page } from '../../../parts/page.tsx';
import { useMay } from '../../../parts/queries.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { tableState } from '../../../parts/table-state.ts';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { Choice } from '../bills/filters.tsx';
import { useWatch } from '../watch.ts';
import { RegisterPaper, RegisterVehicle } from './registers.tsx';
import { PassportTag } from './signs.tsx';
import { PASSPORT_TYPES, useZones } from './zones.ts';
import '../cargo.css';

const STATES = ['applied', 'approved', 'crossed', 'crossedFirstGate', 'deleted', 'void'] as const;

/** Gate passports: which vehicle may pass which gate, with what, until when. */
export function PassportsScreen() {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  const [state] = useUrlState();
  const { q, zone, type, paper, cursor } = state;
  const list = useWatch<PassportPage>('/api/passports', {
    q,
    zone,
    state: state.state,
    type,
    paper,
    cursor,
  });
  const zones = useZones();
  const apply = may('cargo.applyPassport') ? (
    <Link to="/passports/new" className="button-link">
      {t('passports.new')}
    </Link>
  ) : null;
  return (
    <Page
      wide
      title={t('passports.title')}
      lead={t('passports.lead')}
      actions={
        <>
          {may('cargo.registerVehicle') ? <RegisterVehicle /> : null}
          {may('cargo.registerGatePaper') ? <RegisterPaper /> : null}
          {apply}
        </>
      }
    >
      <DataTable
        name="passports"
        caption={t('passports.title')}
        columns={usePassportColumns()}
        rows={list.data?.rows}
        rowKey={(row) => row.number}
        {...tableState(list)}
        filters={
          <>
            <SearchField label={t('filter.q')} hint={t('filter.passport.hint')} />
            <Choice
              name="state"
              label={t('column.status')}
              options={STATES.map((value) => ({ value, label: t(`passport.state.${value}`) }))}
            />
            <Choice
              name="type"
              label={t('zone.movement')}
              options={PASSPORT_TYPES.map((value) => ({
                value,
                label: t(`passportType.${value}`),
              }))}
            />
            <Choice
              name="zone"
              label={t('column.zone')}
              options={zones.map((each) => ({ value: each.id, label: format.label(each.label) }))}
            />
          </>
        }
        empty={
          <EmptyState icon="truck" title={t('passports.empty')} action={apply}>
            {t('passports.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

export function usePassportColumns(): readonly Column<PassportRow>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const zones = useZones();
  return [
    {
      id: 'plate',
      title: t('column.vehicle'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.number} isCode>
          <Link to="/passports/$number" params={{ number: row.number }} translate="no">
            {row.plate}
          </Link>
        </TwoLines>
      ),
    },
    { id: 'state', title: t('column.status'), render: (row) => <PassportTag state={row.state} /> },
    {
      id: 'type',
      title: t('zone.movement'),
      render: (row) => (
        <TwoLines under={t(`way.${row.direction}`)}>{t(`passportType.${row.type}`)}</TwoLines>
      ),
    },
    {
      id: 'zone',
      title: t('column.zone'),
      render: (row) => format.label(zones.find(({ id }) => id === row.zone)?.label),
    },
    {
      id: 'appliedAt',
      title: t('column.appliedAt'),
      render: (row) => <span className="cell-nowrap">{format.moment(row.appliedAt)}</span>,
    },
    {
      id: 'validUntil',
      title: t('column.validUntil'),
      render: (row) => <span className="cell-nowrap">{format.moment(row.validUntil)}</span>,
    },
    {
      id: 'completedAt',
      title: t('column.completedAt'),
      isExtra: true,
      render: (row) => <span className="cell-nowrap">{format.moment(row.completedAt)}</span>,
    },
    {
      id: 'organisation',
      title: t('column.enterprise'),
      isExtra: true,
      render: (row) => <OrganisationName id={row.organisation} />,
    },
  ];
}
