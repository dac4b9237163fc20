import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';
import { useMe } from '../../../parts/queries.ts';
import { AttendanceField } from './attendance-field.tsx';
import { Choice } from './choice.tsx';
import {
  EXAMINATION_FIELDS,
  EXAMINATION_METHODS,
  newFinding,
  newWriting,
  obviousRefusals,
  recordOf,
  type Writing,
} from './examination.ts';
import { Field, FieldGroup, refusedBy } from './field.tsx';
import { FindingsField } from './findings-field.tsx';
import type { Give } from './give-act.ts';
import { PhotographsField } from './photographs-field.tsx';
import { OfficersField, SamplesField } from './rows-field.tsx';

/** The record of an examination: how, by whom, in whose presence, and what was found. */
export function ExaminationForm({
  declaration,
  give,
  onCancel,
}: {
  readonly declaration: Declaration;
  readonly give: Give;
  onCancel(): void;
}) {
  const { t } = useTranslation('clearance');
  const me = useMe();
  const found = useId();
  const [writing, setWriting] = useState<Writing>(() => newWriting(declaration, me?.name));
  const [isUploading, setUploading] = useState(false);
  const write = (patch: Partial<Writing>) => setWriting((before) => ({ ...before, ...patch }));
  const [obvious, setObvious] = useState<readonly Refusal[]>([]);
  const refused = refusedBy(obvious.length > 0 ? null : give.error, EXAMINATION_FIELDS, obvious);
  const { lines } = declaration.content;
  const only = lines.length === 1 ? (lines[0]?.lineNo ?? null) : null;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (obvious.length === 0 && !give.error) return;
    form.current
      ?.querySelector('[role=alert]')
      ?.closest('.field')
      ?.scrollIntoView({ block: 'center' });
  }, [obvious, give.error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const seen = obviousRefusals(writing);
    setObvious(seen);
    if (seen.length === 0) give.send('examinations', recordOf(writing));
  };
  return (
    <form ref={form} onSubmit={submit} className="act-form">
      <FieldGroup name="methods" refusals={refused.at('methods')}>
        <Checkbox.Group
          className="methods"
          value={[...writing.methods]}
          options={EXAMINATION_METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
          onChange={(methods) => write({ methods })}
        />
      </FieldGroup>
      <OfficersField
        officers={writing.officers}
        refusals={refused.at('officers')}
        onChange={(officers) => write({ officers })}
      />
      <AttendanceField writing={writing} refusals={refused.at('attendance')} onChange={write} />
      <div className="act-pair">
        <SealsField
          name="sealsRemoved"
          seals={writing.sealsRemoved}
          refusals={refused.at('sealsRemoved')}
          onChange={(sealsRemoved) => write({ sealsRemoved })}
        />
        <SealsField
          name="sealsApplied"
          seals={writing.sealsApplied}
          refusals={refused.at('sealsApplied')}
          onChange={(sealsApplied) => write({ sealsApplied })}
        />
      </div>
      <PhotographsField
        refusals={refused.at('photographs')}
        onChange={(photographs) => write({ photographs })}
        onBusy={setUploading}
      />
      {writing.methods.includes('sampling') ? (
        <SamplesField
          declarationId={declaration.id}
          samples={writing.samples}
          refusals={refused.at('samples')}
          onChange={(samples) => write({ samples })}
        />
      ) : null}
      <FieldGroup name="found" refusals={[]}>
        <Choice
          name={found}
          value={writing.found ?? ''}
          options={(['no', 'yes'] as const).map((value) => ({
            value,
            label: t(`found.${value}`),
            leadsTo: t(`found.${value}.leads`),
          }))}
          onChange={(value) =>
            write({
              found: value === 'yes' ? 'yes' : 'no',
              findings:
                value === 'yes' && writing.findings.length === 0
                  ? [newFinding(only)]
                  : writing.findings,
            })
          }
        />
      </FieldGroup>
      {writing.found === 'yes' ? (
        <FindingsField
          findings={writing.findings}
          lines={lines}
          refusals={refused.at('findings')}
          onChange={(findings) => write({ findings })}
        />
      ) : null}
      <Field name="note" refusals={refused.at('note')} isOptional>
        {(props) => (
          <Input.TextArea
            {...props}
            value={writing.note}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            onChange={(event) => write({ note: event.target.value })}
          />
        )}
      </Field>
      <p className="act-buttons">
        <Button
          type="primary"
          htmlType="submit"
          loading={give.isPending}
          disabled={writing.found === null || isUploading}
        >
          {t('act.recordExamination.do')}
        </Button>
        <Button onClick={onCancel}>{t('back')}</Button>
        {writing.found === null ? <span className="faint">{t('found.unanswered')}</span> : null}
        {isUploading ? <span className="faint">{t('photo.uploading')}</span> : null}
      </p>
    </form>
  );
}

/** Seal numbers, one after another; a comma, a space or Enter ends one. */
function SealsField({
  name,
  seals,
  refusals,
  onChange,
}: {
  readonly name: 'sealsRemoved' | 'sealsApplied';
  readonly seals: readonly string[];
  readonly refusals: Parameters<typeof Field>[0]['refusals'];
  onChange(seals: string[]): void;
}) {
  const { t } = useTranslation('clearance');
  return (
    <Field name={name} refusals={refusals} isOptional>
      {({ id, status }) => (
        <Select
          id={id}
          {...(status ? { status } : {})}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', '、', ' ', ';']}
          value={[...seals]}
          placeholder={t('seals.hint')}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
