import { Segmented } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  RuleContent,
  Vocabulary,
} from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import { Icon } from '../../../../parts/icon.tsx';
import { Section } from '../../../../parts/page.tsx';
import { conditionOf, type Group, isUnfinished, textOf } from './condition.ts';
import { ConditionBuilder, NEW_ROW } from './condition-builder.tsx';
import { DecisionTable } from './decision-table.tsx';
import type { Reading } from './reading.ts';
import { RuleText } from './rule-text.tsx';

const FIRST_CONDITION: Group = { kind: 'group', join: 'and', parts: [NEW_ROW] };

type View = 'builder' | 'text' | 'table';

/** One condition, three ways to see it: lines to choose from, its text, and a decision table. */
export function ConditionSection({
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
  const isWaiting = built !== null && isUnfinished(built);
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
      {view === 'builder' && !shown ? (
        <p className="muted">{t(reading.expression ? 'editor.textOnly' : 'editor.mendFirst')}</p>
      ) : null}
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
        {isWaiting ? <p className="muted">{t('editor.unfinished')}</p> : null}
        {(isWaiting ? [] : reading.problems).map((problem) => (
          <p key={`${problem.from} ${problem.message}`} className="reading-problem">
            <Icon name="error" size={15} />
            {problem.message}
            <span className="faint">{t('editor.at', { place: problem.from + 1 })}</span>
          </p>
        ))}
        {reading.sentence && !isWaiting ? (
          <p className="reading-sentence">
            <Icon name="done" size={15} />
            {label(reading.sentence)}
          </p>
        ) : null}
      </div>
    </Section>
  );
}
