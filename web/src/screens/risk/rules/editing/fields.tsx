import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RuleContent } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { Section } from '../../../../parts/page.tsx';
import { Field } from '../../field.tsx';

interface PartProps {
  readonly content: RuleContent;
  change(part: Partial<RuleContent>): void;
}

/** What the rule is called and what it says, in both languages. */
export function Words({ content, change }: PartProps) {
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
export function Effect({ content, change }: PartProps) {
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
