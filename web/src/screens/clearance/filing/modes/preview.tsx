import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModePreview } from '../../../../../../src/contexts/clearance/modes/contract.ts';
import type { Assessment } from '../../../../../../src/contexts/duty/calculation/contract.ts';
import type { Refusal } from '../../../../../../src/kernel/refusal.ts';
import { send } from '../../../../parts/api.ts';
import { useFormat } from '../../../../parts/format.ts';
import { Icon } from '../../../../parts/icon.tsx';
import { useMessages } from '../../../../parts/messages.ts';
import { RefusalList } from '../../../../parts/refusal-list.tsx';
import { OwnerName } from '../../owner-name.tsx';
import { useFieldLabel } from '../../words.ts';
import { tidy } from '../content-path.ts';
import { useFiling } from '../filing-store.tsx';
import { type Catalogue, useChoice } from './catalogue.ts';

const PAUSE_MS = 700;
const PATH = '/api/modes/preview';

/** Asks again when the hand rests: every keystroke may change the answer, none is worth a question. */
function usePreview(choice: Readonly<Record<string, string>>) {
  const store = useFiling();
  const [content, setContent] = useState(() => store.content());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = store.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => setContent(store.content()), PAUSE_MS);
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [store]);
  return useQuery({
    queryKey: [PATH, choice, content],
    queryFn: () => send<ModePreview>('POST', PATH, { choice, content: tidy(content) }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Steps, deadlines, tax and usual waiting of the choice as it stands. */
export function ModePreviewPanel({ catalogue }: { readonly catalogue: Catalogue }) {
  const { t } = useTranslation('clearance');
  const choice = useChoice(catalogue);
  const { data: preview, isPlaceholderData } = usePreview(choice as Record<string, string>);
  const fieldLabel = useFieldLabel();
  if (!preview) return <aside className="mode-preview" aria-busy="true" />;
  const modeProblems = preview.problems.filter(({ code }) => code.startsWith('clearance.mode_'));
  return (
    <aside
      className={isPlaceholderData ? 'mode-preview mode-preview-old' : 'mode-preview'}
      aria-label={t('modes.preview')}
    >
      <h3>{t('modes.preview')}</h3>
      {modeProblems.length > 0 ? (
        <RefusalList refusals={modeProblems as Refusal[]} fieldLabel={fieldLabel} />
      ) : null}
      <Steps preview={preview} />
      <Deadlines preview={preview} />
      <Cost preview={preview} />
    </aside>
  );
}

function Steps({ preview }: { readonly preview: ModePreview }) {
  const { t } = useTranslation('clearance');
  const { label } = useFormat();
  return (
    <>
      <h4>{t('modes.steps')}</h4>
      <ol className="mode-steps">
        {preview.steps.map((step) => (
          <li key={step.id}>
            {label(step.label)}{' '}
            <span className="faint">
              <OwnerName owner={step.by} />
              {step.ifSelected ? ` · ${t('modes.ifSelected')}` : null}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Deadlines({ preview }: { readonly preview: ModePreview }) {
  const { t } = useTranslation('clearance');
  const { label, date } = useFormat();
  if (preview.clocks.length === 0) return null;
  return (
    <>
      <h4>{t('clocks.title')}</h4>
      <ul className="mode-steps">
        {preview.clocks.map((clock) => (
          <li key={clock.kind}>
            {label(clock.label)}
            {t('colon')}
            {clock.dueOn
              ? t('clocks.due', { day: date(clock.dueOn) })
              : t(`modes.days.${clock.counting}`, { count: clock.days })}{' '}
            <span className="faint">
              {t(`modes.from.${clock.from}`)} · {label(clock.onExpiry)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Tax as it would be assessed once the form is whole, and how long the like of it took lately. */
function Cost({ preview }: { readonly preview: ModePreview }) {
  const { t } = useTranslation('clearance');
  const { money, number, duration } = useFormat();
  const { sentence } = useMessages();
  const quote = preview.quote as Assessment | null;
  const { waiting } = preview;
  return (
    <>
      <h4>{t('modes.cost')}</h4>
      {quote ? (
        <ul className="money-items">
          {quote.taxes.map(({ kind, payable }) => (
            <li key={kind}>
              <span>{sentence(`duty.${kind}_tax`)}</span>
              <span>{money(payable, 'CNY')}</span>
            </li>
          ))}
          <li>
            <b>{t('modes.tax')}</b>
            <b>{money(quote.payable, 'CNY')}</b>
          </li>
        </ul>
      ) : (
        <p className="faint">
          {preview.missing.length > 0
            ? t('modes.noQuoteYet', { count: preview.missing.length })
            : t('modes.noQuote')}
        </p>
      )}
      <p className="mode-waiting">
        <Icon name="clock" size={15} />
        {waiting && waiting.consignments > 0
          ? t('modes.waiting', {
              consignments: number(waiting.consignments),
              median: duration(waiting.medianHours * 3600),
              p95: duration(waiting.p95Hours * 3600),
            })
          : t('modes.noWaiting')}
      </p>
    </>
  );
}
