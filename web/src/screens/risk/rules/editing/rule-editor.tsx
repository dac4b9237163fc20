import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  RuleContent,
  Vocabulary,
} from '../../../../../../src/contexts/risk/rules/contract.ts';
import { portDay } from '../../../../parts/format.ts';
import { Page, Section } from '../../../../parts/page.tsx';
import { Trouble } from '../../../../parts/refusal-list.tsx';
import { useRule, useRules, useSaveRule, useVocabulary } from '../asking.ts';
import { BacktestPanel } from '../backtest-panel.tsx';
import { ConditionSection } from './condition-section.tsx';
import { Effect, Words } from './fields.tsx';
import { useReading } from './reading.ts';
import { TryPanel } from './try-panel.tsx';
import '../../risk.css';

const emptyRule = (): RuleContent => ({
  text: '',
  label: { zh: '', en: '' },
  sentence: null,
  advice: { zh: '', en: '' },
  legalBasis: null,
  points: 30,
  mandatory: null,
  effective: { from: portDay(), to: null },
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
  // A new rule stays the same page while others take the ids: what is written in it must not be lost.
  return (
    <RuleEditor
      key={id ?? 'new'}
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
