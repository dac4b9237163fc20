import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReadingRow } from '../../../../../src/contexts/cargo/gates/contract.ts';
import type { Column } from '../../../parts/column.ts';
import { useFormat } from '../../../parts/format.ts';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { Reasons, StandingTag, Weight } from '../passports/signs.tsx';
import { GateName } from './gate-name.tsx';

export function useReadingColumns(): readonly Column<ReadingRow>[] {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return [
    {
      id: 'plate',
      title: t('column.vehicle'),
      isName: true,
      render: (row) => (
        <>
          {row.passport ? (
            <Link to="/passports/$number" params={{ number: row.passport }} translate="no">
              {row.plate}
            </Link>
          ) : (
            <span translate="no">{row.plate}</span>
          )}
          <span className="cell-sub gate-sub">
            <GateName gate={row.gate} lane={row.lane} />
          </span>
        </>
      ),
    },
    {
      id: 'standing',
      title: t('column.verdict'),
      render: (row) => <StandingTag standing={row.standing} />,
    },
    {
      id: 'at',
      title: t('column.at'),
      render: (row) => (
        <TwoLines
          under={
            <>
              {t(`way.${row.direction}`)}
              {row.offline ? ` · ${t('offline')}` : null}
            </>
          }
        >
          <span className="cell-nowrap">{format.moment(row.at, { seconds: true })}</span>
        </TwoLines>
      ),
    },
    { id: 'weight', title: t('column.weight'), render: (row) => <Weight weight={row.weight} /> },
    {
      id: 'reasons',
      title: t('column.reasons'),
      render: (row) => (row.reasons.length > 0 ? <Reasons reasons={row.reasons} /> : '—'),
    },
  ];
}
