import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DutyBill } from '../../../../../src/contexts/duty/contract.ts';
import { Section } from '../../../parts/page.tsx';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { BillTag, useItemName, useYuan } from '../../duty/money.tsx';

/** What the consignment owes and what was paid; how it was worked out is a click away. */
export function MoneySection({ id }: { readonly id: string }) {
  const { t } = useTranslation('clearance');
  const may = useMay();
  const yuan = useYuan();
  const name = useItemName();
  const { data: bill } = useAsk<DutyBill>(
    `/api/duty/bills/${encodeURIComponent(id)}`,
    {},
    may('duty.read'),
  );
  if (!bill || bill.status === 'nothingDue') return null;
  return (
    <Section
      title={t('consignment.duty')}
      aside={<BillTag status={bill.status} isOverdue={bill.isOverdue} />}
    >
      <ul className="money-items">
        {bill.items.map(({ item, assessed }) => (
          <li key={item}>
            <span>{name(item)}</span>
            <b>{yuan(assessed)}</b>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/duty/$declaration" params={{ declaration: id }}>
          {t('consignment.duty.bill')}
        </Link>
      </p>
    </Section>
  );
}
