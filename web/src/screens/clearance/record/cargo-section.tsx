import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { JourneyMap } from '../../cargo/journey.tsx';
import { CrossingList } from '../../cargo/passports/crossing-list.tsx';
import type { Consignment } from './consignment.ts';

/** Where the goods stand, by the bill they are on, and what they are packed in. */
export function CargoSection({ detail }: { readonly detail: NonNullable<Consignment['bill']> }) {
  const { t } = useTranslation('clearance');
  const { decimal, number: count } = useFormat();
  const { bill } = detail;
  const containers = bill.content?.containers ?? [];
  const said = [
    bill.conveyance ? [bill.conveyance, bill.voyageNo].filter(Boolean).join(' ') : null,
    bill.content?.packages ? t('lookFor.packages', { count: bill.content.packages }) : null,
    bill.content?.grossMassKg ? decimal(bill.content.grossMassKg, 'kg') : null,
    containers.length > 0
      ? t('consignment.containers', { count: containers.length, shown: count(containers.length) })
      : null,
  ];
  return (
    <Section
      title={t('consignment.map')}
      aside={
        <Link to="/bills/$number" params={{ number: bill.number }}>
          {t('consignment.bill', { number: bill.number })}
        </Link>
      }
    >
      <JourneyMap
        journey={bill.journey}
        stage={bill.journey.at(-1)?.stage ?? null}
        direction={bill.direction}
      />
      <p className="cargo-facts muted">{said.filter(Boolean).join(' · ')}</p>
      {containers.length > 0 ? (
        <ul className="containers">
          {containers.map(({ number, sizeType, seals }) => (
            <li key={number} translate="no">
              <b>{number}</b> <span className="faint">{[sizeType, ...seals].join(' ')}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <CrossingList
        bill={bill.number}
        around={(list) => (
          <>
            <h3>{t('consignment.gates')}</h3>
            {list}
          </>
        )}
      />
      {bill.doNotLoad ? (
        <p className="condition-refusal">
          {t('consignment.doNotLoad', { reason: bill.doNotLoad.reason })}
        </p>
      ) : null}
    </Section>
  );
}
