import { Button, Input, Modal, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from './queries.ts';
import { Trouble } from './refusal-list.tsx';

/** One thing a form asks for. Every value is text until it is sent. */
export interface AskField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'amount' | 'day' | 'choice';
  /** For a choice: what can be chosen. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly initial?: string;
}
export type Said = Readonly<Record<string, string>>;

interface Command {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/**
 * A button that asks what an act needs, gives the act, and shows what is wrong with it in place. What
 * was written stays until the act is done.
 */
export function Ask({
  button,
  title,
  lead,
  fields,
  command,
  stale,
  isPrimary = false,
  isDanger = false,
  onDone,
}: {
  readonly button: string;
  /** What the form is called; the button's own words when left out. */
  readonly title?: string;
  readonly lead?: ReactNode;
  readonly fields: readonly AskField[];
  readonly command: (said: Said) => Command;
  /** Answers under these paths are asked again when the act is done. */
  readonly stale: readonly string[];
  readonly isPrimary?: boolean;
  readonly isDanger?: boolean;
  readonly onDone?: (answer: unknown) => void;
}) {
  const { t } = useTranslation('parts');
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<Said>({});
  const give = useCommand<Said, unknown>(command, stale);
  const value = (field: AskField): string => said[field.name] ?? field.initial ?? '';
  const isMissing = fields.some((field) => !field.isOptional && value(field).trim() === '');
  const send = () =>
    give.mutate(Object.fromEntries(fields.map((field) => [field.name, value(field).trim()])), {
      onSuccess: (answer) => {
        setOpen(false);
        setSaid({});
        onDone?.(answer);
      },
    });
  return (
    <>
      <Button
        type={isPrimary ? 'primary' : 'default'}
        danger={isDanger}
        onClick={() => {
          give.reset();
          setOpen(true);
        }}
      >
        {button}
      </Button>
      <Modal
        destroyOnHidden
        open={isOpen}
        title={title ?? button}
        okText={button}
        cancelText={t('ask.cancel')}
        okButtonProps={{ disabled: isMissing, loading: give.isPending, danger: isDanger }}
        onOk={send}
        onCancel={() => setOpen(false)}
      >
        <div className="modal-fields">
          {lead ? <p className="muted">{lead}</p> : null}
          {fields.map((field) => (
            <AskInput
              key={field.name}
              field={field}
              value={value(field)}
              onChange={(next) => setSaid((old) => ({ ...old, [field.name]: next }))}
            />
          ))}
        </div>
        <Trouble error={give.error} />
      </Modal>
    </>
  );
}

function AskInput({
  field,
  value,
  onChange,
}: {
  readonly field: AskField;
  readonly value: string;
  onChange(value: string): void;
}) {
  const { t } = useTranslation('parts');
  const id = useId();
  const { label, kind, hint, isOptional = false, options = [] } = field;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isOptional ? ` ${t('ask.optional')}` : null}
      </label>
      {kind === 'choice' ? (
        <Select
          id={id}
          value={value || null}
          options={[...options]}
          allowClear={isOptional}
          onChange={(chosen: string | null) => onChange(chosen ?? '')}
        />
      ) : kind === 'long' ? (
        <Input.TextArea
          id={id}
          value={value}
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input
          id={id}
          type={kind === 'day' ? 'date' : 'text'}
          inputMode={kind === 'amount' ? 'decimal' : undefined}
          value={value}
          maxLength={200}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {hint ? <span className="faint">{hint}</span> : null}
    </div>
  );
}
