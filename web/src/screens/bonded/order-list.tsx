import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrderRow, OrderRows } from '../../../../src/contexts/bonded/health/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useAskList } from '../../parts/queries.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { LedgerPage, ledgerPath } from './ledger-page.tsx';

const STATES = ['open', 'closed'] as const;

/** The work orders of a ledger: those in process first, for what they hold is on the line. */
export function BondedOrdersScreen() {
  return (
    <LedgerPage tab="/bonded/$id/orders" actions={({ ledger }) => <OrderSheet id={ledger.id} />}>
      {({ ledger }, path) => <Orders id={ledger.id} path={path} />}
    </LedgerPage>
  );
}

function OrderSheet({ id }: { readonly id: string }) {
  const { t } = useTranslation('bonded');
  const [{ state = 'open' }] = useUrlState();
  return (
    <SheetButtons<OrderRow>
      name={`${id}-${t('tab.orders')}`}
      load={() => allRows<OrderRow>(`${ledgerPath(id)}/orders`, { state })}
      columns={[
        { title: t('column.order'), text: ({ order }) => order },
        { title: t('column.product'), text: ({ product }) => product ?? '' },
        { title: t('column.made'), text: ({ made }) => made },
        { title: t('column.opened'), text: ({ openedAt }) => openedAt },
        { title: t('column.last'), text: ({ lastAt }) => lastAt },
      ]}
    />
  );
}

function Orders({ id, path }: { readonly id: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  const [{ state = 'open', q, cursor }, change] = useUrlState();
  const list = useAskList<OrderRows>(`${path}/orders`, { state, q, cursor });
  return (
    <DataTable
      name="bonded-orders"
      caption={t('tab.orders')}
      columns={useColumns(id)}
      rows={list.data?.rows}
      rowKey={(row) => row.order}
      {...tableState(list)}
      total={
        list.data ? t('orders.total', { open: list.data.open, closed: list.data.closed }) : null
      }
      filters={
        <>
          <Segmented
            value={state}
            options={STATES.map((value) => ({ value, label: t(`orders.${value}`) }))}
            onChange={(value) => change({ state: value })}
          />
          <SearchField label={t('filter.order')} />
        </>
      }
      empty={
        <EmptyState
          icon="workList"
          title={t(`orders.none.${state === 'closed' ? 'closed' : 'open'}`)}
        >
          {t('orders.none.text')}
        </EmptyState>
      }
    />
  );
}

function useColumns(id: string): readonly Column<OrderRow>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return [
    {
      id: 'order',
      title: t('column.order'),
      isName: true,
      render: ({ order }) => (
        <Link to="/bonded/$id/orders/$order" params={{ id, order }} translate="no">
          {order}
        </Link>
      ),
    },
    {
      id: 'product',
      title: t('column.product'),
      render: ({ product, description }) => (
        <TwoLines under={description}>
          <span translate="no">{product ?? '—'}</span>
        </TwoLines>
      ),
    },
    {
      id: 'made',
      title: t('column.made'),
      align: 'end',
      render: ({ made }) => format.decimal(made),
    },
    {
      id: 'onTheLine',
      title: t('column.onTheLine'),
      align: 'end',
      render: ({ partsInProcess }) => format.number(partsInProcess),
    },
    { id: 'opened', title: t('column.opened'), render: ({ openedAt }) => format.moment(openedAt) },
    { id: 'last', title: t('column.last'), render: ({ lastAt }) => format.moment(lastAt) },
  ];
}
