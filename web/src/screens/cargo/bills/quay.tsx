import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PassportPage } from '../../../../../src/contexts/cargo/gates/contract.ts';
import type { Bill } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { ScrollX } from '../../../parts/scroll-x.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { PassportTag } from '../passports/signs.tsx';

/** What was counted on the quay, beside what the manifest says. */
export function TallySection({ bill }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { tally, content } = bill;
  if (!tally) return null;
  const counted = tally.containers ?? [];
  const rows = [
    {
      name: t('column.packages'),
      manifested: format.number(content?.packages),
      found: format.number(tally.packages),
    },
    {
      name: t('column.grossMassKg'),
      manifested: format.decimal(content?.grossMassKg),
      found: tally.grossMassKg ? format.decimal(tally.grossMassKg) : t('tally.notWeighed'),
    },
    ...(tally.containers
      ? [
          {
            name: t('containers.title'),
            manifested: withSeals(content?.containers ?? []),
            found: withSeals(counted),
          },
        ]
      : []),
  ];
  return (
    <Section
      title={t('tally.title')}
      aside={
        <Tag tone={tally.agrees ? 'green' : 'red'} icon={tally.agrees ? 'done' : 'warning'}>
          {t(tally.agrees ? 'tally.agrees' : 'tally.differs')}
        </Tag>
      }
    >
      <ScrollX label={t('tally.title')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('column.field')}</th>
              <th scope="col">{t('tally.manifested')}</th>
              <th scope="col">{t('tally.counted')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, manifested, found }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{manifested}</td>
                <td>{found}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      <p className="faint">
        {format.moment(tally.at)}
        {tally.damaged > 0 ? ` · ${t('tally.damaged', { count: tally.damaged })}` : null}
        {tally.note ? ` · ${tally.note}` : null}
      </p>
    </Section>
  );
}

const withSeals = (
  containers: readonly { readonly number: string | null; readonly seals: readonly string[] }[],
): string => containers.map(({ number, seals }) => [number, ...seals].join(' ')).join(', ') || '—';

/** Where the goods and the papers disagree, each with the case that follows it up. */
export function Discrepancies({ bill: { discrepancies } }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  if (discrepancies.length === 0) return null;
  return (
    <Section title={t('discrepancies.title')}>
      <ul className="plain-list">
        {discrepancies.map(({ kind, expected, found, caseId, at }) => (
          <li key={`${kind}${at}${found}`} className="tag-row">
            <Tag tone="red" icon="warning">
              {t(`discrepancy.${kind}`)}
            </Tag>
            <span>{t('discrepancy.text', { expected: expected || '—', found: found || '—' })}</span>
            {caseId && may('cases.read') ? (
              <Link to="/cases/$id" params={{ id: caseId }}>
                {t('discrepancy.case')}
              </Link>
            ) : null}
            <span className="faint">{format.moment(at)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Containers({ bill: { content } }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  if (!content || content.containers.length === 0) return null;
  return (
    <Section title={t('containers.title')}>
      <ul className="container-list">
        {content.containers.map(({ number, sizeType, seals }) => (
          <li key={number}>
            <b translate="no">{number}</b>
            <span className="faint" translate="no">
              {sizeType}
            </span>
            <span className="faint">
              {seals.length === 0
                ? t('containers.noSeal')
                : t('containers.seals', { seals: seals.join(', ') })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Passports of vehicles that carry goods of this bill through a gate. */
export function Crossings({ number }: { readonly number: string }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  const query = { paper: number };
  const { data } = useAsk<PassportPage>('/api/passports', query, may('cargo.readPassport'));
  if (!data || data.rows.length === 0) return null;
  return (
    <Section title={t('crossings.title')}>
      <ul className="plain-list">
        {data.rows.map((row) => (
          <li key={row.number} className="tag-row">
            <Link to="/passports/$number" params={{ number: row.number }} translate="no">
              {row.plate}
            </Link>
            <PassportTag state={row.state} />
            <span className="faint">{format.moment(row.completedAt ?? row.appliedAt)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
