import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type {
  DifferencePage,
  DifferenceRow,
} from '../../../../src/contexts/bonded/stocktake/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useAskList } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { toCents } from './cents.ts';
import { Unit } from './unit.tsx';

/** Where the count and the book differ, as it stands now. */
export function Differences({ id, path }: { readonly id: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  const [{ show = 'differing', cursor }, change] = useUrlState();
  const list = useAskList<DifferencePage>(`${path}/differences`, { show, cursor });
  return (
    <DataTable
      name="bonded-differences"
      caption={t('count.differences')}
      columns={useColumns(id)}
      rows={list.data?.rows}
      {...tableState(list)}
      rowKey={(row) => `${row.part} ${row.account} ${row.site}`}
      filters={
        <Segmented
          value={show}
          options={(['differing', 'all'] as const).map((value) => ({
            value,
            label: t(`count.show.${value}`),
          }))}
          onChange={(value) => change({ show: value })}
        />
      }
      empty={
        <EmptyState icon="done" title={t('count.agrees')}>
          {t('count.agrees.text')}
        </EmptyState>
      }
    />
  );
}

function useColumns(id: string): readonly Column<DifferenceRow>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const amount = (name: 'book' | 'counted' | 'difference'): Column<DifferenceRow> => ({
    ...{ id: name, title: t(`column.${name}`), align: 'end' },
    render: (row) =>
      name === 'difference' ? <b>{format.decimal(row[name])}</b> : format.decimal(row[name]),
  });
  return [
    {
      id: 'part',
      title: t('column.part'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.description}>
          <Link to="/bonded/$id/parts/$part" params={{ id, part: row.part }} translate="no">
            {row.part}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'account',
      title: t('column.account'),
      render: (row) => `${t(`account.${row.account}`)} · ${row.site}`,
    },
    { id: 'unit', title: t('column.unit'), render: ({ unit }) => <Unit code={unit} /> },
    ...(['book', 'counted', 'difference'] as const).map(amount),
    {
      id: 'rate',
      title: t('column.rate'),
      align: 'end',
      render: ({ rate, rateBase, base }) =>
        rate === null ? (
          '—'
        ) : (
          <span title={t(`base.${rateBase}`, { base: format.decimal(base) })}>
            {format.percent(Number(rate), 2)}
          </span>
        ),
    },
    {
      id: 'value',
      title: t('column.value'),
      align: 'end',
      render: ({ value, currency }) => format.money(toCents(value), currency),
    },
    {
      id: 'duty',
      title: t('column.duty'),
      align: 'end',
      render: ({ duty, currency }) => format.money(toCents(duty), currency),
    },
  ];
}
