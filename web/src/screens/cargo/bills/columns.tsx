import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BillRow } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import type { Column } from '../../../parts/column.ts';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { No, Office, StageTag } from '../signs.tsx';

export function useBillColumns(): readonly Column<BillRow>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return [
    {
      id: 'number',
      title: t('column.bill'),
      isName: true,
      render: (row) => (
        <>
          <Link to="/bills/$number" params={{ number: row.number }} translate="no">
            {row.number}
          </Link>
          <span className="cell-sub">
            {row.direction ? t(`direction.${row.direction}`) : t('bill.status.awaited')}
            {row.master ? ` · ${t('bill.house')}` : null}
          </span>
        </>
      ),
    },
    {
      id: 'stage',
      title: t('column.stage'),
      render: (row) => (
        <>
          <StageTag stage={row.stage} />
          {row.stageAt ? (
            <span className="cell-sub cell-nowrap">{format.moment(row.stageAt)}</span>
          ) : null}
        </>
      ),
    },
    {
      id: 'goods',
      title: t('column.goods'),
      render: (row) => (
        <>
          {row.description ?? '—'}
          {row.consignee ? <span className="cell-sub">{row.consignee}</span> : null}
        </>
      ),
    },
    {
      id: 'packages',
      title: t('column.declaredPackages'),
      align: 'end',
      render: (row) => (
        <>
          {format.number(row.claimedPackages)} / {format.number(row.packages)}
          <span className="cell-sub">{t('claims', { count: row.claims })}</span>
        </>
      ),
    },
    {
      id: 'grossMassKg',
      title: t('column.grossMassKg'),
      align: 'end',
      render: (row) => format.decimal(row.grossMassKg),
    },
    {
      id: 'voyage',
      title: t('column.voyage'),
      render: (row) => (
        <>
          <No>{row.conveyance}</No>
          <span className="cell-sub cell-nowrap">
            {[row.voyageNo, row.date ? format.date(row.date) : null].filter(Boolean).join(' · ')}
          </span>
        </>
      ),
    },
    {
      id: 'task',
      title: t('column.task'),
      render: (row) => (
        <>
          {row.doNotLoad ? (
            <Tag tone="red" icon="stop">
              {t('bill.doNotLoad')}
            </Tag>
          ) : null}
          {row.task ? t(`task.${row.task}`) : row.doNotLoad ? null : '—'}
          {row.taskSince ? (
            <span className="cell-sub">{t('since', { ago: format.ago(row.taskSince) })}</span>
          ) : null}
        </>
      ),
    },
    {
      id: 'terminal',
      title: t('column.terminal'),
      isExtra: true,
      render: (row) => <OrganisationName id={row.terminal} />,
    },
    {
      id: 'carrier',
      title: t('column.carrier'),
      isExtra: true,
      render: (row) => <OrganisationName id={row.carrier} />,
    },
    {
      id: 'office',
      title: t('column.office'),
      isExtra: true,
      render: (row) => <Office code={row.office} />,
    },
    {
      id: 'manifest',
      title: t('column.manifest'),
      isExtra: true,
      render: (row) =>
        row.manifest ? (
          <Link to="/manifests/$id" params={{ id: row.manifest }} translate="no">
            {row.manifest}
          </Link>
        ) : (
          '—'
        ),
    },
  ];
}
