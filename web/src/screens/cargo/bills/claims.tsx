import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  Bill,
  BillDetail,
  ClaimStatus,
  Quantity,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { MiniTable } from '../../../parts/mini-table.tsx';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Section } from '../../../parts/page.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
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
        <MiniTable
          caption={t('claims.title')}
          rows={bill.claims}
          rowKey={(claim) => claim.declaration}
          columns={[
            {
              id: 'declaration',
              title: t('column.declaration'),
              isName: true,
              render: (claim) => (
                <TwoLines under={<OrganisationName id={claim.organisation} />}>
                  <Link to="/declarations/$id" params={{ id: claim.declaration }} translate="no">
                    {claim.declaration}
                  </Link>
                </TwoLines>
              ),
            },
            {
              id: 'takes',
              title: t('column.takes'),
              render: (claim) =>
                claim.packages === null && claim.grossMassKg === null
                  ? t('claims.rest')
                  : amount(claim.packages, claim.grossMassKg),
            },
            {
              id: 'status',
              title: t('column.status'),
              render: ({ status }) => <Tag tone={LOOKS[status]}>{t(`claim.status.${status}`)}</Tag>,
            },
            {
              id: 'at',
              title: t('column.at'),
              render: (claim) => <span className="cell-nowrap">{format.moment(claim.at)}</span>,
            },
          ]}
        />
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
      <MiniTable
        caption={t('houses.title')}
        rows={houses}
        rowKey={(house) => house.number}
        columns={[
          {
            id: 'bill',
            title: t('column.bill'),
            isName: true,
            render: ({ number }) => (
              <Link to="/bills/$number" params={{ number }} translate="no">
                {number}
              </Link>
            ),
          },
          {
            id: 'amount',
            title: t('column.amount'),
            render: ({ packages, grossMassKg }) => amount(packages, grossMassKg),
          },
          {
            id: 'left',
            title: t('column.left'),
            render: ({ left }) => (left ? amount(left.packages, left.grossMassKg) : '—'),
          },
          {
            id: 'claims',
            title: t('column.claims'),
            align: 'end',
            render: ({ claims }) => claims,
          },
        ]}
      />
    </Section>
  );
}
