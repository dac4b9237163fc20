import type { EChartsCoreOption } from 'echarts/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drift } from '../../../../../src/contexts/risk/models/contract.ts';
import { Chart } from '../../../parts/chart.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import type { Palette } from '../../../parts/palette.ts';
import { useAsk } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { useShareText } from '../share-text.ts';
import { SignalTag } from './model-status.tsx';

const FEATURES_SHOWN = 10;

/** Whether today's trade still looks like what the model learned from. */
export function DriftSection({ id }: { readonly id: string }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { data, error, refetch } = useAsk<Drift>(
    `/api/risk/models/${encodeURIComponent(id)}/drift`,
  );
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <Section
      title={t('drift.title')}
      aside={
        data.recent.from
          ? t('drift.recent', {
              count: data.recent.decisions,
              shown: format.number(data.recent.decisions),
              from: format.date(data.recent.from),
              to: format.date(data.recent.to),
            })
          : null
      }
    >
      {data.signals.length === 0 ? <p className="muted">{t('drift.steady')}</p> : null}
      <ul className="drift-signals">
        {data.signals.map((signal) => (
          <li key={signal.sentence.en}>
            <SignalTag signal={signal.signal} /> {format.label(signal.sentence)}
          </li>
        ))}
      </ul>
      {data.weeks.length > 0 ? <HitRates drift={data} /> : null}
      <div className="scroll">
        <table className="plain-table">
          <caption>{t('drift.features')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('builder.fact')}</th>
              <th scope="col" className="cell-end">
                {t('drift.psi')}
              </th>
              <th scope="col">{t('drift.signal')}</th>
            </tr>
          </thead>
          <tbody>
            {data.features.slice(0, FEATURES_SHOWN).map((feature) => (
              <tr key={feature.fact}>
                <th scope="row">{format.label(feature.label)}</th>
                <td className="cell-end">{feature.psi.toFixed(3)}</td>
                <td>
                  <SignalTag signal={feature.signal} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="drift-unseen">
        {t('drift.parties', { share: format.percent(data.unseen.parties.now.value) })}{' '}
        <SignalTag signal={data.unseen.parties.signal} /> ·{' '}
        {t('drift.cells', { share: format.percent(data.unseen.cells.now.value) })}{' '}
        <SignalTag signal={data.unseen.cells.signal} />
      </p>
    </Section>
  );
}

function HitRates({ drift }: { readonly drift: Drift }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { weeks } = drift;
  const say = useShareText();
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) =>
          value === null || value === undefined ? '—' : format.percent(Number(value)),
      },
      xAxis: {
        type: 'category',
        data: weeks.map(({ week }) => week.slice(5)),
      },
      yAxis: {
        type: 'value',
        axisLabel: { formatter: (value: number) => format.percent(value, 0) },
      },
      series: [
        {
          name: t('drift.model'),
          type: 'line',
          itemStyle: { color: palette.primary },
          data: weeks.map(({ model }) => model.value),
        },
        {
          name: t('drift.sample'),
          type: 'line',
          lineStyle: { type: 'dashed' },
          itemStyle: { color: palette.brass },
          data: weeks.map(({ sample }) => sample.value),
        },
      ],
    }),
    [weeks, format, t],
  );
  return (
    <Chart
      label={t('drift.hitRates')}
      height={200}
      option={option}
      table={
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('drift.week')}</th>
              <th scope="col">{t('drift.model')}</th>
              <th scope="col">{t('drift.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ week, model, sample }) => (
              <tr key={week}>
                <th scope="row">{format.date(week)}</th>
                <td>{say(model)}</td>
                <td>{say(sample)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
