import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../../../src/contexts/cases/contract.ts';
import type { Line } from '../../../../../src/contexts/clearance/contract.ts';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';
import { CodeSelect } from '../../../parts/code-select.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { FINDING_KINDS, newFinding, SEVERITIES } from './examination.ts';
import { Field, FieldGroup } from './field.tsx';
import { AddButton, RemoveButton } from './rows-field.tsx';

const WHOLE = 'whole';

/** What was found, one by one; each opens a case by itself. */
export function FindingsField({
  findings,
  lines,
  refusals,
  onChange,
}: {
  readonly findings: readonly Finding[];
  readonly lines: readonly Line[];
  readonly refusals: readonly Refusal[];
  onChange(findings: Finding[]): void;
}) {
  const { t } = useTranslation('clearance');
  const only = lines.length === 1 ? (lines[0]?.lineNo ?? null) : null;
  return (
    <FieldGroup
      name="findings"
      refusals={refusals.filter(({ path }) => !path?.startsWith('findings['))}
    >
      {findings.map((finding, index) => (
        <FindingFields
          key={`finding ${String(index)}`}
          finding={finding}
          number={index + 1}
          lines={lines}
          refusals={refusals.filter(({ path }) => path?.startsWith(`findings[${index}]`))}
          onChange={(changed) =>
            onChange(findings.map((old, at) => (at === index ? changed : old)))
          }
          onRemove={() => onChange(findings.filter((_, at) => at !== index))}
        />
      ))}
      <AddButton
        label={t('finding.add')}
        onClick={() => onChange([...findings, newFinding(only)])}
      />
    </FieldGroup>
  );
}

function FindingFields({
  finding,
  number,
  lines,
  refusals,
  onChange,
  onRemove,
}: {
  readonly finding: Finding;
  readonly number: number;
  readonly lines: readonly Line[];
  readonly refusals: readonly Refusal[];
  onChange(finding: Finding): void;
  onRemove(): void;
}) {
  const { t } = useTranslation('clearance');
  const { sentence } = useMessages();
  const heading = useId();
  const of = (field: string) => refusals.filter(({ path }) => path?.endsWith(`.${field}`));
  return (
    <fieldset className="finding-fields" aria-labelledby={heading}>
      <p className="finding-head" id={heading}>
        <b>{t('finding.number', { number })}</b>
        <RemoveButton label={t('finding.remove', { number })} onClick={onRemove} />
      </p>
      <div className="act-grid">
        <Field name="findings[].kind" refusals={of('kind')}>
          {({ id }) => (
            <Select
              id={id}
              value={finding.kind}
              showSearch={{ optionFilterProp: 'label' }}
              options={FINDING_KINDS.map((value) => ({
                value,
                label: sentence(`finding.${value}`, {}, value),
              }))}
              onChange={(kind: string) => onChange({ ...finding, kind })}
            />
          )}
        </Field>
        <Field name="findings[].severity" refusals={of('severity')}>
          {({ id }) => (
            <Select
              id={id}
              value={finding.severity}
              options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
              onChange={(severity: Finding['severity']) => onChange({ ...finding, severity })}
            />
          )}
        </Field>
        <Field name="findings[].lineNo" refusals={of('lineNo')}>
          {({ id }) => (
            <Select
              id={id}
              value={finding.lineNo === null ? WHOLE : String(finding.lineNo)}
              options={[
                { value: WHOLE, label: t('finding.whole') },
                ...lines.map(({ lineNo, description }) => ({
                  value: String(lineNo),
                  label: `${t('content.line', { line: lineNo })} ${description ?? ''}`,
                })),
              ]}
              onChange={(value: string) =>
                onChange({ ...finding, lineNo: value === WHOLE ? null : Number(value) })
              }
            />
          )}
        </Field>
        <Field name="findings[].quantity" refusals={of('quantity')} isOptional>
          {(props) => (
            <Input
              {...props}
              inputMode="decimal"
              value={finding.quantity ?? ''}
              onChange={(event) => onChange({ ...finding, quantity: event.target.value || null })}
            />
          )}
        </Field>
        <Field name="findings[].unit" refusals={of('unit')} isOptional>
          {({ id }) => (
            <CodeSelect
              id={id}
              table="unit"
              value={finding.unit}
              onChange={(unit) => onChange({ ...finding, unit })}
            />
          )}
        </Field>
      </div>
      <Field name="findings[].description" refusals={of('description')}>
        {(props) => (
          <Input.TextArea
            {...props}
            required
            value={finding.description}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            placeholder={t('finding.hint')}
            onChange={(event) => onChange({ ...finding, description: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}
