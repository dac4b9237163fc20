import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Dataset } from '../../../../src/contexts/pool/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Code, Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk, useMe } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { mayAskSql } from './pool.ts';
import { QualityTag } from './quality.tsx';

import './pool.css';

/** One dataset: its columns, the checks it is held to, and every source it is made of. */
export function DatasetScreen() {
  const { t } = useTranslation('pool');
  const format = useFormat();
  const { sentence } = useMessages();
  const me = useMe();
  const { name = '' } = useParams({ strict: false });
  const { data, error, refetch } = useAsk<z.infer<typeof Dataset>>(
    `/api/pool/datasets/${encodeURIComponent(name)}`,
  );
  if (!data) {
    return (
      <Page title={name}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={format.label(data.label)}
      lead={<Code>{data.name}</Code>}
      actions={
        me && mayAskSql(me) ? (
          <Link
            to="/pool/sql"
            search={{ sql: `select * from ${data.name} limit 100` }}
            className="button-link"
          >
            {t('dataset.query')}
          </Link>
        ) : null
      }
    >
      <Section title={t('dataset.about')} aside={<QualityTag checks={data.quality} />}>
        <Pairs
          items={[
            { name: t('column.kind'), value: t(`kind.${data.kind}`) },
            { name: t('column.rows'), value: format.number(data.rows) },
            { name: t('column.size'), value: format.bytes(data.bytes) },
            { name: t('column.fresh'), value: format.moment(data.freshAt, { seconds: true }) },
          ]}
        />
      </Section>
      <div className="two">
        <Section title={t('dataset.columns', { count: data.columns.length })} plain>
          <div className="table-sheet">
            <table className="table">
              <caption className="visually-hidden">{t('dataset.columnsCaption')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('column.name')}</th>
                  <th scope="col">{t('column.meaning')}</th>
                  <th scope="col">{t('column.type')}</th>
                </tr>
              </thead>
              <tbody>
                {data.columns.map((column) => (
                  <tr key={column.name}>
                    <th scope="row">
                      <Code>{column.name}</Code>
                    </th>
                    <td data-title={t('column.meaning')}>{format.label(column.label)}</td>
                    <td data-title={t('column.type')}>
                      <Code>{column.type}</Code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
        <div>
          <Section title={t('quality.title')}>
            <ul className="checks">
              {data.quality.map((check) => (
                <li key={check.name}>
                  <span>{format.label(check.label)}</span>
                  {check.passed ? (
                    <Tag tone="green" icon="done">
                      {t('quality.ok')}
                    </Tag>
                  ) : (
                    <Tag tone="red" icon="warning">
                      {t('quality.violations', {
                        count: check.violations,
                        shown: format.number(check.violations),
                      })}
                    </Tag>
                  )}
                </li>
              ))}
            </ul>
          </Section>
          <Section title={t('lineage.title')}>
            <ul className="lineage">
              {data.lineage.map((source) => (
                <li key={`${source.source} ${source.sha256 ?? ''}`}>
                  <p>
                    <strong>{sentence(`event.${source.source}`, {}, source.source)}</strong>
                  </p>
                  <p className="faint">
                    {[
                      t('lineage.rows', { count: source.rows, shown: format.number(source.rows) }),
                      source.rejected > 0
                        ? t('lineage.rejected', {
                            count: source.rejected,
                            shown: format.number(source.rejected),
                          })
                        : null,
                      source.mapping ? t('lineage.mapping', { mapping: source.mapping }) : null,
                      source.at ? format.moment(source.at) : null,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </p>
                  {source.sha256 ? (
                    <p className="faint">
                      SHA-256 <Code>{source.sha256}</Code>
                    </p>
                  ) : null}
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </Page>
  );
}
