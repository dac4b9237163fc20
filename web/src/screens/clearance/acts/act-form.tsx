import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import { LaneTag } from '../../../parts/tag.tsx';
import { Choice } from './choice.tsx';
import { Field, FieldGroup, refusedBy } from './field.tsx';
import { type FieldSpec, formOf, type Option, type ShortAct } from './forms.ts';
import type { Give } from './give-act.ts';

type Said = Readonly<Record<string, string>>;

/** A short act: a choice or two and some words. */
export function ActForm({
  act,
  declaration,
  give,
  onCancel,
}: {
  readonly act: ShortAct;
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
    give.send(
      path,
      Object.fromEntries(
        fields.flatMap((field) => {
          const told = said[field.name] ?? '';
          return field.kind === 'day' && told === '' ? [] : [[field.name, toldAs(field, told)]];
        }),
      ),
    );
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
          danger={act === 'cancel' || act === 'hold' || act === 'revoke'}
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
    <Field
      name={name}
      refusals={refusals}
      isOptional={isOptional}
      {...(field.kind === 'list' ? { hint: t('seals.hint') } : {})}
    >
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
            type={field.kind === 'day' ? 'date' : 'text'}
            value={value}
            maxLength={field.kind === 'list' ? 2000 : 120}
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

/** A field as it is sent: lists as lists, yes and no as what they are. */
function toldAs({ kind, name }: FieldSpec, told: string): unknown {
  if (kind === 'list') return told.split(/[,，、\s]+/).filter(Boolean);
  return name === 'approve' || name === 'intact' ? told === 'true' : told.trim();
}

/** Only what the record already says is filled in; a decision is never made beforehand. */
function firstSaid(act: ShortAct, fields: readonly FieldSpec[], declaration: Declaration): Said {
  if (act === 'confirmArrival')
    return { premises: declaration.content.parties.terminal?.name ?? '' };
  const only = fields.flatMap((field) =>
    field.kind === 'choice' && field.options.length === 1
      ? [[field.name, field.options[0]?.value ?? '']]
      : [],
  );
  return Object.fromEntries(only);
}
