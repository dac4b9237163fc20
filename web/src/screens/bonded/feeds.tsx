import { useTranslation } from 'react-i18next';
import type { FeedRow, FeedRows } from '../../../../src/contexts/bonded/health/contract.ts';
import type { Column } from '../../parts/column.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';

/** Who sends to this ledger, and whether somebody has fallen silent. */
export function Feeds({ path }: { readonly path: string }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { data, error, refetch } = useAsk<FeedRows>(`${path}/feeds`);
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  const columns: readonly Column<FeedRow>[] = [
    {
      id: 'actor',
      title: t('feed.actor'),
      isName: true,
      render: ({ actor }) => <span translate="no">{actor}</span>,
    },
    {
      id: 'state',
      title: t('column.status'),
      render: ({ isSilent, lastReceivedAt }) =>
        isSilent ? (
          <Tag tone="red" icon="warning">
            {t('feed.silent', { since: format.ago(lastReceivedAt) })}
          </Tag>
        ) : (
          <Tag tone="green" icon="done">
            {t('feed.sends')}
          </Tag>
        ),
    },
    {
      id: 'received',
      title: t('feed.received'),
      render: ({ lastReceivedAt }) => format.moment(lastReceivedAt),
    },
    {
      id: 'happened',
      title: t('feed.happened'),
      render: ({ lastOccurredAt }) => format.moment(lastOccurredAt),
    },
    {
      id: 'events',
      title: t('feed.events'),
      align: 'end',
      render: ({ events }) => format.number(events),
    },
    {
      id: 'held',
      title: t('feed.held'),
      align: 'end',
      render: ({ held }) => format.number(held),
    },
  ];
  return (
    <Section title={t('feed.title')} aside={t('feed.span', { rows: format.number(data.of) })}>
      {data.rows.length === 0 ? (
        <EmptyState icon="import" title={t('feed.none')}>
          {t('feed.none.text')}
        </EmptyState>
      ) : (
        <MiniTable
          caption={t('feed.title')}
          columns={columns}
          rows={data.rows}
          rowKey={({ actor }) => actor}
        />
      )}
    </Section>
  );
}
