import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  PassportDetail,
  PassportPage,
  PassportRow,
} from '../../../../../src/contexts/cargo/gates/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { useGateName } from '../gates/gate-name.tsx';
import '../cargo.css';
import { PassportTag } from './signs.tsx';

/** Vehicles whose gates are told one by one; of a consignment on more, the passport tells. */
const TOLD_MAX = 10;

/** Vehicles that carry goods of a bill through gates, and each gate they passed; nothing where there are none. */
export function CrossingList({
  bill,
  around = (list) => list,
}: {
  readonly bill: string;
  /** What stands around the list where there is one. */
  readonly around?: (list: ReactNode) => ReactNode;
}) {
  const may = useMay();
  const query = { paper: bill };
  const { data } = useAsk<PassportPage>('/api/passports', query, may('cargo.readPassport'));
  if (!data || data.rows.length === 0) return null;
  return around(
    <ul className="plain-list">
      {data.rows.map((row, place) => (
        <li key={row.number}>
          <Vehicle row={row} isTold={place < TOLD_MAX} />
        </li>
      ))}
    </ul>,
  );
}

function Vehicle({ row, isTold }: { readonly row: PassportRow; readonly isTold: boolean }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const gateName = useGateName();
  const path = `/api/passports/${encodeURIComponent(row.number)}`;
  const { data } = useAsk<PassportDetail>(path, {}, isTold);
  const crossings = data?.passport.crossings ?? [];
  return (
    <>
      <p className="tag-row">
        <Link to="/passports/$number" params={{ number: row.number }} translate="no">
          {row.plate}
        </Link>
        <span>{t(`way.${row.direction}`)}</span>
        <PassportTag state={row.state} />
        {crossings.length === 0 ? (
          <span className="faint">{format.moment(row.completedAt ?? row.appliedAt)}</span>
        ) : null}
      </p>
      {crossings.map(({ reading, gate, at }) => (
        <p key={reading} className="faint">
          {gateName(gate)} · {format.moment(at)}
        </p>
      ))}
    </>
  );
}
