import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import { useMessages } from '../../../../parts/messages.ts';
import { Section } from '../../../../parts/page.tsx';

export function Story({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const { sentence } = useMessages();
  const format = useFormat();
  return (
    <Section title={t('story.title')}>
      <ol className="story-list">
        {rule.story.map((step) => (
          <li key={`${step.kind} ${step.at}`}>
            <span>{sentence(`event.${step.kind}`, {}, step.kind)}</span>
            <span className="cell-sub">
              {step.by} · {format.moment(step.at)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
