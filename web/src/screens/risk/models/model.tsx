import { useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useCallback, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation, Measure } from '../../../../../src/contexts/risk/learning/contract.ts';
import type { Model } from '../../../../../src/contexts/risk/models/contract.ts';
import { Chart } from '../../../parts/chart.tsx';
import { useFacts } from '../../../parts/facts.ts';
import { useFormat } from '../../../parts/format.ts';
import { useMessages } from '../../../parts/messages.ts';
import { Code, Page, Pairs, Section } from '../../../parts/page.tsx';
import type { Palette } from '../../../parts/palette.ts';
import { useAsk, useCommand } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { DriftSection } from './drift.tsx';
import { ModelStatusTag } from './model-status.tsx';
import '../risk.css';

/** The card of a model: what it was made from, what it reached, what it must not be used for. */
export function ModelScreen() {
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch } = useAsk<Model>(`/api/risk/models/${encodeURIComponent(id)}`);
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return <ModelView model={data} />;
}

function ModelView({ model }: { readonly model: Model }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { card } = model;
  return (
    <Page
      wide
      title={t('model.title', { id: model.id })}
      lead={
        <span className="rule-lead">
          <ModelStatusTag status={model.status} />
          <Code>{model.version.slice(0, 12)}</Code>
          <Tag tone="plain">{t(`aim.${model.aim}`)}</Tag>
          <span className="faint">{t(`models.origin.${model.origin}`)}</span>
        </span>
      }
    >
      <div className="two">
        <div>
          <Figures evaluation={card.evaluation} />
          <Calibration evaluation={card.evaluation} method={card.calibration} />
          <Features model={model} />
          {model.status === 'live' || model.status === 'shadow' ? (
            <DriftSection id={model.id} />
          ) : null}
        </div>
        <div>
          <NextStep model={model} />
          <Section title={t('card.data')}>
            <ul className="card-data">
              {card.data.map((part) => (
                <li key={part.role}>
                  <strong>{t(`card.role.${part.role}`)}</strong>
                  <span className="cell-sub">
                    {t('card.rows', {
                      rows: format.number(part.rows),
                      positives: format.number(part.positives),
                    })}
                    {part.from && part.to
                      ? ` · ${format.date(part.from)} – ${format.date(part.to)}`
                      : null}
                  </span>
                  <span className="cell-sub" translate="no">
                    {part.source}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
          <Section title={t('card.notFor')}>
            <ul className="card-warnings">
              {card.notFor.map((each) => (
                <li key={each.en}>{format.label(each)}</li>
              ))}
            </ul>
            {card.leaks.map((leak) => (
              <p key={leak.fact} className="backtest-note">
                {format.label(leak.sentence)}
              </p>
            ))}
          </Section>
          <Section title={t('card.training')}>
            <Pairs
              items={[
                { name: t('card.trees'), value: format.number(card.training.trees) },
                { name: t('card.leaves'), value: format.number(card.training.leaves) },
                { name: t('card.seed'), value: String(card.training.seed) },
                { name: t('card.label'), value: <Code>{card.label}</Code> },
                { name: t('card.trainer'), value: card.training.trainer, isWide: true },
              ]}
            />
          </Section>
          <Story model={model} />
        </div>
      </div>
    </Page>
  );
}

/** From the most quoted to the least: ranking, what an officer finds, whether a promise holds. */
const FIGURES = [
  ...(['auc', 'precision_at_1', 'precision_at_2', 'precision_at_5', 'precision_at_10'] as const),
  ...(['recall_at_10', 'ece'] as const),
];

/** Every figure with its interval, and beside it the honest floor: what a plain lookup reaches. */
function Figures({ evaluation }: { readonly evaluation: Evaluation }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const say = (name: string, measure: Measure | undefined) => {
    if (!measure) return '—';
    const show = (value: number) =>
      name === 'auc' || name === 'ece' ? value.toFixed(3) : format.percent(value);
    return (
      <TwoLines
        under={
          <>
            {show(measure.low)} – {show(measure.high)}
          </>
        }
      >
        {show(measure.value)}
      </TwoLines>
    );
  };
  return (
    <Section
      title={t('card.figures')}
      aside={t('card.judgedOn', {
        rows: format.number(evaluation.rows),
        positives: format.number(evaluation.positives),
      })}
    >
      <div className="scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('card.figure')}</th>
              <th scope="col">{t('card.model')}</th>
              <th scope="col">{t('card.floor')}</th>
            </tr>
          </thead>
          <tbody>
            {FIGURES.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`figure.${name}`)}</th>
                <td>
                  <strong>{say(name, evaluation.model[name])}</strong>
                </td>
                <td>{say(name, evaluation.floor[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="faint">{t('card.figuresNote')}</p>
    </Section>
  );
}

/** What was promised against what came: a model on the line may be read as a share. */
function Calibration({
  evaluation,
  method,
}: {
  readonly evaluation: Evaluation;
  readonly method: 'none' | 'platt' | 'isotonic';
}) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const bins = evaluation.calibration.filter(({ rows }) => rows > 0);
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid: { left: 8, right: 16, top: 28, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => format.percent(Number(value)),
      },
      xAxis: {
        type: 'category',
        data: bins.map(({ stated }) => format.percent(stated, 0)),
      },
      yAxis: {
        type: 'value',
        max: 1,
        axisLabel: { formatter: (value: number) => format.percent(value, 0) },
      },
      series: [
        {
          name: t('card.stated'),
          type: 'line',
          lineStyle: { type: 'dashed', color: palette.inkFaint },
          itemStyle: { color: palette.inkFaint },
          symbol: 'none',
          data: bins.map(({ stated }) => stated),
        },
        {
          name: t('card.found'),
          type: 'bar',
          itemStyle: { color: palette.primary },
          data: bins.map(({ found }) => found),
        },
      ],
    }),
    [bins, format, t],
  );
  return (
    <Section title={t('card.calibration')} aside={t(`card.calibration.${method}`)}>
      <Chart
        label={t('card.calibrationLabel')}
        height={220}
        option={option}
        table={
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('card.stated')}</th>
                <th scope="col" className="cell-end">
                  {t('card.found')}
                </th>
                <th scope="col" className="cell-end">
                  {t('card.count')}
                </th>
              </tr>
            </thead>
            <tbody>
              {bins.map((bin) => (
                <tr key={bin.from}>
                  <th scope="row">{format.percent(bin.stated)}</th>
                  <td className="cell-end">{format.percent(bin.found)}</td>
                  <td className="cell-end">{format.number(bin.rows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </Section>
  );
}

const FEATURES_SHOWN = 12;

function Features({ model }: { readonly model: Model }) {
  const { t } = useTranslation('risk');
  const facts = useFacts();
  const format = useFormat();
  const features = model.card.features.slice(0, FEATURES_SHOWN);
  const largest = Math.max(...features.map(({ share }) => share), 0);
  return (
    <Section title={t('card.features')}>
      <ul className="feature-bars">
        {features.map((feature) => (
          <li key={feature.facts.join()}>
            <span>{feature.facts.map(facts.name).join(' × ')}</span>
            <span className="feature-bar" aria-hidden="true">
              <span style={{ width: `${(100 * feature.share) / (largest || 1)}%` }} />
            </span>
            <span className="cell-end">{format.percent(feature.share)}</span>
          </li>
        ))}
      </ul>
      <p className="faint">{t('card.featuresNote')}</p>
    </Section>
  );
}

function NextStep({ model }: { readonly model: Model }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const [note, setNote] = useState('');
  const id = useId();
  const act = useCommand<{ readonly act: string; readonly body: unknown }, Model>(
    (input) => ({
      method: 'POST',
      path: `/api/risk/models/${encodeURIComponent(model.id)}/${input.act}`,
      body: input.body,
    }),
    ['/api/risk/models'],
  );
  const may = (name: Model['allowed'][number]) => model.allowed.includes(name);
  // Nothing goes live that was not on trial.
  const next = model.status === 'shadow' ? 'live' : 'shadow';
  return (
    <Section title={t('next.title')}>
      {model.proposal ? (
        <p>
          <Tag tone="yellow" icon="clock">
            {t(`proposal.${model.proposal.to}`)}
          </Tag>{' '}
          {t('next.proposedBy', {
            by: model.proposal.by,
            at: format.moment(model.proposal.at),
          })}
        </p>
      ) : (
        <p className="muted">{t(`model.next.${model.status}`)}</p>
      )}
      {model.allowed.length > 0 ? (
        <div className="field">
          <label htmlFor={id}>{t('next.note')}</label>
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2, maxRows: 4 }}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      ) : null}
      <div className="next-acts">
        {may('propose') ? (
          <Button
            type="primary"
            loading={act.isPending}
            onClick={() =>
              act.mutate(
                { act: 'propose', body: { to: next, note } },
                { onSuccess: () => setNote('') },
              )
            }
          >
            {t(`next.propose.${next}`)}
          </Button>
        ) : null}
        {may('approve')
          ? ([true, false] as const).map((approve) => (
              <Button
                key={String(approve)}
                type={approve ? 'primary' : 'default'}
                danger={!approve}
                loading={act.isPending}
                onClick={() => act.mutate({ act: 'answer', body: { approve, note } })}
              >
                {t(approve ? 'next.approve' : 'next.reject')}
              </Button>
            ))
          : null}
        {may('retire') ? (
          <Button
            disabled={!note.trim()}
            onClick={() => act.mutate({ act: 'retire', body: { reason: note } })}
          >
            {t('next.retire')}
          </Button>
        ) : null}
        {may('rollBack') ? (
          <Button
            disabled={!note.trim()}
            onClick={() => act.mutate({ act: 'roll-back', body: { reason: note } })}
          >
            {t('model.rollBack')}
          </Button>
        ) : null}
      </div>
      {model.proposal && !may('approve') ? <p className="faint">{t('next.fourEyes')}</p> : null}
      <Trouble error={act.error} />
    </Section>
  );
}

function Story({ model }: { readonly model: Model }) {
  const { t } = useTranslation('risk');
  const { sentence } = useMessages();
  const format = useFormat();
  return (
    <Section title={t('story.title')}>
      <ol className="story-list">
        {model.steps.map((step) => (
          <li key={`${step.kind} ${step.at}`}>
            <span>
              {sentence(`event.${step.kind}`, {}, step.kind)}
              {step.note ? <span className="cell-sub">{step.note}</span> : null}
            </span>
            <span className="cell-sub">
              {step.by} · {format.moment(step.at)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
