import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PositionPage, PositionRow } from '../../../../src/contexts/bonded/books/contract.ts';
import type { PartKind } from '../../../../src/contexts/bonded/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useAskList } from '../../parts/queries.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { Unit } from './unit.tsx';

const KINDS: readonly PartKind[] = ['material', 'semiFinished', 'finished', 'byProduct'];
const PLAIN = ['rawMaterial', 'inProcess', 'semiFinished', 'finished', 'scrap'] as const;
const FURTHER = [
  ...(['excessUse', 'embodied', 'intangibleLoss', 'defective', 'inTransit'] as const),
  ...(['outsourced', 'export', 'domesticSale'] as const),
] as const;
/** The accounts a reader can have side by side. */
export const ACCOUNTS_SHOWN = [...PLAIN, ...FURTHER] as const;

/** What must be there of every part, and in which account it is. */
export function Position({
  id,
  path,
  sites,
}: {
  readonly id: string;
  readonly path: string;
  readonly sites: readonly string[];
}) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const [state, change] = useUrlState();
  const ids = { kind: useId(), site: useId() };
  const { q, kind, site, cursor } = state;
  const list = useAskList<PositionPage>(`${path}/position`, { q, kind, site, cursor });
  const choice = (
    name: 'kind' | 'site',
    label: string,
    options: { value: string; label: string }[],
  ) => (
    <div className="field">
      <label htmlFor={ids[name]}>{label}</label>
      <Select
        id={ids[name]}
        allowClear
        value={state[name] ?? null}
        placeholder={t('filter.any')}
        options={options}
        onChange={(value: string | null) => change({ [name]: value ?? undefined })}
      />
    </div>
  );
  return (
    <DataTable
      name="bonded-position"
      caption={t('position.title')}
      columns={usePositionColumns(id)}
      rows={list.data?.rows}
      rowKey={(row) => row.part}
      {...tableState(list)}
      total={list.data ? t('position.asOf', { seq: format.number(list.data.asOf) }) : null}
      filters={
        <>
          <SearchField label={t('filter.part')} />
          {choice(
            'kind',
            t('column.kind'),
            KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          )}
          {sites.length > 1
            ? choice(
                'site',
                t('column.site'),
                sites.map((value) => ({ value, label: value })),
              )
            : null}
        </>
      }
      empty={
        <EmptyState icon="ledger" title={t('position.empty')}>
          {t('position.empty.text')}
        </EmptyState>
      }
    />
  );
}

function usePositionColumns(id: string): readonly Column<PositionRow>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const amount = (text: string | undefined) => (text === undefined ? '—' : format.decimal(text));
  const account = (name: (typeof ACCOUNTS_SHOWN)[number], isExtra: boolean) => ({
    ...{ id: name, title: t(`account.${name}`), align: 'end' as const, isExtra },
    render: ({ accounts }: PositionRow) => amount(accounts[name]),
  });
  return [
    {
      id: 'part',
      title: t('column.part'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.description || t(`kind.${row.kind}`)}>
          <Link to="/bonded/$id/parts/$part" params={{ id, part: row.part }} translate="no">
            {row.part}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'remainder',
      title: t('column.remainder'),
      align: 'end',
      render: (row) => (
        <>
          <b>{amount(row.remainder)}</b> <Unit code={row.unit} />
        </>
      ),
    },
    ...PLAIN.map((name) => account(name, false)),
    ...FURTHER.map((name) => account(name, name !== 'excessUse')),
  ];
}
