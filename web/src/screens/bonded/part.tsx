import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  LotRow,
  PartPosition,
  TraceForward,
} from '../../../../src/contexts/bonded/books/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { TraceGraph } from './trace-graph.tsx';
import { layersForward } from './trace-layers.ts';
import { Unit } from './unit.tsx';
import './bonded.css';

const INDENT_PX = 20;

type Lot = z.infer<typeof LotRow>;

/** One part: what every account holds of it, where each lot is, and where a lot went. */
export function BondedPartScreen() {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { id = '', part = '' } = useParams({ strict: false });
  const path = `/api/bonded/ledgers/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useAsk<PartPosition>(
    `${path}/position/${encodeURIComponent(part)}`,
  );
  const [lot, choose] = useState<string | null>(null);
  if (!data) {
    return (
      <Page title={part}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={part}
      lead={`${data.description || t(`kind.${data.kind}`)} · ${t('position.asOf', { seq: format.number(data.asOf) })}`}
      actions={
        <>
          <Link to="/bonded/$id" params={{ id }}>
            {t('ledger.back')}
          </Link>
          <SheetButtons<Lot>
            name={`${id}-${part}`}
            load={async () => data.lots}
            columns={[
              { title: t('trace.lot'), text: (row) => row.lot },
              { title: t('column.account'), text: (row) => t(`account.${row.account}`) },
              { title: t('column.site'), text: (row) => row.site },
              { title: t('column.order'), text: (row) => row.madeBy ?? row.order ?? '' },
              { title: t('trace.document'), text: (row) => row.document ?? '' },
              { title: t('records.quantity'), text: (row) => row.quantity },
            ]}
          />
        </>
      }
    >
      <Section
        title={t('part.accounts')}
        aside={
          <>
            {t('column.unit')} <Unit code={data.unit} />
          </>
        }
      >
        <Pairs
          items={[
            { name: t('column.remainder'), value: <b>{format.decimal(data.remainder)}</b> },
            ...Object.entries(data.accounts).map(([account, quantity]) => ({
              name: t(`account.${account as 'scrap'}`),
              value: format.decimal(quantity),
            })),
          ]}
        />
      </Section>
      <Section title={t('part.lots', { count: data.lots.length })}>
        {data.lots.length === 0 ? <p className="muted">{t('part.noLots')}</p> : null}
        <ul className="lot-list">
          {data.lots.map((row) => (
            <li key={`${row.lot} ${row.account} ${row.order}`}>
              <LotLine id={id} lot={row} onTrace={() => choose(row.lot)} />
            </li>
          ))}
        </ul>
      </Section>
      {lot === null ? null : <Forward id={id} path={path} part={part} lot={lot} />}
    </Page>
  );
}

function LotLine({
  id,
  lot,
  onTrace,
}: {
  readonly id: string;
  readonly lot: Lot;
  readonly onTrace: () => void;
}) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { order, madeBy, document } = lot;
  const from = madeBy ?? order;
  return (
    <>
      <span>
        <b translate="no">{lot.lot}</b>
        <span className="cell-sub">
          {document ? t('lot.document', { document }) : ''}{' '}
          {from === null ? null : (
            <Link to="/bonded/$id/orders/$order" params={{ id, order: from }}>
              {t('order.of', { order: from })}
            </Link>
          )}
        </span>
      </span>
      <span>{t(`account.${lot.account}`)}</span>
      <span className="amount">{format.decimal(lot.quantity)}</span>
      <button type="button" className="link-button" onClick={onTrace}>
        {t('lot.trace')}
      </button>
    </>
  );
}

/** Where a lot went, drawn as a tree of orders and what they made. */
function Forward({
  id,
  path,
  part,
  lot,
}: {
  readonly id: string;
  readonly path: string;
  readonly part: string;
  readonly lot: string;
}) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { data, error, refetch } = useAsk<TraceForward>(`${path}/trace`, {
    part,
    lot,
  });
  return (
    <Section title={t('trace.forward', { lot })}>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : null}
      {data?.wentInto.length === 0 ? <p className="muted">{t('trace.nowhere')}</p> : null}
      <TraceGraph
        label={t('trace.drawnForward', { lot })}
        trace={layersForward(part, lot, data?.wentInto ?? [])}
      />
      <ul className="trace">
        {data?.wentInto.map(({ level, part: from, lot: of, order, quantity, made }) => (
          <li
            key={`${level} ${from} ${of} ${order}`}
            style={{ paddingInlineStart: level * INDENT_PX }}
          >
            <span className="amount">{format.decimal(quantity)}</span>{' '}
            <span translate="no">{from}</span> →{' '}
            <Link to="/bonded/$id/orders/$order" params={{ id, order }}>
              {t('order.of', { order })}
            </Link>{' '}
            <span className="faint" translate="no">
              {made.map((each) => `${each.part} ${each.lot}`).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
