import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Axis, ModeCatalogue } from '../../../../src/contexts/clearance/modes/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useFieldLabel } from '../clearance/words.ts';
import './authorities.css';

type Catalogue = z.infer<typeof ModeCatalogue>;

/** Every mode as axes and values, and which of them go together: to be read, printed and quoted. */
export function ModesScreen() {
  const { t } = useTranslation('authorities');
  const { data, error, refetch } = useAsk<Catalogue>('/api/modes');
  const axes = [...new Set(data?.values.map(({ axis }) => axis))];
  return (
    <Page
      wide
      title={t('modes.title')}
      lead={t('modes.lead')}
      actions={<Button onClick={() => window.print()}>{t('modes.print')}</Button>}
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data ? (
        <>
          {axes.map((axis) => (
            <AxisSection key={axis} axis={axis} catalogue={data} />
          ))}
          <PairsSection catalogue={data} />
        </>
      ) : null}
    </Page>
  );
}

function AxisSection({ axis, catalogue }: { readonly axis: Axis; readonly catalogue: Catalogue }) {
  const { t } = useTranslation('authorities');
  const { t: tc } = useTranslation('clearance');
  const { label, date } = useFormat();
  const fieldLabel = useFieldLabel();
  const steps = new Map(catalogue.steps.map((step) => [step.id, label(step.label)]));
  const values = catalogue.values.filter((value) => value.axis === axis);
  return (
    <Section title={tc(`modes.axis.${axis}`)}>
      <MiniTable
        caption={tc(`modes.axis.${axis}`)}
        rows={values}
        rowKey={(value) => value.id}
        columns={[
          {
            id: 'value',
            title: t('column.value'),
            isName: true,
            render: (value) => (
              <TwoLines
                under={
                  <>
                    {value.legalBasis} · {t('rule.from', { day: date(value.effective.from) })}
                    {value.effective.to
                      ? ` ${t('rule.to', { day: date(value.effective.to) })}`
                      : null}
                  </>
                }
              >
                {label(value.label)}{' '}
                {value.inForce ? null : <Tag tone="plain">{t('modes.notInForce')}</Tag>}
                <span className="cell-sub">{label(value.explanation)}</span>
              </TwoLines>
            ),
          },
          {
            id: 'asks',
            title: t('column.asks'),
            render: (value) => (
              <TwoLines
                under={
                  value.requires.length > 0
                    ? value.requires.map((path) => fieldLabel(path)).join(' · ')
                    : null
                }
              >
                {value.asks ? label(value.asks) : '—'}
              </TwoLines>
            ),
          },
          {
            id: 'saves',
            title: t('column.saves'),
            render: (value) => (value.saves ? label(value.saves) : '—'),
          },
          {
            id: 'steps',
            title: t('column.steps'),
            render: (value) => value.steps.map((step) => steps.get(step)).join(' → ') || '—',
          },
          {
            id: 'clocks',
            title: t('column.clocks'),
            render: (value) =>
              value.clocks.length === 0
                ? '—'
                : value.clocks.map((clock) => <ModeClock key={clock.kind} clock={clock} />),
          },
        ]}
      />
    </Section>
  );
}

function ModeClock({ clock }: { readonly clock: Catalogue['values'][number]['clocks'][number] }) {
  const { t } = useTranslation('clearance');
  const { label } = useFormat();
  return (
    <span className="mode-clock">
      {label(clock.label)} {t(`modes.days.${clock.counting}`, { count: clock.days })}
      <span className="cell-sub">
        {t(`modes.from.${clock.from}`)} · {label(clock.onExpiry)}
      </span>
    </span>
  );
}

/** Pairs that do not simply go together, each with its reason; every other pair does. */
function PairsSection({ catalogue }: { readonly catalogue: Catalogue }) {
  const { t } = useTranslation('authorities');
  const { label } = useFormat();
  const { sentence } = useMessages();
  const names = new Map(
    catalogue.values.map((value) => [`${value.axis}.${value.id}`, label(value.label)]),
  );
  const apart = catalogue.pairs.filter(({ status }) => status !== 'together');
  return (
    <Section
      title={t('modes.pairs')}
      aside={t('modes.pairs.count', { all: catalogue.pairs.length, apart: apart.length })}
    >
      <p className="muted">{t('modes.pairs.lead')}</p>
      <MiniTable
        caption={t('modes.pairs')}
        rows={apart}
        rowKey={({ a, b }) => `${a} ${b}`}
        columns={[
          { id: 'one', title: t('column.one'), isName: true, render: ({ a }) => names.get(a) },
          { id: 'other', title: t('column.other'), render: ({ b }) => names.get(b) },
          {
            id: 'together',
            title: t('column.together'),
            render: ({ status }) => (
              <Tag tone={status === 'never' ? 'red' : 'yellow'}>
                {t(status === 'never' ? 'pair.never' : 'pair.withAnother')}
              </Tag>
            ),
          },
          {
            id: 'reason',
            title: t('column.reason'),
            render: ({ codes }) => codes.map((code) => sentence(code)).join(' '),
          },
        ]}
      />
    </Section>
  );
}
