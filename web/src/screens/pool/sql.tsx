import { Button, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Dataset, SqlAnswer } from '../../../../src/contexts/pool/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Code, Page, Section } from '../../parts/page.tsx';
import { useAsk, useCommand } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import './pool.css';

const FIRST_QUESTION = `select lane, count(*) as declarations
from clearance_decided
group by lane
order by declarations desc`;

/** Questions to a snapshot of the pool. They can read and nothing else, and the page says the limits. */
export function SqlScreen() {
  const { t } = useTranslation('pool');
  const [state, change] = useUrlState();
  const [sql, setSql] = useState(state.sql ?? FIRST_QUESTION);
  const ask = useCommand<string, SqlAnswer>((question) => ({
    method: 'POST',
    path: '/api/pool/sql',
    body: { sql: question },
  }));
  const run = () => {
    if (!sql.trim() || ask.isPending) return;
    change({ sql }, { replace: true });
    ask.mutate(sql);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  };
  return (
    <Page wide title={t('sql.title')} lead={t('sql.lead')}>
      <div className="sql">
        <div>
          <Section title={t('sql.question')} aside={<span>{t('sql.keys')}</span>}>
            <Input.TextArea
              className="sql-text"
              aria-label={t('sql.question')}
              value={sql}
              onChange={(event) => setSql(event.target.value)}
              onKeyDown={onKey}
              autoSize={{ minRows: 5, maxRows: 18 }}
              maxLength={20_000}
              spellCheck={false}
            />
            <div className="sql-run">
              <Button type="primary" loading={ask.isPending} onClick={run}>
                {t('sql.run')}
              </Button>
              <span className="faint">{t('sql.limits')}</span>
            </div>
            <Trouble error={ask.error} />
          </Section>
          {ask.data ? <Answer answer={ask.data} /> : null}
        </div>
        <Datasets onChoose={(name) => setSql(`select *\nfrom ${name}\nlimit 100`)} />
      </div>
    </Page>
  );
}

function Answer({ answer }: { readonly answer: SqlAnswer }) {
  const { t } = useTranslation('pool');
  const format = useFormat();
  const title = t('sql.answer', {
    count: answer.rows.length,
    shown: format.number(answer.rows.length),
  });
  return (
    <Section
      plain
      title={title}
      aside={t('sql.took', {
        time: format.duration(answer.elapsedMs / 1000),
        at: format.moment(answer.snapshotAt, { seconds: true }),
      })}
    >
      <div className="table-sheet">
        {answer.truncated ? <p className="sql-truncated">{t('sql.truncated')}</p> : null}
        {answer.rows.length === 0 ? (
          <EmptyState title={t('sql.nothing')} />
        ) : (
          <section
            className="scroll sql-answer"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard.
            tabIndex={0}
            aria-label={t('sql.table')}
          >
            <table className="plain-table">
              <thead>
                <tr>
                  {answer.columns.map((column) => (
                    <th key={column.name} scope="col">
                      {column.name} <span className="sql-type">{column.type.toLowerCase()}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {answer.rows.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of an answer have no identity and never move.
                  <tr key={index}>
                    {row.map((value, column) => (
                      <td
                        key={answer.columns[column]?.name}
                        className={typeof value === 'number' ? 'cell-end' : undefined}
                      >
                        {value === null ? <span className="faint">null</span> : String(value)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </Section>
  );
}

/** What there is to ask about, beside the question. */
function Datasets({ onChoose }: { onChoose(name: string): void }) {
  const { t } = useTranslation('pool');
  const format = useFormat();
  const { data } = useAsk<{ readonly datasets: readonly z.infer<typeof Dataset>[] }>(
    '/api/pool/datasets',
  );
  return (
    <Section title={t('sql.datasets')}>
      <ul className="sql-datasets">
        {(data?.datasets ?? []).map((dataset) => (
          <li key={dataset.name}>
            <button type="button" className="link-button" onClick={() => onChoose(dataset.name)}>
              <Code>{dataset.name}</Code>
            </button>
            <p className="faint">
              {format.label(dataset.label)} · {format.number(dataset.rows)}
            </p>
            <details>
              <summary>{t('dataset.columns', { count: dataset.columns.length })}</summary>
              <ul>
                {dataset.columns.map((column) => (
                  <li key={column.name}>
                    <Code>{column.name}</Code>{' '}
                    <span className="faint">
                      {column.label ? format.label(column.label) : column.type.toLowerCase()}
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}
