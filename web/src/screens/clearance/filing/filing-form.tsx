import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Declaration, FilingResult } from '../../../../../src/contexts/clearance/contract.ts';
import type { Me } from '../../../../../src/contexts/identity/contract.ts';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';
import { isRefused } from '../../../parts/api.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Page, Section } from '../../../parts/page.tsx';
import { useCommand } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { tidy } from './content-path.ts';
import { Drafts } from './drafts.tsx';
import { createFilingStore, FilingProvider, type FilingStore } from './filing-store.tsx';
import { forgetLocalCopy, type Kept, useKeeping } from './keeping.ts';
import { LinesSection } from './lines.tsx';
import { Filed, Problems, WouldHappen } from './outcome.tsx';
import { HeadSections, PapersSection, TotalsSection } from './sections.tsx';
import type { Start } from './start.ts';

type Result = z.infer<typeof FilingResult>;
const STALE = ['/api/declarations', '/api/work-list', '/api/figures'];

/** The form in sections, what would happen beneath it at any time, and the answer above it. */
export function FilingForm({ start, me }: { readonly start: Start; readonly me: Me }) {
  const { t } = useTranslation('clearance');
  const [store] = useState(() => createFilingStore(start.content, start.mode === 'complete'));
  const isAmending = start.mode === 'amend';
  const isCompleting = start.mode === 'complete';
  const isNew = start.mode === 'file';
  const keeping = useKeeping(store, me.personId, start.id, isNew);
  const filing = useSending(store, start, me);
  const top = useRef<HTMLDivElement>(null);
  const { answer } = filing;
  useEffect(() => {
    if (answer === null) return;
    top.current?.scrollIntoView({ block: 'start' });
    top.current?.focus({ preventScroll: true });
  }, [answer]);
  const isDone =
    answer?.kind === 'filed' || answer?.kind === 'amended' || answer?.kind === 'completed';
  return (
    <FilingProvider store={store}>
      <Page
        title={t(TITLES[start.mode], { number: start.origin ?? '' })}
        lead={<Lead start={start} />}
        actions={isDone ? null : <KeptSign kept={keeping.kept} at={keeping.at} />}
      >
        <div ref={top} tabIndex={-1} role="status" className="filing-answer">
          {answer?.kind === 'problems' ? <Problems problems={answer.problems} /> : null}
          {answer?.kind === 'would' ? <WouldHappen result={answer.result} /> : null}
          {answer?.kind === 'filed' ? <Filed result={answer.result} /> : null}
          {answer?.kind === 'amended' || answer?.kind === 'completed' ? (
            <Changed declaration={answer.declaration} kind={answer.kind} />
          ) : null}
        </div>
        <Trouble error={filing.trouble} />
        {isDone ? null : (
          <form
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              filing.send();
            }}
          >
            {isNew && !store.isTouched() ? <Drafts except={start.id} /> : null}
            <HeadSections isAmending={!isNew} isChoosing={!isCompleting} />
            <LinesSection isCompleting={isCompleting} />
            <TotalsSection />
            <PapersSection />
            {isAmending ? <Reason value={filing.reason} onChange={filing.setReason} /> : null}
            <div className="filing-bar">
              {isNew ? (
                <Button onClick={filing.ask} loading={filing.isAsking} disabled={filing.isSending}>
                  {t('file.ask')}
                </Button>
              ) : null}
              <Button
                type="primary"
                htmlType="submit"
                loading={filing.isSending}
                disabled={filing.isAsking || (isAmending && !filing.reason.trim())}
              >
                {t(SENDS[start.mode])}
              </Button>
              <span className="faint">{t(SENDS_TEXT[start.mode])}</span>
            </div>
          </form>
        )}
      </Page>
    </FilingProvider>
  );
}

const TITLES = {
  file: 'file.title',
  amend: 'file.amendTitle',
  complete: 'file.completeTitle',
} as const;
const SENDS = { file: 'file.file', amend: 'file.amend', complete: 'file.complete' } as const;
const SENDS_TEXT = {
  file: 'file.file.text',
  amend: 'file.amend.text',
  complete: 'file.complete.text',
} as const;

type Answer =
  | { readonly kind: 'problems'; readonly problems: Result['problems'] }
  | { readonly kind: 'would'; readonly result: Result }
  | { readonly kind: 'filed'; readonly result: Result }
  | { readonly kind: 'amended' | 'completed'; readonly declaration: Declaration };

/**
 * Filing asks first what would happen: what would be returned is not sent, so that a slip costs a
 * correction and not a returned declaration.
 */
function useSending(store: FilingStore, start: Start, me: Me) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [reason, setReason] = useState('');
  const [isAsking, setAsking] = useState(false);
  const file = useCommand<{ readonly dryRun: boolean }, Result>(
    ({ dryRun }) => ({
      method: 'POST',
      path: `/api/declarations?dryRun=${dryRun}`,
      body: { id: start.id, content: tidy(store.content()) },
    }),
    STALE,
  );
  const amend = useCommand<string, Declaration>(
    (why) => ({
      method: 'POST',
      path: `/api/declarations/${encodeURIComponent(start.id)}/amend`,
      body: { content: tidy(store.content()), reason: why },
    }),
    STALE,
  );
  const complete = useCommand<null, Declaration>(
    () => ({
      method: 'POST',
      path: `/api/declarations/${encodeURIComponent(start.id)}/complete`,
      body: { content: tidy(store.content()) },
    }),
    STALE,
  );
  const problems = (refusals: readonly (Refusal | Result['problems'][number])[]) => {
    const told = refusals.map((refusal) => ({ ...refusal, params: { ...refusal.params } }));
    store.tell(told);
    setAnswer({ kind: 'problems', problems: told });
  };
  const settle = (result: Result, isReal: boolean) => {
    if (result.outcome === 'refused' || result.outcome === 'returned') {
      problems(result.problems);
      return false;
    }
    store.tell([]);
    setAnswer({ kind: isReal ? 'filed' : 'would', result });
    if (isReal) forgetLocalCopy(me.personId, start.id);
    return true;
  };
  const failed = (error: unknown) => {
    if (isRefused(error, 'invalid')) problems(error.refusals);
  };
  const ask = async () => {
    setAsking(true);
    try {
      settle(await file.mutateAsync({ dryRun: true }), false);
    } catch (error) {
      failed(error);
    } finally {
      setAsking(false);
    }
  };
  const sendFiling = async () => {
    try {
      const would = await file.mutateAsync({ dryRun: true });
      const isGood = would.outcome !== 'refused' && would.outcome !== 'returned';
      if (!isGood) return problems(would.problems);
      settle(await file.mutateAsync({ dryRun: false }), true);
    } catch (error) {
      failed(error);
    }
  };
  const sendAmendment = async () => {
    try {
      const declaration = await amend.mutateAsync(reason.trim());
      forgetLocalCopy(me.personId, start.id);
      setAnswer({ kind: 'amended', declaration });
    } catch (error) {
      failed(error);
    }
  };
  const sendCompletion = async () => {
    try {
      const declaration = await complete.mutateAsync(null);
      forgetLocalCopy(me.personId, start.id);
      setAnswer({ kind: 'completed', declaration });
    } catch (error) {
      failed(error);
    }
  };
  const sends = { file: sendFiling, amend: sendAmendment, complete: sendCompletion };
  const { error } = { file, amend, complete }[start.mode];
  return {
    answer,
    reason,
    setReason,
    ask: () => void ask(),
    send: () => void sends[start.mode](),
    isAsking,
    isSending: (file.isPending && !isAsking) || amend.isPending || complete.isPending,
    trouble: isRefused(error, 'invalid') ? null : error,
  };
}

function Lead({ start }: { readonly start: Start }) {
  const { t } = useTranslation('clearance');
  const word =
    start.mode === 'complete'
      ? t('file.completeLead')
      : start.mode === 'amend'
        ? t('file.amendLead')
        : start.isRecovered
          ? t('file.recovered')
          : start.origin
            ? t('file.copied', { number: start.origin })
            : t('file.lead');
  return (
    <>
      {word} <span className="faint">{t('file.id', { id: start.id })}</span>
    </>
  );
}

const KEPT_ICONS = {
  nothing: 'info',
  here: 'clock',
  server: 'check',
  offline: 'warning',
  refused: 'warning',
} as const;

/** Where the draft is safe, said all the time: nobody should have to wonder. */
function KeptSign({ kept, at }: { readonly kept: Kept; readonly at: string | null }) {
  const { t } = useTranslation('clearance');
  const { moment } = useFormat();
  return (
    <p className={`kept kept-${kept}`} role="status">
      <Icon name={KEPT_ICONS[kept]} size={15} />
      {t(`kept.${kept}`, { at: at ? moment(at, { seconds: true }).slice(11) : '' })}
    </p>
  );
}

function Reason({ value, onChange }: { readonly value: string; onChange(value: string): void }) {
  const { t } = useTranslation('clearance');
  const id = useId();
  return (
    <Section title={t('file.reason')}>
      <div className="field">
        <label htmlFor={id}>{t('file.reason.label')}</label>
        <Input.TextArea
          id={id}
          value={value}
          required
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </Section>
  );
}

function Changed({
  declaration,
  kind,
}: {
  readonly declaration: Declaration;
  readonly kind: 'amended' | 'completed';
}) {
  const { t } = useTranslation('clearance');
  return (
    <section className="first-word first-word-green" aria-labelledby="filing-amended">
      <Icon name="done" size={24} />
      <div>
        <h2 id="filing-amended">
          {t(`outcome.${kind}`, { number: declaration.number ?? declaration.id })}
        </h2>
        <p>
          <Link to="/declarations/$id" params={{ id: declaration.id }} className="button-link">
            {t('outcome.open')}
          </Link>
        </p>
      </div>
    </section>
  );
}
