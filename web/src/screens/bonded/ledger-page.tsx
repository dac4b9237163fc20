import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerDetail } from '../../../../src/contexts/bonded/ledgers/contract.ts';
import { Ask } from '../../parts/ask.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { LedgerTag } from './signs.tsx';
import '../cargo/cargo.css';
import './bonded.css';

export const ledgerPath = (id: string): string => `/api/bonded/ledgers/${encodeURIComponent(id)}`;

const TABS = [
  ['/bonded/$id', 'tab.position'],
  ['/bonded/$id/orders', 'tab.orders'],
  ['/bonded/$id/counts', 'tab.counts'],
  ['/bonded/$id/filings', 'tab.filings'],
] as const;

/** The frame of a ledger's own pages: its name and state, and the way to its position, orders, counts and filings. */
export function LedgerPage({
  tab,
  actions,
  children,
}: {
  readonly tab: (typeof TABS)[number][0];
  readonly actions?: (detail: LedgerDetail) => ReactNode;
  readonly children: (detail: LedgerDetail, path: string) => ReactNode;
}) {
  const { t } = useTranslation('bonded');
  const { id = '' } = useParams({ strict: false });
  const path = ledgerPath(id);
  const { data, error, refetch } = useAsk<LedgerDetail>(path);
  if (!data) {
    return (
      <Page title={t('ledger.title', { id })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { content, status, change } = data.ledger;
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
      actions={
        <>
          {data.allowed.includes('answer') && (status === 'registered' || change !== null) ? (
            <AnswerLedger path={path} />
          ) : null}
          {actions?.(data)}
        </>
      }
    >
      <nav className="ledger-tabs" aria-label={t('tab.label')}>
        {TABS.map(([to, words]) => (
          <Link
            key={to}
            to={to}
            params={{ id }}
            className={to === tab ? 'ledger-tab ledger-tab-on' : 'ledger-tab'}
            {...(to === tab && { 'aria-current': 'page' as const })}
          >
            {t(words)}
          </Link>
        ))}
      </nav>
      {status === 'open' ? (
        children(data, path)
      ) : (
        <EmptyState icon="ledger" title={t(`status.${status}`)}>
          {t('ledger.notOpen', { count: data.parts })}
        </EmptyState>
      )}
    </Page>
  );
}

/** An officer of its office answers a registration, or a change to it. */
function AnswerLedger({ path }: { readonly path: string }) {
  const { t } = useTranslation('bonded');
  return (
    <Ask
      isPrimary
      button={t('ledger.answer')}
      lead={t('ledger.answer.lead')}
      stale={['/api/bonded']}
      fields={[
        {
          ...{ name: 'approve', label: t('filing.decision'), kind: 'choice' as const },
          options: (['yes', 'no'] as const).map((value) => ({
            value,
            label: t(`ledger.answer.${value}`),
          })),
        },
        { name: 'note', label: t('filing.note'), kind: 'long', isOptional: true },
      ]}
      command={({ approve, note }) => ({
        method: 'POST',
        path: `${path}/answer`,
        body: { approve: approve === 'yes', note },
      })}
    />
  );
}
