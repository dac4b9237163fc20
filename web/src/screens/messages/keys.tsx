import { useTranslation } from 'react-i18next';
import type { Connection, PartnerKey } from '../../../../src/contexts/messages/contract.ts';
import type { Column } from '../../parts/column.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { Code, Pairs, Section } from '../../parts/page.tsx';
import { StandingTag } from './signs.tsx';

/** How a partner signs and is answered, and until when its keys count. */
export function Keys({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const { keys, mustSign, answersSignedWith, folderPost } = connection;
  const columns: readonly Column<PartnerKey>[] = [
    { id: 'id', title: t('key.id'), isName: true, render: ({ id }) => <Code>{id}</Code> },
    {
      id: 'algorithm',
      title: t('key.algorithm'),
      render: ({ algorithm }) => <span translate="no">{algorithm}</span>,
    },
    {
      id: 'standing',
      title: t('column.state'),
      render: ({ standing }) => <StandingTag standing={standing} />,
    },
    { id: 'from', title: t('key.from'), render: ({ validFrom }) => format.date(validFrom) },
    {
      id: 'to',
      title: t('key.to'),
      render: ({ validTo, revokedFrom, revokedBecause }) =>
        revokedFrom
          ? t('key.revoked', { on: format.date(revokedFrom), why: revokedBecause ?? '' })
          : validTo
            ? format.date(validTo)
            : t('key.open'),
    },
  ];
  return (
    <Section title={t('keys.title')}>
      <Pairs
        items={[
          { name: t('terms.mustSign'), value: t(mustSign ? 'terms.must' : 'terms.may') },
          {
            name: t('terms.answers'),
            value: <span translate="no">{answersSignedWith}</span>,
          },
          { name: t('terms.way'), value: t(folderPost === null ? 'terms.http' : 'terms.folder') },
        ]}
      />
      {keys.length === 0 ? (
        <EmptyState icon="shield" title={t('keys.none')}>
          {t(mustSign ? 'keys.none.must' : 'keys.none.text')}
        </EmptyState>
      ) : (
        <MiniTable
          caption={t('keys.title')}
          columns={columns}
          rows={keys}
          rowKey={({ id, algorithm }) => `${id} ${algorithm}`}
        />
      )}
    </Section>
  );
}
