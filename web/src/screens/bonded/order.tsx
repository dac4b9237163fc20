import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  JournalRow,
  MadeOfRow,
  OrderPage,
  TraceBack,
} from '../../../../src/contexts/bonded/books/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Page, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { Tag } from '../../parts/tag.tsx';
import { TraceGraph } from './trace-graph.tsx';
import { layersBack } from './trace-layers.ts';
import { Unit } from './unit.tsx';
import './bonded.css';

const DIVIDED = ['inProcess', 'embodied', 'scrap', 'intangibleLoss', 'excessUse'] as const;

/** One work order: what it took, how its use divides, where its materials came from, and every entry. */
export function BondedOrderScreen() {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { id = '', order = '' } = useParams({ strict: false });
  const path = `/api/bonded/ledgers/${encodeURIComponent(id)}/orders/${encodeURIComponent(order)}`;
  const { data, error, refetch } = useAsk<z.infer<typeof OrderPage>>(path);
  const traced = useAsk<TraceBack>(`${path}/trace`);
  if (!data) {
    return (
      <Page title={t('order.of', { order })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={t('order.of', { order })}
      lead={
        <span className="tag-row">
          <Tag tone={data.isClosed ? 'green' : 'blue'} icon={data.isClosed ? 'done' : 'clock'}>
            {t(data.isClosed ? 'order.closed' : 'order.open')}
          </Tag>
          {data.product
            ? t('order.makes', { made: format.decimal(data.made), product: data.product })
            : null}
        </span>
      }
      actions={
        <>
          <Link to="/bonded/$id" params={{ id }}>
            {t('ledger.back')}
          </Link>
          <SheetButtons<MadeOfRow>
            name={`${id}-${order}`}
            load={async () => traced.data?.madeOf ?? []}
            columns={[
              { title: t('trace.level'), text: ({ level }) => String(level) },
              { title: t('column.part'), text: ({ part }) => part },
              { title: t('trace.lot'), text: ({ lot }) => lot },
              { title: t('trace.document'), text: ({ document }) => document ?? '' },
              { title: t('records.quantity'), text: ({ quantity }) => quantity },
            ]}
          />
        </>
      }
    >
      <Section title={t('order.uses')}>
        {data.uses.length === 0 ? <p className="muted">{t('order.noUses')}</p> : null}
        <ul className="use-list">
          {data.uses.map((use) => (
            <li key={use.part}>
              <p>
                <Link to="/bonded/$id/parts/$part" params={{ id, part: use.part }} translate="no">
                  {use.part}
                </Link>{' '}
                <b className="amount">{format.decimal(use.used)}</b> <Unit code={use.unit} />
              </p>
              <p className="faint">
                {DIVIDED.filter((account) => use[account] !== '0')
                  .map((account) => `${t(`account.${account}`)} ${format.decimal(use[account])}`)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('trace.back')}>
        <TraceGraph
          label={t('trace.drawnBack', { order })}
          trace={layersBack(order, traced.data?.madeOf ?? [])}
        />
        <Lots lots={traced.data?.madeOf ?? []} />
      </Section>
      <Section title={t('order.entries')}>
        <ol className="timeline">
          {data.entries.map((entry) => (
            <EntryLine key={entry.seq} entry={entry} />
          ))}
        </ol>
      </Section>
    </Page>
  );
}

function EntryLine({ entry }: { readonly entry: JournalRow }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { sentence } = useMessages();
  return (
    <li>
      <p className="timeline-head">
        <strong>{sentence(`event.bonded.${entry.kind}`)}</strong>
        <time dateTime={entry.occurredAt}>{format.moment(entry.occurredAt)}</time>
      </p>
      <p className="faint">
        <span translate="no">{entry.event}</span>
        {entry.outcome === 'held' ? ` · ${t('held.kept')}` : ''}
        {entry.document ? ` · ${t('lot.document', { document: entry.document })}` : ''}
      </p>
      <ul className="plain-list">
        {entry.movements.map((movement) => (
          <li key={`${movement.part} ${movement.lot} ${movement.from} ${movement.to}`}>
            <span translate="no">{movement.part}</span>{' '}
            <span className="amount">{format.decimal(movement.quantity)}</span>{' '}
            <span className="faint">
              {t(`account.${movement.from}`)} → {t(`account.${movement.to}`)}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

const INDENT_PX = 20;

/** What something was made of, down to its import lines. */
function Lots({ lots }: { readonly lots: readonly MadeOfRow[] }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  if (lots.length === 0) return <p className="muted">{t('trace.nothing')}</p>;
  return (
    <ul className="trace">
      {lots.map(({ level, part, lot, document, quantity }) => (
        <li key={`${level} ${part} ${lot}`} style={{ paddingInlineStart: level * INDENT_PX }}>
          <b translate="no">{part}</b> <span className="amount">{format.decimal(quantity)}</span>{' '}
          <span className="faint" translate="no">
            {document ?? lot}
          </span>
        </li>
      ))}
    </ul>
  );
}
