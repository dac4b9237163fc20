import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  PartnerHealth,
  PartnerHealths,
} from '../../../../src/contexts/messages/inbox/contract.ts';
import type { Column } from '../../parts/column.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList } from '../../parts/queries.ts';
import { Sparkline } from '../../parts/sparkline.tsx';
import { tableState } from '../../parts/table-state.ts';
import { SilenceTag } from './silence-tag.tsx';
import './messages.css';

/** Every connection at a glance: who was heard when, how much comes, how much of it is refused, and who fell silent. */
export function PartnersScreen() {
  const { t } = useTranslation('messages');
  const list = useAskList<PartnerHealths>('/api/trade-messages/partners');
  return (
    <Page
      wide
      title={t('partners.title')}
      lead={t('partners.lead')}
      actions={<Link to="/messages">{t('messages.title')}</Link>}
    >
      <DataTable
        caption={t('partners.title')}
        columns={usePartnerColumns()}
        rows={list.data?.partners}
        rowKey={({ partner }) => partner}
        {...tableState(list)}
        empty={
          <EmptyState icon="clock" title={t('partners.empty')}>
            {t('partners.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function usePartnerColumns(): readonly Column<PartnerHealth>[] {
  const { t } = useTranslation('messages');
  const format = useFormat();
  return [
    {
      id: 'partner',
      title: t('column.partner'),
      isName: true,
      render: ({ partner }) => (
        <Link to="/messages/partners/$partner" params={{ partner }}>
          <OrganisationName id={partner} />
        </Link>
      ),
    },
    { id: 'state', title: t('column.state'), render: (row) => <SilenceTag health={row} /> },
    {
      id: 'last',
      title: t('partner.last'),
      render: ({ lastReceivedAt }) => format.moment(lastReceivedAt),
    },
    {
      id: 'days',
      title: t('partner.days'),
      render: ({ days }) => (
        <Sparkline
          values={days.map(({ received }) => received)}
          label={t('partner.chart', { days: days.length })}
        />
      ),
    },
    {
      id: 'received',
      title: t('partner.received'),
      align: 'end',
      render: ({ received }) => format.number(received),
    },
    {
      id: 'refused',
      title: t('partner.refusedShare'),
      align: 'end',
      render: ({ refusedPercent }) => format.percent(refusedPercent / 100),
    },
    {
      id: 'unmended',
      title: t('partner.unmended'),
      render: ({ oldestUnmended }) =>
        oldestUnmended ? (
          <Link to="/messages/$id" params={{ id: oldestUnmended.id }}>
            {format.ago(oldestUnmended.receivedAt)}
          </Link>
        ) : (
          '—'
        ),
    },
  ];
}
