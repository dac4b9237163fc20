import { Input, Select } from 'antd';
import { useId } from 'react';

/** A labelled input of one line. */
export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  isDecimal = false,
  hint,
}: {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
  readonly type?: 'text' | 'date';
  readonly isDecimal?: boolean;
  readonly hint?: string;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type={type}
        inputMode={isDecimal ? 'decimal' : undefined}
        value={value}
        maxLength={500}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint ? <span className="faint">{hint}</span> : null}
    </div>
  );
}

/** A labelled text of some sentences. */
export function LongField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        value={value}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

/** A labelled choice of a few. */
export function ChoiceField<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  onChange(value: Value): void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select id={id} value={value} options={[...options]} onChange={onChange} />
    </div>
  );
}
