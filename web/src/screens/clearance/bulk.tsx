import { Button, Progress } from 'antd';
import { type DragEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Code, Page, Section } from '../../parts/page.tsx';
import { Trouble } from '../../parts/refusal-list.tsx';
import { download } from './bulk/download.ts';
import { type Run, useFilingRun } from './bulk/filing-run.ts';
import { decodeText, type ReadFile, readFilings, template } from './bulk/read-filings.ts';
import { BulkResults } from './bulk/results.tsx';
import './clearance.css';

interface Chosen extends ReadFile {
  readonly name: string;
  readonly bytes: number;
}

/** Many filings from one file: read here, tried without filing, then filed; each has its own answer. */
export function BulkScreen() {
  const { t } = useTranslation('clearance');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { run, start, forget } = useFilingRun();
  const choose = async (file: File) => {
    forget();
    const text = decodeText(await file.arrayBuffer());
    setChosen({ name: file.name, bytes: file.size, ...readFilings(file.name, text) });
  };
  return (
    <Page title={t('bulk.title')} lead={t('bulk.lead')}>
      <Section
        title={t('bulk.file')}
        aside={
          <button
            type="button"
            className="link-button"
            onClick={() => download('declarations.csv', template(), 'text/csv')}
          >
            {t('bulk.template')}
          </button>
        }
      >
        <DropField onFile={(file) => void choose(file)} />
        {chosen ? <Preview chosen={chosen} /> : <p className="faint">{t('bulk.formats')}</p>}
        {chosen && chosen.filings.length > 0 ? (
          <Steps
            run={run}
            count={chosen.filings.length}
            onTry={() => start(chosen.filings, true)}
            onFile={() => start(chosen.filings, false)}
          />
        ) : null}
        {run ? <RunProgress run={run} /> : null}
        <Trouble error={run?.error} />
        {run?.error ? <p className="muted">{t('bulk.again')}</p> : null}
      </Section>
      {run && run.answers.length > 0 && chosen ? (
        <BulkResults key={String(run.isDry)} run={run} fileName={chosen.name} />
      ) : null}
    </Page>
  );
}

function DropField({ onFile }: { onFile(file: File): void }) {
  const { t } = useTranslation('clearance');
  const id = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent, value: boolean) => {
    event.preventDefault();
    setOver(value);
  };
  return (
    <>
      <input
        id={id}
        className="visually-hidden drop-input"
        type="file"
        accept=".ndjson,.jsonl,.json,.csv"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      <label
        htmlFor={id}
        className={isOver ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => over(event, true)}
        onDragLeave={(event) => over(event, false)}
        onDrop={(event) => {
          over(event, false);
          const file = event.dataTransfer.files[0];
          if (file) onFile(file);
        }}
      >
        <Icon name="bulk" size={26} />
        <span>{t('bulk.drop')}</span>
      </label>
    </>
  );
}

/** What was read, before anything is sent. */
function Preview({ chosen }: { readonly chosen: Chosen }) {
  const { t } = useTranslation('clearance');
  const { number, bytes } = useFormat();
  const { filings, unreadable, unknownColumns } = chosen;
  return (
    <div className="bulk-preview">
      <p>
        <b>{t('bulk.read', { count: filings.length, shown: number(filings.length) })}</b>{' '}
        <span className="faint">
          {chosen.name} · {bytes(chosen.bytes)}
          {filings.length > 0 ? ' · ' : null}
          {filings.slice(0, 3).map(({ id, at }) => (
            <span key={at}>
              <Code>{id}</Code>{' '}
            </span>
          ))}
          {filings.length > 3 ? '…' : null}
        </span>
      </p>
      {unknownColumns.length > 0 ? (
        <p className="bulk-warning">
          <Icon name="warning" size={15} />
          {t('bulk.unknownColumns', { names: unknownColumns.join(', ') })}
        </p>
      ) : null}
      {unreadable.length > 0 ? (
        <details>
          <summary>{t('bulk.unreadable', { count: unreadable.length })}</summary>
          <ul className="bulk-problems">
            {unreadable.slice(0, 100).map(({ at, why, seen }) => (
              <li key={at}>
                {t('bulk.at', { at })} · {t(`bulk.why.${why}`)} <Code>{seen}</Code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

/** First without filing, then for real; nothing is filed that was not tried. */
function Steps({
  run,
  count,
  onTry,
  onFile,
}: {
  readonly run: Run | null;
  readonly count: number;
  onTry(): void;
  onFile(): void;
}) {
  const { t } = useTranslation('clearance');
  const { number } = useFormat();
  const isTried = run !== null && !run.isRunning && (!run.isDry || run.error === null);
  const isFiled = run !== null && !run.isDry && !run.isRunning && run.error === null;
  return (
    <p className="act-buttons">
      <Button
        type={isTried ? 'default' : 'primary'}
        onClick={onTry}
        loading={run?.isRunning === true && run.isDry}
        disabled={run?.isRunning === true}
      >
        {t('bulk.try')}
      </Button>
      <Button
        type={isTried && !isFiled ? 'primary' : 'default'}
        onClick={onFile}
        loading={run?.isRunning === true && !run.isDry}
        disabled={!isTried || isFiled}
      >
        {t('bulk.do', { count, shown: number(count) })}
      </Button>
      <span className="faint">{t('bulk.steps')}</span>
    </p>
  );
}

function RunProgress({ run }: { readonly run: Run }) {
  const { t } = useTranslation('clearance');
  const { number } = useFormat();
  const text = t(run.isDry ? 'bulk.tried' : 'bulk.filed', {
    done: number(run.done),
    of: number(run.of),
  });
  return (
    <div className="bulk-progress" role="status">
      <Progress
        percent={run.of === 0 ? 0 : (100 * run.done) / run.of}
        showInfo={false}
        size="small"
        aria-label={text}
      />
      <span className="faint">{text}</span>
    </div>
  );
}
