import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Axis, ModeCatalogue } from '../../../../src/contexts/clearance/modes/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Page, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { ScrollX } from '../../parts/scroll-x.tsx';
import { Tag } from '../../parts/tag.tsx';
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
      <ScrollX label={tc(`modes.axis.${axis}`)}>
        <table className="plain-table modes-table">
          <thead>
            <tr>
              <th scope="col">{t('column.value')}</th>
              <th scope="col">{t('column.asks')}</th>
              <th scope="col">{t('column.saves')}</th>
              <th scope="col">{t('column.steps')}</th>
              <th scope="col">{t('column.clocks')}</th>
            </tr>
          </thead>
          <tbody>
            {values.map((value) => (
              <tr key={value.id} className="mode-value">
                <th scope="row">
                  {label(value.label)}{' '}
                  {value.inForce ? null : <Tag tone="plain">{t('modes.notInForce')}</Tag>}
                  <span className="cell-sub">{label(value.explanation)}</span>
                  <span className="cell-sub">
                    {value.legalBasis} · {t('rule.from', { day: date(value.effective.from) })}
                    {value.effective.to
                      ? ` ${t('rule.to', { day: date(value.effective.to) })}`
                      : null}
                  </span>
                </th>
                <td>
                  {value.asks ? label(value.asks) : '—'}
                  {value.requires.length > 0 ? (
                    <span className="cell-sub">
                      {value.requires.map((path) => fieldLabel(path)).join(' · ')}
                    </span>
                  ) : null}
                </td>
                <td>{value.saves ? label(value.saves) : '—'}</td>
                <td>{value.steps.map((step) => steps.get(step)).join(' → ') || '—'}</td>
                <td>
                  {value.clocks.map((clock) => (
                    <span key={clock.kind} className="mode-clock">
                      {label(clock.label)}{' '}
                      {tc(`modes.days.${clock.counting}`, { count: clock.days })}
                      <span className="cell-sub">
                        {tc(`modes.from.${clock.from}`)} · {label(clock.onExpiry)}
                      </span>
                    </span>
                  ))}
                  {value.clocks.length === 0 ? '—' : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
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
      <ScrollX label={t('modes.pairs')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('column.one')}</th>
              <th scope="col">{t('column.other')}</th>
              <th scope="col">{t('column.together')}</th>
              <th scope="col">{t('column.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {apart.map(({ a, b, status, codes }) => (
              <tr key={`${a} ${b}`}>
                <th scope="row">{names.get(a)}</th>
                <td>{names.get(b)}</td>
                <td>
                  <Tag tone={status === 'never' ? 'red' : 'yellow'}>
                    {t(status === 'never' ? 'pair.never' : 'pair.withAnother')}
                  </Tag>
                </td>
                <td>{codes.map((code) => sentence(code)).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}
