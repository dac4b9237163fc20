import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BillDetail } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { Section } from '../../../parts/page.tsx';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { JourneyMap } from '../../cargo/journey.tsx';

/** Where the goods of a declaration stand, by the bill they are on. */
export function MapSection({ bill: number }: { readonly bill: string }) {
  const { t } = useTranslation('clearance');
  const may = useMay();
  const { data } = useAsk<BillDetail>(
    `/api/bills/${encodeURIComponent(number)}`,
    {},
    may('cargo.readBills'),
  );
  if (!data) return null;
  const { bill } = data;
  return (
    <Section
      title={t('consignment.map')}
      aside={
        <Link to="/bills/$number" params={{ number }}>
          {t('consignment.bill', { number })}
        </Link>
      }
    >
      <JourneyMap
        journey={bill.journey}
        stage={bill.journey.at(-1)?.stage ?? null}
        direction={bill.direction}
      />
    </Section>
  );
}
