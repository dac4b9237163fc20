import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DeclarationRow } from '../../../../../src/contexts/clearance/contract.ts';
import { AsWritten } from '../../../parts/as-written.tsx';
import type { Column } from '../../../parts/data-table.tsx';
import { useFormat } from '../../../parts/format.ts';
import { PartyName } from '../../../parts/party-name.tsx';
import { LaneTag, StatusTag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';

/** What a list of declarations can show; the less asked for are hidden at first. */
export function useDeclarationColumns(): readonly Column<DeclarationRow>[] {
  const { t } = useTranslation('clearance');
  const format = useFormat();
  const extra = (
    id: string,
    title: string,
    render: Column<DeclarationRow>['render'],
    more: Partial<Column<DeclarationRow>> = {},
  ): Column<DeclarationRow> => ({ id, title, render, isExtra: true, ...more });
  return [
    {
      id: 'number',
      title: t('column.number'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.number ? row.id : null} isCode>
          <Link
            to="/declarations/$id"
            params={{ id: row.id }}
            className="cell-nowrap"
            translate="no"
          >
            {row.number ?? row.id}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) => <StatusTag status={row.status} />,
    },
    {
      id: 'lane',
      title: t('column.laneScore'),
      sort: { descending: '-score' },
      render: (row) => (
        <>
          <LaneTag lane={row.lane} />
          {row.score === null ? null : (
            <span className="cell-sub">{t('points', { points: row.score })}</span>
          )}
        </>
      ),
    },
    {
      id: 'goods',
      title: t('column.goods'),
      render: (row) => (
        <span className="cell-goods">
          <AsWritten>{row.description ?? '—'}</AsWritten>
          <span className="cell-sub">
            <span translate="no">{row.hsCode ?? '—'}</span>
            {row.lines > 1 ? ` · ${t('list.lines', { count: row.lines })}` : null}
          </span>
        </span>
      ),
    },
    {
      id: 'domestic',
      title: t('column.domestic'),
      render: (row) => (
        <span className="cell-goods">
          <PartyName uscc={row.domesticUscc} name={row.domesticName} />
        </span>
      ),
    },
    {
      id: 'route',
      title: t('column.route'),
      render: (row) => (
        <span className="cell-nowrap">
          {t(`ie.${row.ieFlag}`)}
          <span className="cell-sub" translate="no">
            {row.ieFlag === 'I'
              ? `${row.originCountry ?? '?'} → ${row.borderOffice ?? '?'}`
              : `${row.borderOffice ?? '?'} → ${row.partnerCountry ?? '?'}`}
          </span>
        </span>
      ),
    },
    {
      id: 'value',
      title: t('column.value'),
      align: 'end',
      sort: { descending: '-totalValue' },
      render: (row) => format.money(row.totalValue, row.currency),
    },
    {
      id: 'filedAt',
      title: t('column.filedAt'),
      sort: { ascending: 'filedAt', descending: '-filedAt' },
      render: (row) => (
        <span className="cell-nowrap">
          {format.moment(row.filedAt)}
          {row.releasedAt ? (
            <span className="cell-sub">
              {t('list.took', { time: format.between(row.filedAt, row.releasedAt) })}
            </span>
          ) : null}
        </span>
      ),
    },
    extra('releasedAt', t('column.releasedAt'), (row) => format.moment(row.releasedAt)),
    extra(
      'declarationOffice',
      t('column.declarationOffice'),
      (row) => row.declarationOffice ?? '—',
    ),
    extra('borderOffice', t('column.borderOffice'), (row) => row.borderOffice ?? '—'),
    extra(
      'examinationOffice',
      t('column.examinationOffice'),
      (row) => row.examinationOffice ?? '—',
    ),
    extra('origin', t('column.origin'), (row) => row.originCountry ?? '—'),
    extra('partner', t('column.partner'), (row) => row.partnerCountry ?? '—'),
    extra('organisation', t('column.organisation'), (row) => row.organisation),
  ];
}
