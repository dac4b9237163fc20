import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contexts/messages/contract.ts';
import type {
  PartnerHealth,
  PartnerHealths,
} from '../../../../src/contexts/messages/inbox/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useOrganisationName } from '../../parts/organisation-name.tsx';
import { Code, Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { DaysChart } from './days-chart.tsx';
import { Keys } from './keys.tsx';
import { SilenceTag } from './silence-tag.tsx';
import '../cargo/cargo.css';
import './messages.css';

/** One connection: how it fares, day by day, how it signs, and what of it waits for somebody. */
export function PartnerScreen() {
  const { t } = useTranslation('messages');
  const { partner = '' } = useParams({ strict: false });
  const name = useOrganisationName(partner);
  const { data, error, refetch } = useAsk<PartnerHealths>('/api/trade-messages/partners', {
    partner,
  });
  const connection = useAsk<Connection>(
    `/api/trade-messages/connections/${encodeURIComponent(partner)}`,
  );
  const health = data?.partners[0];
  return (
    <Page
      title={name}
      lead={
        <span className="tag-row">
          {health ? <SilenceTag health={health} /> : null}
          <Code>{partner}</Code>
        </span>
      }
      actions={
        <>
          <Link to="/messages/partners">{t('partners.title')}</Link>
          <Link to="/messages" search={{ partner }}>
            {t('partner.messages')}
          </Link>
        </>
      }
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data && !health ? (
        <EmptyState icon="clock" title={t('partner.nothing')}>
          {t('partner.nothing.text')}
        </EmptyState>
      ) : null}
      {health ? <Fares health={health} /> : null}
      {connection.data ? <Keys connection={connection.data} /> : null}
      <Trouble error={connection.error} onRetry={() => void connection.refetch()} />
    </Page>
  );
}

function Fares({ health }: { readonly health: PartnerHealth }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const { oldestUnmended, oldestUnanswered, longestPauseHours } = health;
  return (
    <Section title={t('partner.fares')}>
      <div className="message-parts">
        <Pairs
          items={[
            {
              name: t('partner.last'),
              value: `${format.moment(health.lastReceivedAt)} · ${format.ago(health.lastReceivedAt)}`,
            },
            { name: t('partner.today'), value: format.number(health.today) },
            { name: t('partner.received'), value: format.number(health.received) },
            {
              name: t('partner.refusedShare'),
              value: t('partner.refusedOf', {
                share: format.percent(health.refusedPercent / 100),
                refused: format.number(health.refused),
              }),
            },
            {
              name: t('partner.pause'),
              value:
                longestPauseHours === null
                  ? t('silence.noHabit')
                  : format.duration(longestPauseHours * 3600),
            },
            {
              name: t('partner.unmended'),
              value: oldestUnmended ? (
                <Link to="/messages/$id" params={{ id: oldestUnmended.id }}>
                  {format.ago(oldestUnmended.receivedAt)}
                </Link>
              ) : (
                t('partner.unmended.none')
              ),
            },
            {
              name: t('partner.unanswered'),
              value: oldestUnanswered ? (
                <Link to="/messages/$id" params={{ id: oldestUnanswered.id }}>
                  {format.ago(oldestUnanswered.askedAt)}
                </Link>
              ) : (
                t('partner.unanswered.none')
              ),
            },
          ]}
        />
        <DaysChart days={health.days} />
      </div>
    </Section>
  );
}
