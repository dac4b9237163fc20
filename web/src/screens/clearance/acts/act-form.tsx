import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import { LaneTag } from '../../../parts/tag.tsx';
import { Choice } from './choice.tsx';
import { Field, FieldGroup, refusedBy } from './field.tsx';
import { type ActName, type FieldSpec, formOf, type Option } from './forms.ts';
import type { Give } from './give-act.ts';

type Said = Readonly<Record<string, string>>;

/** A short act: a choice or two and some words. */
export function ActForm({
  act,
  declaration,
  give,
  onCancel,
}: {
  readonly act: Exclude<ActName, 'recordExamination' | 'amend'>;
  readonly declaration: Declaration;
  readonly give: Give;
  onCancel(): void;
}) {
  const { t } = useTranslation('clearance');
  const { path, fields } = formOf(act, declaration);
  const [said, setSaid] = useState<Said>(() => firstSaid(act, fields, declaration));
  const refused = refusedBy(
    give.error,
    fields.map(({ name }) => name),
  );
  const missing = fields.filter((field) => !isSaid(field, said));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { approve, ...rest } = said;
    give.send(path, approve === undefined ? rest : { ...rest, approve: approve === 'true' });
  };
  return (
    <form onSubmit={submit} className="act-form">
      {fields.map((field) => (
        <SpecField
          key={field.name}
          field={field}
          value={said[field.name] ?? ''}
          refusals={refused.at(field.name)}
          onChange={(value) => setSaid({ ...said, [field.name]: value })}
        />
      ))}
      <p className="act-buttons">
        <Button
          type="primary"
          htmlType="submit"
          danger={act === 'cancel' || act === 'hold'}
          loading={give.isPending}
          disabled={missing.length > 0}
        >
          {t(`act.${act}.do`)}
        </Button>
        <Button onClick={onCancel}>{t('back')}</Button>
      </p>
    </form>
  );
}

function SpecField({
  field,
  value,
  refusals,
  onChange,
}: {
  readonly field: FieldSpec;
  readonly value: string;
  readonly refusals: Parameters<typeof Field>[0]['refusals'];
  onChange(value: string): void;
}) {
  const { t } = useTranslation('clearance');
  const group = useId();
  const { name } = field;
  if (field.kind === 'choice') {
    const label = (option: Option) =>
      isLane(option.value) ? (
        <LaneTag lane={option.value} />
      ) : name === 'sample' ? (
        option.value
      ) : (
        t(option.words)
      );
    return (
      <FieldGroup name={name} refusals={refusals}>
        <Choice
          name={group}
          value={value}
          onChange={onChange}
          options={field.options.map((option) => ({
            value: option.value,
            label: label(option),
            ...(option.leadsTo ? { leadsTo: t(option.leadsTo) } : {}),
          }))}
        />
      </FieldGroup>
    );
  }
  const { isOptional = false } = field;
  return (
    <Field name={name} refusals={refusals} isOptional={isOptional}>
      {(props) =>
        field.kind === 'long' ? (
          <Input.TextArea
            {...props}
            value={value}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            required={!isOptional}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            {...props}
            value={value}
            maxLength={120}
            required={!isOptional}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}

const isLane = (value: string): value is 'yellow' | 'blue' | 'green' =>
  ['yellow', 'blue', 'green'].includes(value);

const isSaid = (field: FieldSpec, said: Said): boolean =>
  (field.kind !== 'choice' && Boolean(field.isOptional)) || Boolean(said[field.name]?.trim());

/** Only what the record already says is filled in; a decision is never made beforehand. */
function firstSaid(act: ActName, fields: readonly FieldSpec[], declaration: Declaration): Said {
  if (act === 'confirmArrival')
    return { premises: declaration.content.parties.terminal?.name ?? '' };
  const sample = fields.find((field) => field.kind === 'choice' && field.name === 'sample');
  const only = sample?.kind === 'choice' && sample.options.length === 1 ? sample.options[0] : null;
  return only ? { sample: only.value } : {};
}
