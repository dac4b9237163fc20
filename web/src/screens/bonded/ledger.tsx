import { useTranslation } from 'react-i18next';
import type { PositionRow } from '../../../../src/contexts/bonded/books/contract.ts';
import type { LedgerDetail } from '../../../../src/contexts/bonded/ledgers/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Pairs, Section } from '../../parts/page.tsx';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { Feeds } from './feeds.tsx';
import { HeldEvents } from './held-events.tsx';
import { LedgerPage, ledgerPath } from './ledger-page.tsx';
import { ACCOUNTS_SHOWN, Position } from './position.tsx';

/** One ledger today: what must be there of every part, what waits, and whether its systems still send. */
export function BondedLedgerScreen() {
  return (
    <LedgerPage tab="/bonded/$id" actions={(detail) => <PositionSheet detail={detail} />}>
      {(detail, path) => (
        <>
          <Feeds path={path} />
          <HeldEvents path={path} />
          <Position id={detail.ledger.id} path={path} sites={detail.ledger.content.sites} />
          <Terms detail={detail} />
        </>
      )}
    </LedgerPage>
  );
}

function PositionSheet({ detail: { ledger } }: { readonly detail: LedgerDetail }) {
  const { t } = useTranslation('bonded');
  if (ledger.status !== 'open') return null;
  return (
    <SheetButtons<PositionRow>
      name={`${ledger.id}-${t('position.title')}`}
      load={() => allRows<PositionRow>(`${ledgerPath(ledger.id)}/position`)}
      columns={[
        { title: t('column.part'), text: ({ part }) => part },
        { title: t('column.description'), text: ({ description }) => description },
        { title: t('column.kind'), text: ({ kind }) => t(`kind.${kind}`) },
        { title: t('column.unit'), text: ({ unit }) => unit },
        { title: t('column.remainder'), text: ({ remainder }) => remainder },
        ...ACCOUNTS_SHOWN.map((account) => ({
          title: t(`account.${account}`),
          text: ({ accounts }: PositionRow) => accounts[account] ?? '',
        })),
      ]}
    />
  );
}

function Terms({ detail: { ledger } }: { readonly detail: LedgerDetail }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { content } = ledger;
  return (
    <Section title={t('ledger.terms')}>
      <Pairs
        items={[
          { name: t('column.enterprise'), value: <OrganisationName id={content.enterprise} /> },
          { name: t('column.mode'), value: t(`mode.${content.mode}`) },
          { name: t('ledger.lots'), value: t(`lots.${content.lots}`) },
          { name: t('ledger.beyondStock'), value: t(`beyondStock.${content.beyondStock}`) },
          { name: t('column.period'), value: format.days(content.opensOn, content.closesOn) },
          { name: t('ledger.sites'), value: content.sites.join(' · ') },
        ]}
      />
    </Section>
  );
}
