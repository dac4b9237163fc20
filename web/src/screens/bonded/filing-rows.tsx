import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  Figure,
  FilingRow,
  FilingRowPage,
} from '../../../../src/contexts/bonded/writeoff/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useAskList } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { FigureRecords, type Opened } from './figure-records.tsx';
import { Unit } from './unit.tsx';

const FIGURES: readonly Figure[] = [
  ...(['imported', 'made', 'exchangedIn', 'consumed', 'intangibleLoss', 'excessUse'] as const),
  ...(['domesticSale', 'reExported', 'exported', 'carriedOver', 'transferredOut'] as const),
  ...(['exchangedOut', 'destroyed'] as const),
];
const SHOWN: ReadonlySet<Figure> = new Set<Figure>(['imported', 'made', 'consumed', 'exported']);
const RESULTS = [
  ...(['remainder', 'shouldRemain', 'actualRemain', 'difference', 'unexplained'] as const),
  ...(['shortage', 'adjustedUp', 'adjustedDown', 'closing'] as const),
] as const;
const RESULTS_SHOWN: ReadonlySet<(typeof RESULTS)[number]> = new Set([
  ...(['shouldRemain', 'actualRemain', 'difference', 'unexplained', 'closing'] as const),
]);
const ONLY = ['all', 'different', 'short'] as const;

/** Every figure of a row by name, in the order they are added up. */
export function useRowFigures(): readonly { title: string; text(row: FilingRow): string }[] {
  const { t } = useTranslation('bonded');
  return [
    { title: t('row.opening'), text: ({ opening }) => opening },
    ...FIGURES.map((figure) => ({
      title: t(`figure.${figure}`),
      text: ({ figures }: FilingRow) => figures[figure] ?? '',
    })),
    ...RESULTS.map((name) => ({
      title: t(`row.${name}`),
      text: (row: FilingRow) => row[name] ?? '',
    })),
  ];
}

/** The rows of a filing (报核): each figure opens on the records it rests on. */
export function FilingRows({ id, path }: { readonly id: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  const [{ only = 'all', cursor }, change] = useUrlState();
  const [opened, open] = useState<Opened | null>(null);
  const list = useAskList<z.infer<typeof FilingRowPage>>(`${path}/rows`, { only, cursor });
  return (
    <>
      <DataTable
        name="bonded-filing-rows"
        caption={t('filing.rows')}
        columns={useColumns(open)}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => `${row.kind} ${row.part}`}
        filters={
          <Segmented
            value={only}
            options={ONLY.map((value) => ({ value, label: t(`filing.only.${value}`) }))}
            onChange={(value) => change({ only: value })}
          />
        }
        empty={
          <EmptyState icon="done" title={t('filing.rows.none')}>
            {t('filing.rows.none.text')}
          </EmptyState>
        }
      />
      {opened ? (
        <FigureRecords id={id} path={path} opened={opened} onClose={() => open(null)} />
      ) : null}
    </>
  );
}

function useColumns(open: (opened: Opened) => void): readonly Column<FilingRow>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const figure = (name: Figure): Column<FilingRow> => ({
    ...{ id: name, title: t(`figure.${name}`), align: 'end', isExtra: !SHOWN.has(name) },
    render: ({ part, unit, figures }) => {
      const text = figures[name];
      if (text === undefined || Number(text) === 0) return '—';
      return (
        <button
          type="button"
          className="link-button amount"
          onClick={() => open({ part, unit, figure: name })}
          aria-label={t('figure.open', {
            part,
            figure: t(`figure.${name}`),
            quantity: format.decimal(text),
          })}
        >
          {format.decimal(text)}
        </button>
      );
    },
  });
  const result = (name: (typeof RESULTS)[number]): Column<FilingRow> => ({
    ...{ id: name, title: t(`row.${name}`), align: 'end', isExtra: !RESULTS_SHOWN.has(name) },
    render: (row) =>
      name === 'difference' ? <b>{format.decimal(row[name])}</b> : format.decimal(row[name]),
  });
  return [
    {
      id: 'part',
      title: t('column.part'),
      isName: true,
      render: ({ part, description, unit }) => (
        <TwoLines
          under={
            <>
              {description} · <Unit code={unit} />
            </>
          }
        >
          <span translate="no">{part}</span>
        </TwoLines>
      ),
    },
    {
      ...{ id: 'opening', title: t('row.opening'), align: 'end' as const },
      render: ({ opening }) => format.decimal(opening),
    },
    ...FIGURES.map(figure),
    ...RESULTS.map(result),
    {
      ...{ id: 'rate', title: t('column.rate'), align: 'end' as const },
      render: ({ rate }) => (rate === null ? '—' : format.percent(Number(rate), 2)),
    },
    {
      ...{ id: 'duty', title: t('filing.payable'), align: 'end' as const },
      render: ({ duty }) => format.money(duty?.payable, 'CNY'),
    },
  ];
}
