import { useTranslation } from 'react-i18next';
import type { DocumentReceipt } from '../../../../src/contexts/messages/contract.ts';
import type { MessageView } from '../../../../src/contexts/messages/inbox/contract.ts';
import type { Column } from '../../parts/column.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { RecordLink } from './record-link.tsx';
import { OutcomeTag } from './signs.tsx';

interface Row extends DocumentReceipt {
  readonly place: number;
  readonly ledger: unknown;
}

/** What became of each document of a message. */
export function Documents({
  documents,
  understood,
}: {
  readonly documents: readonly DocumentReceipt[];
  readonly understood: MessageView['understood'];
}) {
  const { t } = useTranslation('messages');
  const columns: readonly Column<Row>[] = [
    {
      id: 'reference',
      title: t('column.reference'),
      isName: true,
      render: ({ reference, place }) => (
        <span translate="no">{reference ?? t('document.of', { number: place + 1 })}</span>
      ),
    },
    {
      id: 'kind',
      title: t('column.kind'),
      render: ({ kind, standard }) => (
        <>
          {t(`kind.${kind}`)}{' '}
          <span className="faint" translate="no">
            {standard}
          </span>
        </>
      ),
    },
    {
      id: 'outcome',
      title: t('column.outcome'),
      render: ({ outcome }) => <OutcomeTag outcome={outcome} />,
    },
    {
      id: 'record',
      title: t('column.record'),
      render: ({ record, ledger }) => <RecordLink record={record} ledger={ledger} />,
    },
    {
      id: 'number',
      title: t('column.number'),
      render: ({ number }) => <span translate="no">{number ?? '—'}</span>,
    },
    {
      id: 'problems',
      title: t('column.problems'),
      align: 'end',
      render: ({ problems }) => problems.length,
    },
  ];
  return (
    <MiniTable
      caption={t('documents.title')}
      columns={columns}
      rows={documents.map((each, place) => ({
        ...each,
        ...{ place, ledger: understood[place]?.ledger },
      }))}
      rowKey={({ place }) => String(place)}
    />
  );
}
