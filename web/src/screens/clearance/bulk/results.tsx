import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Icon, type IconName } from '../../../parts/icon.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { Section } from '../../../parts/page.tsx';
import { LaneTag, Tag, type Tone } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useFieldLabel } from '../words.ts';
import { download } from './download.ts';
import type { Answered, Result, Run } from './filing-run.ts';

const OUTCOMES = ['released', 'accepted', 'returned', 'refused'] as const;
const LOOKS: Record<Result['outcome'], readonly [Tone, IconName]> = {
  released: ['green', 'done'],
  removed: ['blue', 'truck'],
  accepted: ['blue', 'clock'],
  returned: ['red', 'error'],
  refused: ['red', 'stop'],
};
/** Rows a page can show without slowing down; filters and the download reach the rest. */
const ROWS_SHOWN = 200;
const isReject = ({ result }: Answered) =>
  result.outcome === 'returned' || result.outcome === 'refused';

/** The answer to each filing, by outcome; what was rejected can be taken away, corrected and sent again. */
export function BulkResults({ run, fileName }: { readonly run: Run; readonly fileName: string }) {
  const { t } = useTranslation('clearance');
  const { number } = useFormat();
  const [outcome, setOutcome] = useState<Result['outcome'] | null>(null);
  const columns = useResultColumns(run.isDry);
  const shown = run.answers.filter(({ result }) => outcome === null || result.outcome === outcome);
  const rejects = run.answers.filter(isReject);
  const base = fileName.replace(/\.\w+$/, '');
  return (
    <Section title={t(run.isDry ? 'bulk.wouldBe' : 'bulk.results')} plain>
      <div className="work-bar">
        <fieldset className="work-tasks">
          <legend className="visually-hidden">{t('bulk.byOutcome')}</legend>
          <button
            type="button"
            className="task-chip"
            aria-pressed={outcome === null}
            onClick={() => setOutcome(null)}
          >
            {t('work.all')} <b>{number(run.answers.length)}</b>
          </button>
          {OUTCOMES.map((each) => (
            <button
              key={each}
              type="button"
              className="task-chip"
              aria-pressed={outcome === each}
              onClick={() => setOutcome(each)}
            >
              {t(`result.${each}`)}{' '}
              <b>{number(run.answers.filter(({ result }) => result.outcome === each).length)}</b>
            </button>
          ))}
        </fieldset>
        {rejects.length > 0 ? (
          <span className="bulk-downloads">
            <Button
              size="small"
              icon={<Icon name="download" size={15} />}
              onClick={() => download(`${base}-rejects.ndjson`, asNdjson(rejects))}
            >
              {t('bulk.rejects')}
            </Button>
          </span>
        ) : null}
      </div>
      <DataTable
        caption={t('bulk.results')}
        columns={columns}
        rows={shown.slice(0, ROWS_SHOWN)}
        rowKey={({ at, result }) => `${at} ${result.id}`}
        total={
          shown.length > ROWS_SHOWN
            ? t('bulk.first', { shown: ROWS_SHOWN, of: number(shown.length) })
            : null
        }
        empty={<p className="muted content-none">{t('bulk.noneOfOutcome')}</p>}
      />
    </Section>
  );
}

/** As they were sent, each with what is wrong: correct them, take `problems` out, and send again. */
const asNdjson = (rejects: readonly Answered[]): string =>
  rejects
    .map(({ filing, result }) =>
      JSON.stringify({ ...(filing as object), problems: result.problems }),
    )
    .join('\n');

function useResultColumns(isDry: boolean): readonly Column<Answered>[] {
  const { t } = useTranslation('clearance');
  return [
    {
      id: 'id',
      title: t('bulk.id'),
      isName: true,
      render: ({ result, at }) => (
        <TwoLines under={t('bulk.at', { at })}>
          {isDry || result.outcome === 'refused' ? (
            <span translate="no">{result.id || '—'}</span>
          ) : (
            <Link to="/declarations/$id" params={{ id: result.id }} translate="no">
              {result.id}
            </Link>
          )}
        </TwoLines>
      ),
    },
    {
      id: 'outcome',
      title: t('bulk.outcome'),
      render: ({ result }) => {
        const [tone, icon] = LOOKS[result.outcome];
        return (
          <TwoLines under={result.repeated ? t('outcome.repeated') : null}>
            <Tag tone={tone} icon={icon}>
              {t(`result.${result.outcome}`)}
            </Tag>
          </TwoLines>
        );
      },
    },
    { id: 'lane', title: t('column.lane'), render: ({ result }) => <LaneTag lane={result.lane} /> },
    { id: 'said', title: t('bulk.said'), render: ({ result }) => <Said result={result} /> },
  ];
}

function Said({ result }: { readonly result: Result }) {
  const { t } = useTranslation('clearance');
  const { t: tp } = useTranslation('parts');
  const { sentence } = useMessages();
  const label = useFieldLabel();
  if (result.problems.length > 0) {
    return (
      <ul className="bulk-problems">
        {result.problems.map(({ code, path, seen, params }, index) => {
          const said = sentence(code, { ...(seen === undefined ? {} : { seen }), ...params });
          const name = path ? label(path) : null;
          return (
            <li key={`${code} ${String(index)}`}>
              {name === null
                ? said
                : said.includes('{path}')
                  ? said.replace('{path}', name)
                  : `${name}${t('colon')}${said}`}
            </li>
          );
        })}
      </ul>
    );
  }
  return (
    <>
      {result.number ? <span translate="no">{result.number} </span> : null}
      {result.unmet.length > 0 ? (
        <span className="muted">
          {t('outcome.waitsFor', {
            names: result.unmet.map((kind) => sentence(`condition.${kind}`)).join(tp('listComma')),
          })}
        </span>
      ) : null}
    </>
  );
}
