import { Link, useParams } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  HeldPage,
  PositionPage,
  PositionRow,
} from '../../../../src/contexts/bonded/books/contract.ts';
import type { PartKind } from '../../../../src/contexts/bonded/contract.ts';
import type { LedgerDetail } from '../../../../src/contexts/bonded/ledgers/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk, useAskList } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { LedgerTag } from './signs.tsx';

const KINDS: readonly PartKind[] = ['material', 'semiFinished', 'finished', 'byProduct'];
const HELD_SHOWN = 10;

/** One ledger: what must be there of every part by now, and what waits before it can be entered. */
export function BondedLedgerScreen() {
  const { t } = useTranslation('bonded');
  const { id = '' } = useParams({ strict: false });
  const path = `/api/bonded/ledgers/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useAsk<LedgerDetail>(path);
  if (!data) {
    return (
      <Page title={t('ledger.title', { id })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { ledger, parts } = data;
  const { content, status, change } = ledger;
  return (
    <Page
      wide
      title={content.name}
      lead={
        <span className="tag-row">
          <LedgerTag status={status} isChanging={change !== null} />
          <span translate="no">{id}</span>
        </span>
      }
    >
      <Section title={t('ledger.terms')}>
        <Pairs
          items={[
            { name: t('column.enterprise'), value: <OrganisationName id={content.enterprise} /> },
            { name: t('column.mode'), value: t(`mode.${content.mode}`) },
            { name: t('ledger.lots'), value: t(`lots.${content.lots}`) },
            { name: t('ledger.beyondStock'), value: t(`beyondStock.${content.beyondStock}`) },
            { name: t('column.period'), value: `${content.opensOn} – ${content.closesOn ?? ''}` },
            { name: t('ledger.sites'), value: content.sites.join(' · ') },
          ]}
        />
      </Section>
      {status === 'open' ? (
        <>
          <Held path={path} />
          <Position id={id} path={path} />
        </>
      ) : (
        <EmptyState icon="ledger" title={t(`status.${status}`)}>
          {t('ledger.notOpen', { count: parts })}
        </EmptyState>
      )}
    </Page>
  );
}

/** Events that cannot be entered yet: each says what it takes. */
function Held({ path }: { readonly path: string }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { sentence } = useMessages();
  const { data } = useAsk<z.infer<typeof HeldPage>>(`${path}/held`);
  const rows = data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('held.title', { count: rows.length })}>
      <p className="muted">{t('held.text')}</p>
      <ul className="plain-list">
        {rows.slice(0, HELD_SHOWN).map((row) => (
          <li key={row.event}>
            <b>{sentence(`event.bonded.${row.kind}`)}</b> <span translate="no">{row.event}</span>
            {row.order ? ` · ${t('order.of', { order: row.order })}` : ''} ·{' '}
            {format.moment(row.occurredAt)}
            <span className="cell-sub">
              {row.lines
                .map(({ part, quantity }) => `${part} ${format.decimal(quantity)}`)
                .join('，')}
            </span>
          </li>
        ))}
      </ul>
      {rows.length > HELD_SHOWN ? (
        <p className="faint">{t('held.more', { count: rows.length - HELD_SHOWN })}</p>
      ) : null}
    </Section>
  );
}

function Position({ id, path }: { readonly id: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const [state, change] = useUrlState();
  const ids = { q: useId(), kind: useId() };
  const query = { q: state.q, kind: state.kind, cursor: state.cursor };
  const { data, error, isLoading, isPlaceholderData, refetch } = useAskList<PositionPage>(
    `${path}/position`,
    query,
  );
  return (
    <DataTable
      name="bonded-position"
      caption={t('position.title')}
      columns={usePositionColumns(id)}
      rows={data?.rows}
      rowKey={(row) => row.part}
      isLoading={isLoading}
      isStale={isPlaceholderData}
      error={error}
      onRetry={() => void refetch()}
      next={data?.next === null || data === undefined ? null : String(data.next)}
      total={data ? t('position.asOf', { seq: format.number(data.asOf) }) : null}
      filters={
        <>
          <div className="field">
            <label htmlFor={ids.q}>{t('filter.part')}</label>
            <Input
              id={ids.q}
              allowClear
              value={state.q ?? ''}
              onChange={(event) => change({ q: event.target.value }, { replace: true })}
            />
          </div>
          <div className="field">
            <label htmlFor={ids.kind}>{t('column.kind')}</label>
            <Select
              id={ids.kind}
              allowClear
              value={state.kind ?? null}
              placeholder={t('filter.any')}
              options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
              onChange={(value: string | null) => change({ kind: value ?? undefined })}
            />
          </div>
        </>
      }
      empty={
        <EmptyState icon="ledger" title={t('position.empty')}>
          {t('position.empty.text')}
        </EmptyState>
      }
    />
  );
}

function usePositionColumns(id: string): readonly Column<PositionRow>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const amount = (text: string | undefined) => (text === undefined ? '—' : format.decimal(text));
  const account = (name: keyof PositionRow['accounts'], isExtra = false): Column<PositionRow> => ({
    id: name,
    title: t(`account.${name}`),
    align: 'end',
    isExtra,
    render: ({ accounts }) => amount(accounts[name]),
  });
  return [
    {
      id: 'part',
      title: t('column.part'),
      isName: true,
      render: (row) => (
        <>
          <Link to="/bonded/$id/parts/$part" params={{ id, part: row.part }} translate="no">
            {row.part}
          </Link>
          <span className="cell-sub">{row.description || t(`kind.${row.kind}`)}</span>
        </>
      ),
    },
    {
      id: 'remainder',
      title: t('column.remainder'),
      align: 'end',
      render: (row) => <b>{amount(row.remainder)}</b>,
    },
    account('rawMaterial'),
    account('inProcess'),
    account('semiFinished'),
    account('finished'),
    account('embodied'),
    account('scrap'),
    account('excessUse'),
    account('intangibleLoss', true),
    account('inTransit', true),
    account('outsourced', true),
    account('export', true),
    account('domesticSale', true),
  ];
}
