import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DutyBill } from '../../../../../src/contexts/duty/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { BillTag, useItemName, useYuan } from '../../duty/money.tsx';

/** What the consignment owes and what was paid; how it was worked out is a click away. */
export function MoneySection({ bill }: { readonly bill: DutyBill }) {
  const { t } = useTranslation('clearance');
  const { date } = useFormat();
  const yuan = useYuan();
  const name = useItemName();
  if (bill.status === 'nothingDue') return null;
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
      {bill.outstanding !== '0.00' ? (
        <p>
          {t('consignment.duty.outstanding', { amount: yuan(bill.outstanding) })}
          {bill.dueOn ? ` · ${t('clocks.due', { day: date(bill.dueOn) })}` : null}
        </p>
      ) : null}
      <p>
        <Link to="/duty/$declaration" params={{ declaration: bill.declaration }}>
          {t('consignment.duty.bill')}
        </Link>
      </p>
    </Section>
  );
}
