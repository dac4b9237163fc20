import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import { Section } from '../../../../parts/page.tsx';
import { useRuleAct } from '../asking.ts';
import { RuleStatusTag } from '../rule-status.tsx';
import { WithReason } from './with-reason.tsx';

export function Versions({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const act = useRuleAct(rule.id);
  const basedOn = rule.versions[0]?.version ?? 0;
  return (
    <Section title={t('versions.title')}>
      <ul className="versions">
        {rule.versions.map((version) => (
          <li key={version.version}>
            <details>
              <summary>
                {t('rules.version', { version: version.version })} · {version.author} ·{' '}
                {format.moment(version.savedAt)}
                {rule.live?.version === version.version ? (
                  <>
                    {' '}
                    <RuleStatusTag status="live" />
                  </>
                ) : null}
              </summary>
              <pre className="rule-source" translate="no">
                <code>{version.canonical ?? version.content.text}</code>
              </pre>
              {rule.allowed.includes('revert') && version.version !== basedOn ? (
                <WithReason
                  title={t('versions.revert')}
                  send={(reason) =>
                    act.mutateAsync({
                      act: 'revert',
                      body: { to: version.version, basedOn, reason },
                    })
                  }
                />
              ) : null}
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}
