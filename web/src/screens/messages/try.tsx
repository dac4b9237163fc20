import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt, TrialRules } from '../../../../src/contexts/messages/contract.ts';
import type { TriedMessage } from '../../../../src/contexts/messages/inbox/contract.ts';
import { type ApiRefused, post } from '../../parts/api.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Trouble } from '../../parts/refusal-list.tsx';
import { DropField } from '../cargo/drop-field.tsx';
import { type Draft, draftOf, noDraft, written } from './draft.ts';
import { Sides } from './sides.tsx';
import { TrialOutcome } from './trial-outcome.tsx';
import '../cargo/cargo.css';
import './messages.css';

const AT = '/api/trade-messages';

/** A message tried before it is sent: what would be wrong with it, and what would become of it. Nothing is kept. */
export function TryMessageScreen() {
  const { t } = useTranslation('messages');
  const navigate = useNavigate();
  const field = useRef<TextAreaRef>(null);
  const [draft, setDraft] = useState<Draft>(noDraft);
  const [rules, setRules] = useState<TrialRules>('inForce');
  const [on, setOn] = useState('');
  const tried = useMutation<TriedMessage, ApiRefused, Draft>({
    mutationFn: ({ bytes }) => post(`${AT}/trial/view`, { rules, on }, bytes),
  });
  const sent = useMutation<Receipt, ApiRefused, Draft>({
    mutationFn: ({ bytes }) => post(AT, {}, bytes),
    onSuccess: ({ id }) => navigate({ to: '/messages/$id', params: { id } }),
  });
  const take = (next: Draft) => {
    tried.reset();
    sent.reset();
    setDraft(next);
  };
  const read = (file: File) => void draftOf(file).then(take);
  const result = tried.data;
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result) outcome.current?.scrollIntoView();
  }, [result]);
  const [looksAt, setLooksAt] = useState<number | null>(null);
  /** Puts the cursor where the problem is that is looked at. */
  const mend = () => {
    const area = field.current?.resizableTextArea?.textArea;
    const place = looksAt === null ? null : result?.problems[looksAt]?.place;
    if (place)
      area?.setSelectionRange(inField(draft.text, place.from), inField(draft.text, place.to));
    area?.focus();
  };
  return (
    <Page
      wide
      title={t('try.title')}
      lead={t('try.lead')}
      actions={<Link to="/messages">{t('messages.back')}</Link>}
    >
      <Section title={t('try.message')}>
        <DropField accept=".xml,.edi,.txt,.json" label={t('try.drop')} onFile={read} />
        <MessageField draft={draft} field={field} onChange={(text) => take(written(text))} />
        <div className="try-bar">
          <RulesChoice rules={rules} on={on} onRules={setRules} onDay={setOn} />
          <div className="button-row">
            <Button
              type="primary"
              disabled={draft.bytes.size === 0}
              loading={tried.isPending}
              onClick={() => tried.mutate(draft)}
            >
              {t('try.try')}
            </Button>
            <Button
              disabled={result === undefined}
              loading={sent.isPending}
              icon={<Icon name="arrowRight" />}
              onClick={() => sent.mutate(draft)}
            >
              {t('try.send')}
            </Button>
          </div>
        </div>
        <Trouble error={tried.error ?? sent.error} />
      </Section>
      {result ? (
        <div ref={outcome} className="trial-result">
          <TrialOutcome tried={result} />
          <Sides
            view={result}
            onSelect={setLooksAt}
            rawAside={
              draft.isShown && result.problems.length > 0 ? (
                <Button type="text" size="small" onClick={mend}>
                  {t('try.mend')}
                </Button>
              ) : null
            }
          />
        </div>
      ) : null}
    </Page>
  );
}

/** A field has one character where a file may have two at the end of a line. */
const inField = (text: string, at: number): number =>
  text.slice(0, at).replaceAll('\r\n', '\n').length;

function MessageField({
  draft,
  field,
  onChange,
}: {
  readonly draft: Draft;
  readonly field: React.Ref<TextAreaRef>;
  onChange(text: string): void;
}) {
  const { t } = useTranslation('messages');
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('try.paste')}</label>
      {draft.isShown ? (
        <Input.TextArea
          ref={field}
          id={id}
          className="message-text"
          spellCheck={false}
          value={draft.text}
          autoSize={{ minRows: 6, maxRows: 14 }}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <p className="muted">
          {t('try.large', { name: draft.name })}{' '}
          <button type="button" className="link-button" onClick={() => onChange('')}>
            {t('try.other')}
          </button>
        </p>
      )}
    </div>
  );
}

function RulesChoice({
  rules,
  on,
  onRules,
  onDay,
}: {
  readonly rules: TrialRules;
  readonly on: string;
  onRules(rules: TrialRules): void;
  onDay(day: string): void;
}) {
  const { t } = useTranslation('messages');
  const ids = { rules: useId(), on: useId() };
  return (
    <>
      <div className="field">
        <span className="field-label" id={ids.rules}>
          {t('try.rules')}
        </span>
        <Segmented
          aria-labelledby={ids.rules}
          value={rules}
          options={(['inForce', 'coming'] as const).map((value) => ({
            value,
            label: t(`rules.${value}`),
          }))}
          onChange={onRules}
        />
      </div>
      <div className="field">
        <label htmlFor={ids.on}>{t('try.on')}</label>
        <Input id={ids.on} type="date" value={on} onChange={(event) => onDay(event.target.value)} />
      </div>
    </>
  );
}
