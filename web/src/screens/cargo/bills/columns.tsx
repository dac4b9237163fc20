import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BillRow } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { AsWritten } from '../../../parts/as-written.tsx';
import type { Column } from '../../../parts/column.ts';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
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
        <TwoLines
          under={
            <>
              {row.direction ? t(`direction.${row.direction}`) : t('bill.status.awaited')}
              {row.master ? ` · ${t('bill.house')}` : null}
            </>
          }
        >
          <Link to="/bills/$number" params={{ number: row.number }} translate="no">
            {row.number}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'stage',
      title: t('column.stage'),
      render: (row) => (
        <TwoLines under={row.stageAt ? format.moment(row.stageAt) : null} isWhole>
          <StageTag stage={row.stage} />
        </TwoLines>
      ),
    },
    {
      id: 'goods',
      title: t('column.goods'),
      render: (row) => (
        <TwoLines under={row.consignee ? <AsWritten>{row.consignee}</AsWritten> : null}>
          <AsWritten>{row.description ?? '—'}</AsWritten>
        </TwoLines>
      ),
    },
    {
      id: 'packages',
      title: t('column.declaredPackages'),
      align: 'end',
      render: (row) => (
        <TwoLines under={t('claims', { count: row.claims })}>
          {format.number(row.claimedPackages)} / {format.number(row.packages)}
        </TwoLines>
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
        <TwoLines
          under={[row.voyageNo, row.date ? format.date(row.date) : null]
            .filter(Boolean)
            .join(' · ')}
          isWhole
        >
          <No>{row.conveyance}</No>
        </TwoLines>
      ),
    },
    {
      id: 'task',
      title: t('column.task'),
      render: (row) => (
        <TwoLines under={row.taskSince ? format.ago(row.taskSince) : null}>
          {row.doNotLoad ? (
            <Tag tone="red" icon="stop">
              {t('bill.doNotLoad')}
            </Tag>
          ) : null}
          {row.task ? t(`task.${row.task}`) : row.doNotLoad ? null : '—'}
        </TwoLines>
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
