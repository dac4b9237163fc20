import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HealthPage, HealthRow } from '../../../../src/contexts/bonded/health/contract.ts';
import type { FilingPage } from '../../../../src/contexts/bonded/writeoff/contract.ts';
import type { Column } from '../../parts/column.ts';
import { useFormat } from '../../parts/format.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Section } from '../../parts/page.tsx';
import { useAsk, useMay } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useFilingColumns } from './filings.tsx';
import '../cargo/cargo.css';

/** Only what a person has to do: filings to decide, registrations to answer, silences to ask about. */
export function NeedsPerson() {
  const may = useMay();
  return (
    <>
      {may('bonded.decideFiling') ? <WaitingFilings /> : null}
      <Ailing />
    </>
  );
}

function WaitingFilings() {
  const { t } = useTranslation('bonded');
  const { data, error, refetch } = useAsk<FilingPage>('/api/bonded/filings', { waiting: true });
  const columns = useFilingColumns(true);
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <Section title={t('needs.filings')}>
      {data.rows.length === 0 ? (
        <p className="muted">{t('needs.filings.none')}</p>
      ) : (
        <MiniTable
          caption={t('needs.filings')}
          columns={columns}
          rows={data.rows}
          rowKey={({ id }) => id}
        />
      )}
    </Section>
  );
}

function Ailing() {
  const { t } = useTranslation('bonded');
  const { data, error, refetch } = useAsk<HealthPage>('/api/bonded/health', { needs: 'person' });
  const columns = useHealthColumns();
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data.rows.length === 0) return null;
  return (
    <Section title={t('needs.ledgers')}>
      <MiniTable
        caption={t('needs.ledgers')}
        columns={columns}
        rows={data.rows}
        rowKey={({ ledger }) => ledger}
      />
    </Section>
  );
}

function useHealthColumns(): readonly Column<HealthRow>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return [
    {
      id: 'ledger',
      title: t('column.ledger'),
      isName: true,
      render: ({ ledger, name }) => (
        <TwoLines under={name}>
          <Link to="/bonded/$id" params={{ id: ledger }} translate="no">
            {ledger}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'enterprise',
      title: t('column.enterprise'),
      render: ({ enterprise }) => <OrganisationName id={enterprise} />,
    },
    {
      id: 'needs',
      title: t('needs.what'),
      render: ({ isRegistrationWaiting, isSilent, filingsWaiting, lastReceivedAt }) => (
        <span className="tag-row">
          {filingsWaiting > 0 ? (
            <Tag tone="yellow" icon="person">
              {t('needs.decide', { count: filingsWaiting })}
            </Tag>
          ) : null}
          {isRegistrationWaiting ? (
            <Tag tone="yellow" icon="clock">
              {t('needs.answer')}
            </Tag>
          ) : null}
          {isSilent ? (
            <Tag tone="red" icon="warning">
              {t('feed.silent', { since: format.ago(lastReceivedAt) })}
            </Tag>
          ) : null}
        </span>
      ),
    },
    {
      id: 'count',
      title: t('needs.lastCount'),
      render: ({ ledger, lastCount }) =>
        lastCount ? (
          <Link
            to="/bonded/$id/counts/$count"
            params={{ id: ledger, count: lastCount.id }}
            translate="no"
          >
            {t('needs.differing', { count: lastCount.differing, id: lastCount.id })}
          </Link>
        ) : (
          '—'
        ),
    },
  ];
}
