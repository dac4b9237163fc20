import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  Bill,
  BillDetail,
  ClaimStatus,
  Quantity,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { ScrollX } from '../../../parts/scroll-x.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { useAmount } from '../signs.tsx';

const LOOKS: Record<ClaimStatus, Tone> = { waiting: 'yellow', matched: 'green', exceeding: 'red' };

/** Who has declared how much of the bill, and what is left of it. */
export function Claims({ bill, left }: { readonly bill: Bill; readonly left: Quantity | null }) {
  const { t } = useTranslation('cargo');
  const amount = useAmount();
  const format = useFormat();
  return (
    <Section
      title={t('claims.title')}
      aside={left ? t('claims.left', { left: amount(left.packages, left.grossMassKg) }) : null}
    >
      {bill.claims.length === 0 ? (
        <p className="muted">{t('claims.none')}</p>
      ) : (
        <ScrollX label={t('claims.title')}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('column.declaration')}</th>
                <th scope="col">{t('column.takes')}</th>
                <th scope="col">{t('column.status')}</th>
                <th scope="col">{t('column.at')}</th>
              </tr>
            </thead>
            <tbody>
              {bill.claims.map((claim) => (
                <tr key={claim.declaration}>
                  <th scope="row">
                    <Link to="/declarations/$id" params={{ id: claim.declaration }} translate="no">
                      {claim.declaration}
                    </Link>
                    <span className="cell-sub" translate="no">
                      {claim.organisation}
                    </span>
                  </th>
                  <td>
                    {claim.packages === null && claim.grossMassKg === null
                      ? t('claims.rest')
                      : amount(claim.packages, claim.grossMassKg)}
                  </td>
                  <td>
                    <Tag tone={LOOKS[claim.status]}>{t(`claim.status.${claim.status}`)}</Tag>
                  </td>
                  <td className="cell-nowrap">{format.moment(claim.at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </Section>
  );
}

/** The house bills of a consolidation, each with what nobody has declared yet. */
export function Houses({ houses }: { readonly houses: BillDetail['houses'] }) {
  const { t } = useTranslation('cargo');
  const amount = useAmount();
  return (
    <Section title={t('houses.title')}>
      <ScrollX label={t('houses.title')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('column.bill')}</th>
              <th scope="col">{t('column.amount')}</th>
              <th scope="col">{t('column.left')}</th>
              <th scope="col">{t('column.claims')}</th>
            </tr>
          </thead>
          <tbody>
            {houses.map(({ number, packages, grossMassKg, left, claims }) => (
              <tr key={number}>
                <th scope="row">
                  <Link to="/bills/$number" params={{ number }} translate="no">
                    {number}
                  </Link>
                </th>
                <td>{amount(packages, grossMassKg)}</td>
                <td>{left ? amount(left.packages, left.grossMassKg) : '—'}</td>
                <td className="cell-end">{claims}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}
