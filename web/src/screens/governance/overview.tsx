import { useTranslation } from 'react-i18next';
import type { Figure } from '../../../../src/contexts/facts/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { FigureCard } from '../../parts/figure-card.tsx';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { useMessages } from '../../parts/messages.ts';
import { Page, Section } from '../../parts/page.tsx';
import { useAskList, usePort } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { LanesByDay } from './lanes-by-day.tsx';
import { PeriodFields, usePeriod } from './period.tsx';
import { StageTimes } from './stage-times.tsx';
import './governance.css';

const PROMISES = [
  { promise: 'control', icon: 'shield' },
  { promise: 'open', icon: 'gate' },
  { promise: 'speed', icon: 'swift' },
] as const;

/** A clock of one condition: shown apart, so that no agency's time hides in another's. */
const isClock = (figure: Figure) => figure.metric.startsWith('clock.');

/** The three promises side by side: none is shown alone, and each figure opens on its records. */
export function OverviewScreen() {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const period = usePeriod();
  const { data, error, refetch } = useAskList<{ readonly figures: readonly Figure[] }>(
    '/api/figures',
    { ...period },
  );
  const figures = data?.figures ?? [];
  const first = figures[0];
  const isEmpty = data !== undefined && figures.every((figure) => figure.value === null);
  const counterOf = (figure: Figure) =>
    figures.find((other) => other.metric === figure.counterFigure);

  return (
    <Page
      wide
      title={t('overview.title')}
      lead={
        first && !isEmpty
          ? t('overview.lead', {
              from: format.date(first.period.from),
              to: format.date(first.period.to),
              asOf: format.moment(first.asOf),
            })
          : t('overview.leadEmpty')
      }
      actions={<PeriodFields shown={first?.period} />}
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      <NotComputed />
      {isEmpty ? (
        <div className="sheet">
          <EmptyState icon="overview" title={t('overview.empty')}>
            {t('overview.empty.text')}
          </EmptyState>
        </div>
      ) : (
        <>
          <div className="promises">
            {PROMISES.map(({ promise, icon }) => (
              <section
                key={promise}
                className="promise sheet"
                aria-labelledby={`promise-${promise}`}
              >
                <header className="promise-head">
                  <Icon name={icon} size={22} />
                  <h2 id={`promise-${promise}`}>{t(`promise.${promise}`)}</h2>
                  <p className="faint">{t(`promise.${promise}.asks`)}</p>
                </header>
                {data === undefined ? (
                  <div className="promise-wait" />
                ) : (
                  figures
                    .filter((figure) => figure.promise === promise && !isClock(figure))
                    .map((figure) => (
                      <FigureCard
                        key={figure.metric}
                        figure={figure}
                        counter={counterOf(figure)}
                        period={period}
                      />
                    ))
                )}
              </section>
            ))}
          </div>
          {figures.some(isClock) ? (
            <Section title={t('clocks.title')} aside={t('clocks.text')}>
              <StageTimes figures={figures.filter(isClock)} period={period} />
            </Section>
          ) : null}
          <LanesByDay period={period} />
        </>
      )}
    </Page>
  );
}

/** Conditions this port does not compute: said here as on every release, since release then proves less. */
function NotComputed() {
  const { t } = useTranslation('governance');
  const { t: tp } = useTranslation('parts');
  const { sentence } = useMessages();
  const kinds = usePort()?.conditionsNotComputed ?? [];
  if (kinds.length === 0) return null;
  const names = kinds.map((kind) => sentence(`condition.${kind}`)).join(tp('listComma'));
  return (
    <p className="not-computed">
      <Icon name="warning" size={16} />
      <span>{t('notComputed', { names })}</span>
    </p>
  );
}
