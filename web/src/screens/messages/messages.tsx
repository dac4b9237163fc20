import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MessagePage } from '../../../../src/contexts/messages/inbox/contract.ts';
import { address } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList, useMay } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { useUrlState } from '../../parts/url-state.ts';
import { useMessageColumns } from './columns.tsx';
import { MessageFilters } from './filters.tsx';
import './messages.css';

/** What the trade sent: from whom, of what kind, and what became of it; everybody sees their own, customs all. */
export function MessagesScreen() {
  const { t, i18n } = useTranslation('messages');
  const may = useMay();
  const [state, change] = useUrlState();
  const { q, partner, kind, outcome, cursor } = state;
  const query = { q, partner, kind, outcome };
  const list = useAskList<MessagePage>('/api/trade-messages', { ...query, cursor });
  const isFiltered = Object.values(query).some(Boolean);
  return (
    <Page
      wide
      title={t('messages.title')}
      lead={t(may('messages.send') ? 'messages.lead.own' : 'messages.lead')}
      actions={
        <>
          <Link to="/messages/partners">{t('partners.title')}</Link>
          {may('messages.send') ? (
            <Link to="/messages/try" className="button-link">
              {t('try.title')}
            </Link>
          ) : null}
        </>
      }
    >
      <DataTable
        name="messages"
        caption={t('messages.title')}
        columns={useMessageColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => row.id}
        exportHref={address('/api/trade-messages.xlsx', { ...query, language: i18n.language })}
        filters={<MessageFilters />}
        empty={
          isFiltered ? (
            <EmptyState
              icon="search"
              title={t('messages.noneFound')}
              action={
                <button
                  type="button"
                  className="link-button"
                  onClick={() =>
                    change({ q: '', partner: undefined, kind: undefined, outcome: undefined })
                  }
                >
                  {t('messages.noneFound.all')}
                </button>
              }
            >
              {t('messages.noneFound.text')}
            </EmptyState>
          ) : (
            <NothingYet />
          )
        }
      />
    </Page>
  );
}

function NothingYet() {
  const { t } = useTranslation('messages');
  const may = useMay();
  return (
    <EmptyState
      icon="message"
      title={t('messages.empty')}
      action={
        may('messages.send') ? (
          <Link to="/messages/try" className="button-link">
            {t('try.title')}
          </Link>
        ) : undefined
      }
    >
      {t('messages.empty.text')}
      <pre className="how-to" translate="no">
        {`curl --data-binary @message.xml -H "authorization: Bearer KEY" ${location.origin}/api/trade-messages`}
      </pre>
    </EmptyState>
  );
}
