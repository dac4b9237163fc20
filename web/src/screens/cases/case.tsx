import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Case, CaseFinding } from '../../../../src/contexts/cases/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk, useMay } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { CaseTag } from '../../parts/tag.tsx';
import { OwnerName } from '../clearance/owner-name.tsx';
import { AboutLink, aboutKind } from './about-link.tsx';
import { AddFinding } from './add-finding.tsx';
import { Clock, SeverityTag } from './case-parts.tsx';
import './cases.css';

/** One case: what was found, whose turn it is, and the declaration where it is settled. */
export function CaseScreen() {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const { data: item, error, refetch } = useAsk<Case>(`/api/cases/${encodeURIComponent(id)}`);
  if (!item) {
    return (
      <Page title={t('case', { id })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const kind = aboutKind(item);
  const isOfGoods = kind === 'declaration';
  return (
    <Page
      title={format.label(item.title)}
      lead={
        <span className="case-lead">
          <CaseTag status={item.status} />
          <span translate="no">{item.id}</span>
        </span>
      }
      actions={
        kind ? (
          <AboutLink item={item} className="button-link">
            {t(isOfGoods ? (item.status === 'open' ? 'act' : 'see') : `see.${kind}`)}
          </AboutLink>
        ) : null
      }
    >
      <div className="two">
        <Section title={t('findings', { count: item.findings.length })}>
          {item.findings.length === 0 ? (
            <EmptyState title={t('findings.none')}>{t('findings.none.text')}</EmptyState>
          ) : (
            <ol className="findings">
              {item.findings.map((finding, index) => (
                <FindingItem
                  key={`${finding.kind} ${String(index)}`}
                  finding={finding}
                  isOfGoods={isOfGoods}
                />
              ))}
            </ol>
          )}
          {item.status === 'open' && may('cases.addFinding') ? <AddFinding id={item.id} /> : null}
        </Section>
        <Section title={t('course')}>
          <Pairs
            items={[
              {
                name: t(kind ? `about.${kind}` : 'column.about'),
                value: <AboutLink item={item} />,
              },
              { name: t('column.clock'), value: <Clock item={item} /> },
              { name: t('turn'), value: <OwnerName owner={item.owners[0] ?? null} /> },
              ...(item.owners.length > 1
                ? [
                    {
                      name: t('others'),
                      value: item.owners.slice(1).map((owner) => (
                        <div key={owner}>
                          <OwnerName owner={owner} />
                        </div>
                      )),
                    },
                  ]
                : []),
              {
                name: t('column.opened'),
                value: `${format.moment(item.openedAt)} · ${item.openedBy}`,
              },
              ...(item.closedAt
                ? [
                    {
                      name: t('closed'),
                      value: `${format.moment(item.closedAt)} · ${t(
                        `disposition.${item.outcome as 'release'}`,
                        { defaultValue: item.outcome ?? '—' },
                      )}`,
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      </div>
    </Page>
  );
}

function FindingItem({
  finding,
  isOfGoods,
}: {
  readonly finding: CaseFinding;
  /** Of a consignment: then it is about a line of it, or the whole. */
  readonly isOfGoods: boolean;
}) {
  const { t } = useTranslation('cases');
  const { decimal, moment } = useFormat();
  const { sentence } = useMessages();
  return (
    <li>
      <p className="finding-head">
        <strong>{sentence(`finding.${finding.kind}`, {}, finding.kind)}</strong>
        <SeverityTag findings={[finding]} />
      </p>
      {finding.description ? <p>{finding.description}</p> : null}
      <p className="faint">
        {[
          isOfGoods
            ? finding.lineNo === null
              ? t('finding.whole')
              : t('finding.line', { line: finding.lineNo })
            : null,
          finding.quantity ? decimal(finding.quantity, finding.unit) : null,
          finding.added ? `${moment(finding.added.at)} · ${finding.added.person}` : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  );
}
