import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListEntriesPage, RiskList } from '../../../../../src/contexts/risk/rules/contract.ts';
import { address } from '../../../parts/api.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Code, Page, Section } from '../../../parts/page.tsx';
import { useAsk, useAskList, useCommand } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { UploadList } from './upload-list.tsx';
import '../risk.css';

/** One list: what is on it, until when, and who answers for it. */
export function ListScreen() {
  const { name = '' } = useParams({ strict: false });
  const path = `/api/risk/lists/${encodeURIComponent(name)}`;
  const { data, error, refetch } = useAsk<RiskList>(path);
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return <ListView list={data} path={path} />;
}

function ListView({ list, path }: { readonly list: RiskList; readonly path: string }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const answer = useCommand<{ readonly approve: boolean }, RiskList>(
    ({ approve }) => ({
      method: 'POST',
      path: `${path}/approval`,
      body: { version: list.proposed?.version, approve },
    }),
    ['/api/risk/'],
  );
  const may = (act: string) => list.allowed.includes(act);
  return (
    <Page
      title={format.label(list.label)}
      lead={<Code>lists.{list.name}</Code>}
      actions={
        may('upload') ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('lists.upload')}
          </Button>
        ) : null
      }
    >
      {list.proposed ? (
        <Section title={t('lists.waiting')}>
          <p>
            {t('next.proposedBy', { by: list.proposed.by, at: format.moment(list.proposed.at) })} ·{' '}
            {format.number(list.proposed.entries)} {t('lists.entries')} · {list.proposed.origin}
          </p>
          <div className="next-acts">
            {may('approve') ? (
              <>
                <Button
                  type="primary"
                  loading={answer.isPending}
                  onClick={() => answer.mutate({ approve: true })}
                >
                  {t('next.approve')}
                </Button>
                <Button danger onClick={() => answer.mutate({ approve: false })}>
                  {t('next.reject')}
                </Button>
              </>
            ) : (
              <p className="faint">{t('next.fourEyes')}</p>
            )}
          </div>
          <Trouble error={answer.error} />
        </Section>
      ) : null}
      {list.usedBy.length > 0 ? (
        <p>
          {t('lists.column.usedBy')}:{' '}
          {list.usedBy.map((rule) => (
            <Link key={rule} to="/rules/$id" params={{ id: rule }} className="rule-use">
              {rule}
            </Link>
          ))}
        </p>
      ) : null}
      <Entries list={list} path={path} />
      <Section title={t('versions.title')}>
        <ul className="versions">
          {list.versions.map((version) => (
            <li key={version.version}>
              <span>
                {t('rules.version', { version: version.version })}{' '}
                <Tag tone={version.state === 'published' ? 'green' : 'plain'}>
                  {t(`listState.${version.state}`)}
                </Tag>
                <span className="cell-sub">{version.origin}</span>
              </span>
              <span className="faint">
                {format.number(version.entries)} · {version.by} · {format.moment(version.at)}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      {isOpen ? <UploadList isOpen onClose={() => setOpen(false)} list={list} /> : null}
    </Page>
  );
}

function Entries({ list, path }: { readonly list: RiskList; readonly path: string }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const [from, setFrom] = useState(0);
  const version = list.published?.version ?? list.proposed?.version;
  const { data, error } = useAskList<ListEntriesPage>(
    `${path}/entries`,
    { version, from },
    version !== undefined,
  );
  return (
    <Section
      title={t('lists.entries')}
      aside={
        version === undefined ? null : (
          <a href={address(`${path}/entries.xlsx`, { version })} download>
            <Icon name="download" size={15} /> {t('lists.download')}
          </a>
        )
      }
    >
      <Trouble error={error} />
      <div className="scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('lists.value')}</th>
              <th scope="col">{t('lists.column.until')}</th>
              <th scope="col">{t('lists.note')}</th>
            </tr>
          </thead>
          <tbody>
            {(data?.entries ?? []).map((entry) => (
              <tr key={String(entry.value)}>
                <th scope="row" translate="no">
                  {String(entry.value)}
                </th>
                <td>{format.date(entry.until)}</td>
                <td>{entry.note ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data?.next ? (
        <Button onClick={() => setFrom(data.next ?? 0)}>{t('lists.more')}</Button>
      ) : null}
    </Section>
  );
}
