import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, InputNumber, Segmented, Select } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleContent, Vocabulary } from '../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Page, Section } from '../../../parts/page.tsx';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { useRule, useRules, useSaveRule, useVocabulary } from './asking.ts';
import { BacktestPanel } from './backtest-panel.tsx';
import { conditionOf, type Group, textOf } from './condition.ts';
import { ConditionBuilder, NEW_ROW } from './condition-builder.tsx';
import { DecisionTable } from './decision-table.tsx';
import { type Reading, useReading } from './reading.ts';
import { RuleText } from './rule-text.tsx';
import { TryPanel } from './try-panel.tsx';
import '../risk.css';

const today = () => new Date().toISOString().slice(0, 10);
const FIRST_CONDITION: Group = { kind: 'group', join: 'and', parts: [NEW_ROW] };

const emptyRule = (): RuleContent => ({
  text: '',
  label: { zh: '', en: '' },
  sentence: null,
  advice: { zh: '', en: '' },
  legalBasis: null,
  points: 30,
  mandatory: null,
  effective: { from: today(), to: null },
  origin: '',
  scope: { offices: [], directions: [], modes: [] },
});

/** A new rule, or the next version of one. */
export function RuleEditorScreen() {
  const { id } = useParams({ strict: false });
  const vocabulary = useVocabulary();
  const rules = useRules();
  const kept = useRule(id ?? '');
  const name = id ?? rules.data?.nextId;
  if (!vocabulary || !name || (id && !kept.data))
    return <Trouble error={kept.error ?? rules.error} />;
  const version = kept.data?.versions[0];
  return (
    <RuleEditor
      key={name}
      id={name}
      basedOn={version?.version ?? 0}
      initial={version?.content ?? emptyRule()}
      vocabulary={vocabulary}
    />
  );
}

function RuleEditor({
  id,
  basedOn,
  initial,
  vocabulary,
}: {
  readonly id: string;
  readonly basedOn: number;
  readonly initial: RuleContent;
  readonly vocabulary: Vocabulary;
}) {
  const { t } = useTranslation('risk');
  const navigate = useNavigate();
  const [content, setContent] = useState(initial);
  const change = (part: Partial<RuleContent>) => setContent((old) => ({ ...old, ...part }));
  const reading = useReading(content.text, vocabulary);
  const save = useSaveRule(id);
  const submit = () =>
    save.mutate(
      { content, basedOn },
      { onSuccess: () => void navigate({ to: '/rules/$id', params: { id } }) },
    );
  return (
    <Page
      wide
      title={basedOn === 0 ? t('editor.new') : t('editor.edit', { id })}
      lead={t('editor.lead')}
      actions={
        basedOn === 0 ? (
          <Link to="/rules">{t('editor.back')}</Link>
        ) : (
          <Link to="/rules/$id" params={{ id }}>
            {t('editor.back')}
          </Link>
        )
      }
    >
      <div className="two">
        <div>
          <ConditionSection
            content={content}
            onText={(text) => change({ text })}
            reading={reading}
            vocabulary={vocabulary}
          />
          <Section title={t('editor.proof')}>
            <BacktestPanel rule={reading.canonical === null ? null : { text: reading.canonical }} />
          </Section>
          <Section title={t('try.title')}>
            <TryPanel text={content.text} />
          </Section>
        </div>
        <div>
          <Words content={content} change={change} />
          <Effect content={content} change={change} />
          <div className="editor-save">
            <Button type="primary" size="large" loading={save.isPending} onClick={submit}>
              {t('editor.save')}
            </Button>
            <p className="faint">{t('editor.saveNote')}</p>
          </div>
          <Trouble error={save.error} />
        </div>
      </div>
    </Page>
  );
}

type View = 'builder' | 'text' | 'table';

/** One condition, three ways to see it: lines to choose from, its text, and a decision table. */
function ConditionSection({
  content,
  onText,
  reading,
  vocabulary,
}: {
  readonly content: RuleContent;
  onText(text: string): void;
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
}) {
  const { t } = useTranslation('risk');
  const { label } = useFormat();
  const noteId = useId();
  const [view, setView] = useState<View>('builder');
  const [built, setBuilt] = useState<Group | null>(content.text ? null : FIRST_CONDITION);
  const read = reading.expression && conditionOf(reading.expression);
  // What was chosen last stands until the text is written by hand; then the text is what is read.
  const shown = built ?? read;
  const build = (group: Group) => {
    setBuilt(group);
    onText(textOf(group));
  };
  const write = (text: string) => {
    if (built && text !== textOf(built)) setBuilt(null);
    onText(text);
  };
  const firstText = content.text === '' && built ? textOf(built) : null;
  useEffect(() => {
    if (firstText !== null) onText(firstText);
  }, [firstText, onText]);
  return (
    <Section
      title={t('editor.condition')}
      aside={
        <Segmented<View>
          size="small"
          aria-label={t('editor.view')}
          value={view}
          onChange={setView}
          options={(['builder', 'table', 'text'] as const).map((value) => ({
            value,
            label: t(`editor.view.${value}`),
          }))}
        />
      }
    >
      {view === 'builder' && shown ? (
        <ConditionBuilder value={shown} onChange={build} vocabulary={vocabulary} />
      ) : null}
      {view === 'builder' && !shown ? <p className="muted">{t('editor.textOnly')}</p> : null}
      {view === 'table' ? <DecisionTable condition={shown} vocabulary={vocabulary} /> : null}
      <RuleText
        value={content.text}
        onChange={write}
        problems={reading.problems}
        vocabulary={vocabulary}
        label={t('editor.text')}
        describedBy={noteId}
        placeholder={t('editor.placeholder')}
      />
      <div id={noteId} role="status" className="reading">
        {reading.problems.map((problem) => (
          <p key={`${problem.from} ${problem.message}`} className="reading-problem">
            <Icon name="error" size={15} />
            {problem.message}
            <span className="faint">{t('editor.at', { place: problem.from + 1 })}</span>
          </p>
        ))}
        {reading.sentence ? (
          <p className="reading-sentence">
            <Icon name="done" size={15} />
            {label(reading.sentence)}
          </p>
        ) : null}
      </div>
    </Section>
  );
}

interface PartProps {
  readonly content: RuleContent;
  change(part: Partial<RuleContent>): void;
}

function Field({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  children(id: string): ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint ? <span className="faint">{hint}</span> : null}
    </div>
  );
}

/** What the rule is called and what it says, in both languages. */
function Words({ content, change }: PartProps) {
  const { t } = useTranslation('risk');
  const sentence = content.sentence ?? { zh: '', en: '' };
  const say = (words: { zh: string; en: string }) =>
    change({ sentence: words.zh || words.en ? words : null });
  return (
    <Section title={t('editor.words')}>
      <div className="editor-fields">
        {(['zh', 'en'] as const).map((language) => (
          <Field key={language} label={t(`editor.label.${language}`)}>
            {(id) => (
              <Input
                id={id}
                lang={language}
                maxLength={80}
                value={content.label[language]}
                onChange={(event) =>
                  change({ label: { ...content.label, [language]: event.target.value } })
                }
              />
            )}
          </Field>
        ))}
        {(['zh', 'en'] as const).map((language) => (
          <Field key={language} label={t(`editor.advice.${language}`)}>
            {(id) => (
              <Input.TextArea
                id={id}
                lang={language}
                autoSize={{ minRows: 2, maxRows: 5 }}
                maxLength={500}
                value={content.advice[language]}
                onChange={(event) =>
                  change({ advice: { ...content.advice, [language]: event.target.value } })
                }
              />
            )}
          </Field>
        ))}
        {(['zh', 'en'] as const).map((language) => (
          <Field
            key={language}
            label={t(`editor.sentence.${language}`)}
            hint={t('editor.sentence.hint')}
          >
            {(id) => (
              <Input
                id={id}
                lang={language}
                maxLength={500}
                value={sentence[language]}
                onChange={(event) => say({ ...sentence, [language]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </Section>
  );
}

/** What a hit does, where and when. */
function Effect({ content, change }: PartProps) {
  const { t } = useTranslation('risk');
  const { t: parts } = useTranslation('parts');
  const { scope, effective } = content;
  return (
    <Section title={t('editor.effect')}>
      <div className="editor-fields">
        <Field label={t('editor.mandatory')}>
          {(id) => (
            <Select<'none' | 'yellow' | 'red'>
              id={id}
              value={content.mandatory ?? 'none'}
              onChange={(value) => change({ mandatory: value === 'none' ? null : value })}
              options={[
                { value: 'none', label: t('editor.mandatory.none') },
                { value: 'yellow', label: parts('lane.yellow') },
                { value: 'red', label: parts('lane.red') },
              ]}
            />
          )}
        </Field>
        <Field label={t('editor.points')} hint={t('editor.points.hint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={100}
              precision={0}
              value={content.points}
              onChange={(points) => change({ points: points ?? 0 })}
            />
          )}
        </Field>
        <Field label={t('editor.from')}>
          {(id) => (
            <Input
              id={id}
              type="date"
              required
              value={effective.from}
              onChange={(event) =>
                change({ effective: { ...effective, from: event.target.value } })
              }
            />
          )}
        </Field>
        <Field label={t('editor.to')} hint={t('editor.to.hint')}>
          {(id) => (
            <Input
              id={id}
              type="date"
              value={effective.to ?? ''}
              onChange={(event) =>
                change({ effective: { ...effective, to: event.target.value || null } })
              }
            />
          )}
        </Field>
        <Field label={t('editor.origin')} hint={t('editor.origin.hint')}>
          {(id) => (
            <Input
              id={id}
              maxLength={300}
              value={content.origin}
              onChange={(event) => change({ origin: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('editor.legalBasis')}>
          {(id) => (
            <Input
              id={id}
              maxLength={300}
              value={content.legalBasis ?? ''}
              onChange={(event) => change({ legalBasis: event.target.value || null })}
            />
          )}
        </Field>
        <Field label={t('editor.directions')} hint={t('editor.everywhere')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={scope.directions}
              onChange={(directions) => change({ scope: { ...scope, directions } })}
              options={[
                { value: 'I' as const, label: t('direction.I') },
                { value: 'E' as const, label: t('direction.E') },
              ]}
            />
          )}
        </Field>
        {(['offices', 'modes'] as const).map((name) => (
          <Field key={name} label={t(`editor.${name}`)} hint={t('editor.everywhere')}>
            {(id) => (
              <Select
                id={id}
                mode="tags"
                open={false}
                suffixIcon={null}
                tokenSeparators={[',', '，', ' ', '、']}
                value={scope[name]}
                onChange={(codes: string[]) => change({ scope: { ...scope, [name]: codes } })}
              />
            )}
          </Field>
        ))}
      </div>
    </Section>
  );
}
