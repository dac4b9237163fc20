import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Audit, Difference } from '../../../../src/contexts/clearance/audits/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { ScrollX } from '../../parts/scroll-x.tsx';
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
          {audit.reason}
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
                { name: t('column.party'), value: audit.organisation },
                { name: t('column.office'), value: audit.office },
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
          <p>{request.items.join('；')}</p>
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
    <ScrollX label={t('field.differs')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('column.declaration')}</th>
            <th scope="col">{t('field.differs')}</th>
            <th scope="col">{t('field.declared')}</th>
            <th scope="col">{t('field.found')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ declaration, lineNo, field, declared, found }) => (
            <tr key={`${declaration} ${lineNo} ${field}`}>
              <th scope="row" translate="no">
                {declaration}
                {lineNo ? ` #${lineNo}` : null}
              </th>
              <td>{t(`differs.${field}`)}</td>
              <td>{declared}</td>
              <td>{found}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
