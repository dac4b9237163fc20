import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Audit, Difference } from '../../../../src/contexts/clearance/audits/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { AuditActs, RequestActs } from './audit-acts.tsx';
import { Story } from './story.tsx';
import { AuditTag } from './tags.tsx';
import '../clearance/clearance.css';
import './authorities.css';

/** One audit: what was asked and answered, until when, how it ended and what follows. */
export function AuditScreen() {
  const { t } = useTranslation('authorities');
  const { id = '' } = useParams({ strict: false });
  const path = `/api/audits/${encodeURIComponent(id)}`;
  const { data: audit, error, refetch } = useAsk<Audit>(path);
  const { moment } = useFormat();
  if (!audit) {
    return (
      <Page title={t('audit.title', { id })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { conclusion } = audit;
  const overdue = audit.requests.some((request) => request.overdue);
  return (
    <Page
      title={t('audit.title', { id })}
      lead={
        <>
          <AuditTag audit={{ ...audit, overdue, result: conclusion?.result ?? null }} />{' '}
          {audit.origin === 'lane' ? null : audit.reason}
        </>
      }
      actions={<AuditActs audit={audit} path={path} />}
    >
      {conclusion ? (
        <Section title={t('audit.conclusion')}>
          <p>{conclusion.statement}</p>
          <Pairs
            items={[
              { name: t('field.result'), value: t(`audit.result.${conclusion.result}`) },
              { name: t('field.duty'), value: t(`audit.duty.${conclusion.duty}`) },
              {
                name: t('field.mitigation'),
                value: t(`audit.mitigation.${conclusion.mitigation}`),
              },
              ...(conclusion.corrected.length > 0
                ? [{ name: t('audit.corrected'), value: <Corrected of={conclusion.corrected} /> }]
                : []),
              { name: t('column.at'), value: moment(conclusion.at) },
            ]}
          />
          <Differences differences={conclusion.differences} />
        </Section>
      ) : null}
      <div className="two">
        <div>
          <Section title={t('audit.requests')}>
            <Requests audit={audit} path={path} />
          </Section>
          {audit.disclosed.length > 0 ? (
            <Section title={t('audit.disclosed')}>
              <Differences differences={audit.disclosed} />
            </Section>
          ) : null}
        </div>
        <div>
          <Section title={t('audit.about')}>
            <Pairs
              items={[
                { name: t('column.why'), value: t(`audit.origin.${audit.origin}`) },
                { name: t('column.party'), value: <OrganisationName id={audit.organisation} /> },
                { name: t('column.office'), value: <OrganisationName id={audit.office} /> },
                { name: t('column.opened'), value: moment(audit.openedAt) },
              ]}
            />
            <ul className="ask-row">
              {audit.declarations.map((declaration) => (
                <li key={declaration}>
                  <Link to="/declarations/$id" params={{ id: declaration }} translate="no">
                    {declaration}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
          <Section title={t('story.title')}>
            <Story entries={audit.story} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

/** The bills whose duty the audit had computed anew. */
function Corrected({ of }: { readonly of: readonly string[] }) {
  return (
    <span className="tag-row">
      {of.map((declaration) => (
        <Link key={declaration} to="/duty/$declaration" params={{ declaration }} translate="no">
          {declaration}
        </Link>
      ))}
    </span>
  );
}

function Requests({ audit, path }: { readonly audit: Audit; readonly path: string }) {
  const { t } = useTranslation('authorities');
  const { date, moment } = useFormat();
  if (audit.requests.length === 0) return <p className="muted">{t('audit.noRequests')}</p>;
  return (
    <ul className="conditions">
      {audit.requests.map((request) => (
        <li key={request.id} className="condition">
          <p className="condition-head">
            <b>{t(`request.${request.kind}`)}</b>
            {request.repliedAt ? (
              <Tag tone="green" icon="done">
                {t('request.replied', { at: moment(request.repliedAt) })}
              </Tag>
            ) : (
              <Tag tone={request.overdue ? 'red' : 'yellow'} icon="clock">
                {t('request.due', { day: date(request.dueOn) })}
              </Tag>
            )}
          </p>
          <p>{request.items.join(' · ')}</p>
          {request.statement ? <p className="muted">{request.statement}</p> : null}
          {request.repliedAt ? null : (
            <RequestActs request={request} path={path} allowed={audit.allowed} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const { t } = useTranslation('authorities');
  if (differences.length === 0) return null;
  return (
    <MiniTable
      caption={t('field.differs')}
      rows={differences}
      rowKey={({ declaration, lineNo, field }) => `${declaration} ${lineNo} ${field}`}
      columns={[
        {
          id: 'declaration',
          title: t('column.declaration'),
          isName: true,
          render: ({ declaration, lineNo }) => (
            <span translate="no">
              {declaration}
              {lineNo ? ` #${lineNo}` : null}
            </span>
          ),
        },
        {
          id: 'field',
          title: t('field.differs'),
          render: ({ field }) => t(`differs.${field}`),
        },
        { id: 'declared', title: t('field.declared'), render: ({ declared }) => declared },
        { id: 'found', title: t('field.found'), render: ({ found }) => found },
      ]}
    />
  );
}
