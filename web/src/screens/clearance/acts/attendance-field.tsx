import { Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';
import { Choice } from './choice.tsx';
import type { Writing } from './examination.ts';
import { Field, FieldGroup } from './field.tsx';

/** The cargo side attends and signs; that it did not is said with the reason (径行开验). */
export function AttendanceField({
  writing,
  refusals,
  onChange,
}: {
  readonly writing: Writing;
  readonly refusals: readonly Refusal[];
  onChange(patch: Partial<Writing>): void;
}) {
  const { t } = useTranslation('clearance');
  const group = useId();
  const { attendance, attended } = writing;
  const write = (patch: Partial<Writing['attendance']>) =>
    onChange({ attendance: { ...attendance, ...patch } });
  const of = (path: string) => refusals.filter((refusal) => refusal.path === path);
  const shown =
    attended === 'yes' ? ['attendance.name', 'attendance.signature'] : ['attendance.absentReason'];
  return (
    <FieldGroup
      name="attendance"
      refusals={refusals.filter(({ path }) => attended === null || !shown.includes(path ?? ''))}
    >
      <Choice
        name={group}
        value={attended ?? ''}
        options={(['yes', 'no'] as const).map((value) => ({
          value,
          label: t(`attended.${value}`),
        }))}
        onChange={(value) => onChange({ attended: value === 'yes' ? 'yes' : 'no' })}
      />
      {attended === 'yes' ? (
        <div className="act-pair">
          <Field name="attendance.name" refusals={of('attendance.name')}>
            {(props) => (
              <Input
                {...props}
                value={attendance.name ?? ''}
                maxLength={80}
                autoComplete="off"
                onChange={(event) => write({ name: event.target.value || null })}
              />
            )}
          </Field>
          <Field name="attendance.signature" refusals={of('attendance.signature')}>
            {(props) => (
              <Input
                {...props}
                value={attendance.signature ?? ''}
                maxLength={200}
                autoComplete="off"
                placeholder={t('signature.hint')}
                onChange={(event) => write({ signature: event.target.value || null })}
              />
            )}
          </Field>
        </div>
      ) : null}
      {attended === 'no' ? (
        <Field name="attendance.absentReason" refusals={of('attendance.absentReason')}>
          {(props) => (
            <Input
              {...props}
              value={attendance.absentReason ?? ''}
              maxLength={200}
              onChange={(event) => write({ absentReason: event.target.value || null })}
            />
          )}
        </Field>
      ) : null}
    </FieldGroup>
  );
}
