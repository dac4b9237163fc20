import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Bill } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { MiniTable } from '../../../parts/mini-table.tsx';
import { Section } from '../../../parts/page.tsx';
import { useMay } from '../../../parts/queries.ts';
import { Tag } from '../../../parts/tag.tsx';

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
      <MiniTable
        caption={t('tally.title')}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { id: 'field', title: t('column.field'), isName: true, render: ({ name }) => name },
          {
            id: 'manifested',
            title: t('tally.manifested'),
            render: ({ manifested }) => manifested,
          },
          { id: 'found', title: t('tally.counted'), render: ({ found }) => found },
        ]}
      />
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
