import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  ElectronicBill,
  ElectronicBills,
} from '../../../../../src/contexts/cargo/releases/contract.ts';
import { Ask } from '../../../parts/ask.tsx';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Section } from '../../../parts/page.tsx';
import { useAsk, useMay, useMe } from '../../../parts/queries.ts';
import { Tag } from '../../../parts/tag.tsx';

const PATH = '/api/electronic-bills';
const KINDS = ['billOfLading', 'deliveryOrder'] as const;

/** The bill's documents without paper (提单无纸化): who holds them, whose goods they are, and handing on. */
export function WithoutPaper({ number }: { readonly number: string }) {
  const { t } = useTranslation('cargo');
  const may = useMay();
  const { data } = useAsk<z.infer<typeof ElectronicBills>>(
    PATH,
    { bill: number },
    may('cargo.readElectronicBills'),
  );
  const mayPresent = may('cargo.presentElectronicBills');
  if (!data || (data.bills.length === 0 && !mayPresent)) return null;
  return (
    <Section
      title={t('paperless.title')}
      aside={mayPresent ? <Present number={number} place={data.bills.length + 1} /> : null}
    >
      {data.bills.length === 0 ? <p className="muted">{t('paperless.none')}</p> : null}
      <ul className="plain-list">
        {data.bills.map((bill) => (
          <li key={bill.id}>
            <Paperless bill={bill} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Paperless({ bill }: { readonly bill: ElectronicBill }) {
  const { t } = useTranslation('cargo');
  const me = useMe();
  const may = useMay();
  const { id, kind, issuer, reference, holder, beneficiary, status } = bill;
  const path = `${PATH}/${encodeURIComponent(id)}`;
  const mayHandOn =
    status === 'held' && holder === me?.organisation.id && may('cargo.endorseElectronicBills');
  return (
    <>
      <p className="tag-row">
        <b>{t(`paperless.kind.${kind}`)}</b>
        <span translate="no">{reference}</span>
        <Tag
          tone={status === 'held' ? 'blue' : 'green'}
          icon={status === 'held' ? 'declaration' : 'done'}
        >
          {t(`paperless.status.${status}`)}
        </Tag>
      </p>
      <p className="faint">
        {t('paperless.issuer')} {issuer} · {t('paperless.holder')} <OrganisationName id={holder} />{' '}
        · {t('paperless.beneficiary')} <OrganisationName id={beneficiary} />
      </p>
      {mayHandOn ? (
        <p className="tag-row">
          <Ask
            button={t('paperless.endorse')}
            lead={t('paperless.endorse.lead')}
            stale={[PATH]}
            fields={[
              {
                name: 'holder',
                label: t('paperless.to'),
                hint: t('paperless.to.hint'),
                kind: 'text',
              },
            ]}
            command={(body) => ({ method: 'POST', path: `${path}/endorsement`, body })}
          />
          <Ask
            button={t('paperless.surrender')}
            lead={t('paperless.surrender.lead')}
            stale={[PATH]}
            fields={[]}
            command={() => ({ method: 'POST', path: `${path}/surrender` })}
          />
        </p>
      ) : null}
    </>
  );
}

function Present({ number, place }: { readonly number: string; readonly place: number }) {
  const { t } = useTranslation('cargo');
  return (
    <Ask
      button={t('paperless.present')}
      lead={t('paperless.present.lead')}
      stale={[PATH]}
      fields={[
        {
          name: 'kind',
          label: t('paperless.kind'),
          kind: 'choice',
          initial: KINDS[0],
          options: KINDS.map((value) => ({ value, label: t(`paperless.kind.${value}`) })),
        },
        { name: 'issuer', label: t('paperless.issuer'), kind: 'text' },
        { name: 'reference', label: t('paperless.reference'), kind: 'text', initial: number },
        {
          name: 'digest',
          label: t('paperless.digest'),
          hint: t('paperless.digest.hint'),
          kind: 'text',
          isOptional: true,
        },
      ]}
      command={({ digest, ...said }) => ({
        method: 'POST',
        path: PATH,
        body: { ...said, id: `EB-${number}-${place}`, bill: number, digest: digest || null },
      })}
    />
  );
}
