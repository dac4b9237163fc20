import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Release } from '../../../../../src/contexts/cargo/releases/contract.ts';
import type { Column } from '../../../parts/column.ts';
import { useFormat } from '../../../parts/format.ts';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { No, ReleaseTag, useAmount } from '../signs.tsx';

export function useReleaseColumns(): readonly Column<Release>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const amount = useAmount();
  return [
    {
      id: 'id',
      title: t('column.release'),
      isName: true,
      render: ({ id, notice }) => (
        <TwoLines
          under={notice.conditional ? <Tag tone="yellow">{t('release.conditional')}</Tag> : null}
        >
          <Link to="/releases/$id" params={{ id }} translate="no" className="cell-nowrap">
            {id}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: ({ status }) => <ReleaseTag status={status} />,
    },
    {
      id: 'bill',
      title: t('column.bill'),
      render: ({ notice }) => (
        <TwoLines under={notice.containers.join(', ')} isCode>
          {notice.bill ? (
            <Link to="/bills/$number" params={{ number: notice.bill }} translate="no">
              {notice.bill}
            </Link>
          ) : (
            '—'
          )}
        </TwoLines>
      ),
    },
    {
      id: 'amount',
      title: t('column.amount'),
      align: 'end',
      render: ({ notice }) => (
        <TwoLines under={amount(null, notice.grossMassKg)} isWhole>
          <span className="cell-nowrap">{amount(notice.packages, null)}</span>
        </TwoLines>
      ),
    },
    {
      id: 'releasedAt',
      title: t('column.releasedAt'),
      render: ({ notice }) => (
        <span className="cell-nowrap">{format.moment(notice.releasedAt)}</span>
      ),
    },
    {
      id: 'validUntil',
      title: t('column.validUntil'),
      render: ({ notice }) => (
        <span className="cell-nowrap">{format.moment(notice.validUntil)}</span>
      ),
    },
    {
      id: 'declaration',
      title: t('column.declaration'),
      isExtra: true,
      render: ({ notice }) => <No>{notice.declarationNumber ?? notice.declaration}</No>,
    },
  ];
}
