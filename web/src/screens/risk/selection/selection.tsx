import { Button, Input, InputNumber, Modal } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useCallback, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  BudgetOutcome,
  FastRelease,
  OfficeToday,
  SelectionDay,
  SelectionToday,
} from '../../../../../src/contexts/risk/selection/contract.ts';
import { addDays } from '../../../../../src/kernel/dates.ts';
import { Chart } from '../../../parts/chart.tsx';
import { CodeName } from '../../../parts/code-select.tsx';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { portDay, useFormat } from '../../../parts/format.ts';
import { Page, Pairs, Section } from '../../../parts/page.tsx';
import type { Palette } from '../../../parts/palette.ts';
import { useAsk, useAskList, useCommand, useMay } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import '../risk.css';

const DAYS_SHOWN = 28;
const CONSUMERS = ['mandatory', 'score', 'model', 'sample', 'explore'] as const;

/** How the examinations a port can make are spent, and what slips past them. */
export function SelectionScreen() {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const may = useMay();
  const [{ on }, change] = useUrlState();
  const dayId = useId();
  const today = useAsk<SelectionToday>('/api/risk/selection', {}, on === undefined);
  // Without a day asked for, the last on which an examination was spent.
  const day = on ?? today.data?.latest ?? today.data?.on;
  const { data, error, isLoading, isPlaceholderData, refetch } = useAskList<SelectionToday>(
    '/api/risk/selection',
    { on: day },
    day !== undefined,
  );
  const columns: readonly Column<OfficeToday>[] = [
    {
      id: 'office',
      title: t('office'),
      isName: true,
      render: (row) => <CodeName table="customs_office" code={row.office} />,
    },
    {
      id: 'decided',
      title: t('selection.decided'),
      align: 'end',
      render: (row) => format.number(row.decided),
    },
    {
      id: 'budget',
      title: t('selection.budget'),
      align: 'end',
      render: (row) => (row.budget ? format.number(row.budget.perDay) : t('selection.noBudget')),
    },
    ...CONSUMERS.map(
      (consumer): Column<OfficeToday> => ({
        id: consumer,
        title: t(`consumer.${consumer}`),
        align: 'end',
        render: (row) => format.number(row.selected[consumer]),
        isExtra: consumer === 'explore',
      }),
    ),
    {
      id: 'left',
      title: t('selection.left'),
      align: 'end',
      render: (row) => format.number(row.left),
    },
    {
      id: 'threshold',
      title: t('selection.threshold'),
      align: 'end',
      render: (row) =>
        row.threshold.harm === null ? (
          <span className="faint">
            {row.threshold.missing ? t(`selection.missing.${row.threshold.missing}`) : '—'}
          </span>
        ) : (
          `CNY ${format.number(Math.round(row.threshold.harm))}`
        ),
    },
    {
      id: 'act',
      title: t('selection.change'),
      render: (row) => (may('risk.budget.set') ? <SetBudget office={row} /> : '—'),
    },
  ];
  return (
    <Page wide title={t('selection.title')} lead={t('selection.lead')}>
      {day ? <FastReleaseSection to={day} /> : null}
      <DataTable
        name="selection"
        caption={t('selection.title')}
        columns={columns}
        rows={data?.offices}
        rowKey={(row) => row.office}
        isLoading={isLoading || today.isLoading}
        isStale={isPlaceholderData}
        error={error ?? today.error}
        onRetry={() => void refetch()}
        total={data ? t('selection.on', { day: format.date(data.on) }) : null}
        filters={
          <>
            <div className="field">
              <label htmlFor={dayId}>{t('day')}</label>
              <Input
                id={dayId}
                type="date"
                value={day ?? ''}
                onChange={(event) => change({ on: event.target.value })}
              />
            </div>
            <div>
              <Button onClick={() => change({ on: portDay() })}>{t('selection.today')}</Button>
            </div>
          </>
        }
        empty={
          <EmptyState icon="examine" title={t('selection.empty')}>
            {t('selection.empty.text')}
          </EmptyState>
        }
      />
      {day ? <SpentByDay to={day} /> : null}
    </Page>
  );
}

/** Goods let go with no person: counted, timed, and never shown without what slipped through. */
function FastReleaseSection({ to }: { readonly to: string }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { data } = useAsk<FastRelease>('/api/risk/selection/fast-release', {
    from: addDays(to, 1 - DAYS_SHOWN),
    to,
  });
  if (!data) return null;
  const { leakage, exploration, seconds, share } = data;
  const hitRate = (measured: FastRelease['share']) =>
    measured.value === null
      ? t('rate.none')
      : `${format.percent(measured.value)} · ${t('rate.of', { part: format.number(measured.numerator), of: format.number(measured.denominator) })}`;
  return (
    <Section
      title={t('fast.title')}
      aside={t('fast.period', { from: format.date(data.from), to: format.date(data.to) })}
    >
      <Pairs
        items={[
          { name: t('fast.share'), value: <strong>{hitRate(share)}</strong> },
          {
            name: t('fast.time'),
            value: seconds
              ? t('fast.times', {
                  median: format.duration(seconds.median),
                  p95: format.duration(seconds.p95),
                })
              : '—',
          },
          {
            name: t('fast.leakage'),
            value:
              leakage.rate === null || !leakage.interval ? (
                t('rate.none')
              ) : (
                <strong>
                  {format.percent(leakage.rate, 2)}
                  {t('rate.within', {
                    low: format.percent(leakage.interval.low, 2),
                    high: format.percent(leakage.interval.high, 2),
                  })}
                </strong>
              ),
          },
          {
            name: t('fast.leaked'),
            value:
              leakage.leaked === null
                ? '—'
                : t('fast.leakedOf', {
                    leaked: format.number(Math.round(leakage.leaked)),
                    released: format.number(leakage.released),
                  }),
          },
          { name: t('fast.sample'), value: hitRate(exploration.sample) },
          { name: t('fast.model'), value: hitRate(exploration.model) },
        ]}
      />
      <p className="faint">{t('fast.note')}</p>
    </Section>
  );
}

function SpentByDay({ to }: { readonly to: string }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { data } = useAskList<{ readonly days: readonly SelectionDay[] }>(
    '/api/risk/selection/days',
    { from: addDays(to, 1 - DAYS_SHOWN), to },
  );
  const days = data?.days ?? [];
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const colours = [palette.red, palette.yellow, palette.blue, palette.primary, palette.green];
      return {
        aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
        grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
        legend: { type: 'scroll', top: 0, left: 0 },
        tooltip: {
          trigger: 'axis',
          axisPointer: { type: 'shadow' },
        },
        xAxis: {
          type: 'category',
          data: days.map((each) => each.on.slice(5)),
          axisTick: { show: false },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
        },
        series: CONSUMERS.map((consumer, place) => ({
          name: t(`consumer.${consumer}`),
          type: 'bar',
          stack: 'spent',
          itemStyle: { color: colours[place] },
          data: days.map((each) => each.selected[consumer]),
        })),
      };
    },
    [days, t],
  );
  if (days.length === 0) return null;
  return (
    <Section title={t('selection.byDay')}>
      <Chart
        label={t('selection.byDayLabel')}
        option={option}
        table={
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                {CONSUMERS.map((consumer) => (
                  <th key={consumer} scope="col" className="cell-end">
                    {t(`consumer.${consumer}`)}
                  </th>
                ))}
                <th scope="col" className="cell-end">
                  {t('selection.found')}
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((each) => (
                <tr key={each.on}>
                  <th scope="row">{format.date(each.on)}</th>
                  {CONSUMERS.map((consumer) => (
                    <td key={consumer} className="cell-end">
                      {format.number(each.selected[consumer])}
                    </td>
                  ))}
                  <td className="cell-end">
                    {t('rate.of', {
                      part: format.number(each.found),
                      of: format.number(each.examined),
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </Section>
  );
}

/** A new budget begins on a day that has not begun; what it would change is asked before it is set. */
function SetBudget({ office }: { readonly office: OfficeToday }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const ids = [useId(), useId(), useId(), useId()] as const;
  const [isOpen, setOpen] = useState(false);
  const [perDay, setPerDay] = useState(office.budget?.perDay ?? 20);
  const [explore, setExplore] = useState(Math.round((office.budget?.exploreShare ?? 0) * 100));
  const [from, setFrom] = useState(() => portDay(1));
  const [reason, setReason] = useState('');
  const set = useCommand<{ readonly dryRun: boolean }, BudgetOutcome>(
    ({ dryRun }) => ({
      method: 'POST',
      path: '/api/risk/selection/budgets',
      body: {
        ...{ id: crypto.randomUUID(), office: office.office, perDay },
        ...{ exploreShare: explore / 100, effectiveFrom: from, reason, dryRun },
      },
    }),
    ['/api/risk/selection'],
  );
  const after = set.data?.threshold.harm ?? null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('selection.set')}
      </Button>
      <Modal
        destroyOnHidden
        open={isOpen}
        title={t('selection.setFor', { office: office.office })}
        okText={t('selection.set')}
        okButtonProps={{ disabled: !reason.trim(), loading: set.isPending }}
        onOk={() => set.mutate({ dryRun: false }, { onSuccess: () => setOpen(false) })}
        onCancel={() => setOpen(false)}
      >
        <div className="modal-fields">
          <div className="field">
            <label htmlFor={ids[0]}>{t('selection.perDay')}</label>
            <InputNumber
              id={ids[0]}
              min={0}
              max={100_000}
              precision={0}
              value={perDay}
              onChange={(value) => setPerDay(value ?? 0)}
            />
          </div>
          <div className="field">
            <label htmlFor={ids[1]}>{t('selection.explore')}</label>
            <InputNumber
              id={ids[1]}
              min={0}
              max={50}
              precision={0}
              suffix="%"
              value={explore}
              onChange={(value) => setExplore(value ?? 0)}
            />
          </div>
          <div className="field">
            <label htmlFor={ids[2]}>{t('selection.from')}</label>
            <Input
              id={ids[2]}
              type="date"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor={ids[3]}>{t('reason')}</label>
            <Input.TextArea
              id={ids[3]}
              autoSize={{ minRows: 2, maxRows: 4 }}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
          <Button
            disabled={!reason.trim()}
            loading={set.isPending}
            onClick={() => set.mutate({ dryRun: true })}
          >
            {t('selection.ask')}
          </Button>
          {set.data ? (
            <p role="status">
              {after === null
                ? t('selection.wouldNot')
                : t('selection.would', { harm: format.number(Math.round(after)) })}
            </p>
          ) : null}
        </div>
        <Trouble error={set.error} />
      </Modal>
    </>
  );
}
