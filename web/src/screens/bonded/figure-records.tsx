import { Link } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type {
  Figure,
  FigureEntries,
  OfWhich,
} from '../../../../src/contexts/bonded/writeoff/contract.ts';
import type { Column } from '../../parts/column.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { Unit } from './unit.tsx';

type Entry = FigureEntries['rows'][number];
const LIMIT = 200;

/** What a figure of a row is, so that it can be opened on the journal rows behind it. */
export type Opened = {
  readonly part: string;
  readonly unit: string;
  readonly figure: Figure | OfWhich;
};

/** The journal rows that one figure of a filing is made of: their quantities add up to it. */
export function FigureRecords({
  id,
  path,
  opened,
  onClose,
}: {
  readonly id: string;
  readonly path: string;
  readonly opened: Opened;
  onClose(): void;
}) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { sentence } = useMessages();
  const { part, figure, unit } = opened;
  const { data, error, refetch } = useAsk<FigureEntries>(`${path}/entries`, {
    ...{ part, figure, limit: LIMIT },
  });
  const columns: readonly Column<Entry>[] = [
    {
      id: 'event',
      title: t('records.event'),
      isName: true,
      render: ({ event, kind }) => (
        <TwoLines under={event} isCode>
          {sentence(`event.bonded.${kind}`)}
        </TwoLines>
      ),
    },
    {
      id: 'order',
      title: t('column.order'),
      render: ({ order, document }) => (
        <>
          {order ? (
            <Link to="/bonded/$id/orders/$order" params={{ id, order }} translate="no">
              {order}
            </Link>
          ) : null}{' '}
          <span translate="no">{document}</span>
        </>
      ),
    },
    {
      id: 'at',
      title: t('records.at'),
      render: ({ occurredAt }) => format.moment(occurredAt),
    },
    {
      id: 'quantity',
      title: t('records.quantity'),
      align: 'end',
      render: ({ quantity }) => format.decimal(quantity),
    },
  ];
  return (
    <Modal
      open
      width={760}
      footer={null}
      title={t('records.title', { part, figure: t(`figure.${figure}`) })}
      onCancel={onClose}
    >
      {data ? (
        <>
          <p>
            {t('records.total', { rows: format.number(data.rows.length) })}{' '}
            <b className="amount">{format.decimal(data.total)}</b> <Unit code={unit} />
          </p>
          <MiniTable
            caption={t('records.title', { part, figure: t(`figure.${figure}`) })}
            columns={columns}
            rows={data.rows}
            rowKey={({ seq }) => String(seq)}
          />
          {data.next === null ? null : (
            <p className="faint">{t('explain.first', { count: LIMIT })}</p>
          )}
        </>
      ) : (
        <Trouble error={error} onRetry={() => void refetch()} />
      )}
    </Modal>
  );
}
