import { Link } from '@tanstack/react-router';
import { Button, Progress, Select, Upload } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Model,
  ModelAim,
  ModelRow,
  Training,
  TrainingRun,
} from '../../../../../src/contexts/risk/models/contract.ts';
import { put } from '../../../parts/api.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Page, Section } from '../../../parts/page.tsx';
import { useAsk, useAskList, useCommand, useMay } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { ModelStatusTag } from './model-status.tsx';
import '../risk.css';

const AIMS = ['harm', 'precursor', 'hazard'] as const satisfies readonly ModelAim[];
const FIGURES = ['auc', 'precision_at_1', 'precision_at_5', 'precision_at_10', 'ece'] as const;

/** Every model the port has had: what it reached on data it was not fitted on, and where it stands. */
export function ModelsScreen() {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const may = useMay();
  const { data, error, isLoading, refetch } = useAskList<{ readonly models: readonly ModelRow[] }>(
    '/api/risk/models',
  );
  const columns: readonly Column<ModelRow>[] = [
    {
      id: 'model',
      title: t('models.column.model'),
      isName: true,
      render: (model) => (
        <TwoLines
          under={
            <>
              {t(`aim.${model.aim}`)} · {t(`models.origin.${model.origin}`)}
            </>
          }
        >
          <Link to="/models/$id" params={{ id: model.id }} translate="no">
            {model.id}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('rules.column.status'),
      render: (model) => (
        <span className="cell-stack">
          <ModelStatusTag status={model.status} />
          {model.proposal ? (
            <Tag tone="yellow" icon="clock">
              {t(`proposal.${model.proposal.to}`)}
            </Tag>
          ) : null}
        </span>
      ),
    },
    ...FIGURES.map(
      (figure): Column<ModelRow> => ({
        id: figure,
        title: t(`figure.${figure}`),
        align: 'end',
        render: (model) => {
          const { value } = model.figures[figure];
          return figure === 'auc' || figure === 'ece' ? value.toFixed(3) : format.percent(value);
        },
      }),
    ),
    {
      id: 'made',
      title: t('models.column.made'),
      render: (model) => (
        <TwoLines under={model.madeBy}>
          <span className="cell-nowrap">{format.moment(model.madeAt)}</span>
        </TwoLines>
      ),
    },
    {
      id: 'live',
      title: t('models.column.live'),
      render: (model) =>
        model.liveFrom
          ? `${format.moment(model.liveFrom)} – ${model.liveTo ? format.moment(model.liveTo) : t('models.now')}`
          : '—',
    },
  ];
  return (
    <Page wide title={t('models.title')} lead={t('models.lead')}>
      {may('risk.model.train') ? <TrainingSection /> : null}
      <DataTable
        name="models"
        caption={t('models.title')}
        columns={columns}
        rows={data?.models}
        rowKey={(model) => model.id}
        isLoading={isLoading}
        error={error}
        onRetry={() => void refetch()}
        total={data ? t('models.count', { count: data.models.length }) : null}
        empty={
          <EmptyState icon="model" title={t('models.empty')}>
            {t('models.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

const nameNow = () => `M-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}`;

/** Learning from the port's own findings, on a schedule or now; what comes of it is a draft. */
function TrainingSection() {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { data, refetch } = useAsk<Training>('/api/risk/training');
  const [aim, setAim] = useState<ModelAim>('harm');
  const train = useCommand<string, TrainingRun>(
    (id) => ({ method: 'POST', path: '/api/risk/training', body: { id, aim } }),
    ['/api/risk/training', '/api/risk/models'],
  );
  const cancel = useCommand<string>(
    (id) => ({ method: 'POST', path: `/api/risk/training/${encodeURIComponent(id)}/cancel` }),
    ['/api/risk/training'],
  );
  const running = data?.running ?? null;
  const last = data?.runs.find(({ state }) => state !== 'running');
  return (
    <Section
      title={t('training.title')}
      aside={data?.nextAt ? t('training.next', { at: format.moment(data.nextAt) }) : null}
    >
      {running ? (
        <div className="backtest-run">
          <Progress
            className="backtest-progress"
            percent={Math.round((running.share ?? 0) * 100)}
            size="small"
            aria-label={t('training.progress')}
          />
          <span className="faint">
            {t('training.from', {
              examined: format.number(running.examined),
              found: format.number(running.found),
            })}
          </span>
          <Button size="small" onClick={() => cancel.mutate(running.id)}>
            {t('training.cancel')}
          </Button>
        </div>
      ) : (
        <div className="backtest-run">
          <Button type="primary" loading={train.isPending} onClick={() => train.mutate(nameNow())}>
            {t('training.now')}
          </Button>
          <AimSelect aim={aim} onChange={setAim} />
          <UploadModel aim={aim} onDone={() => void refetch()} />
          <span className="faint">
            {t(`aim.${aim}.text`)}{' '}
            {t('training.lead', { examined: data?.examinedMin ?? 0, found: data?.foundMin ?? 0 })}
          </span>
        </div>
      )}
      {last && !running ? (
        <p className="training-last">
          {format.moment(last.endedAt)} · {t(`aim.${last.aim}`)} ·{' '}
          {t(`training.state.${last.state}`)}
          {last.sentence ? ` · ${format.label(last.sentence)}` : null}
          {last.state === 'done' ? (
            <>
              {' '}
              <Link to="/models/$id" params={{ id: last.id }} translate="no">
                {last.id}
              </Link>
            </>
          ) : null}
        </p>
      ) : null}
      <Trouble error={train.error ?? cancel.error} />
    </Section>
  );
}

/** What the next model is to find, and among which goods. */
function AimSelect({ aim, onChange }: { readonly aim: ModelAim; onChange(aim: ModelAim): void }) {
  const { t } = useTranslation('risk');
  return (
    <Select
      aria-label={t('aim.label')}
      value={aim}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={AIMS.map((value) => ({ value, label: t(`aim.${value}`) }))}
    />
  );
}

/** A file made by `jianghai risk train` becomes a draft here. */
function UploadModel({ aim, onDone }: { readonly aim: ModelAim; onDone(): void }) {
  const { t } = useTranslation('risk');
  const id = useId();
  const [error, setError] = useState<unknown>(null);
  return (
    <>
      <Upload
        id={id}
        accept=".json"
        showUploadList={false}
        customRequest={({ file }) => {
          const name = nameNow();
          put<Model>(`/api/risk/models/${name}?aim=${aim}`, file as File).then(
            () => {
              setError(null);
              onDone();
            },
            (refusal: unknown) => setError(refusal),
          );
        }}
      >
        <Button icon={<Icon name="file" size={15} />}>{t('models.upload')}</Button>
      </Upload>
      <Trouble error={error} />
    </>
  );
}
