import { useId } from 'react';
import { CodeSelect, type ReferenceTable } from '../../parts/code-select.tsx';

/** A labelled code of a reference table. */
export function CodeField({
  label,
  table,
  value,
  onChange,
}: {
  readonly label: string;
  readonly table: ReferenceTable;
  readonly value: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <CodeSelect id={id} table={table} value={value} onChange={(code) => onChange(code ?? '')} />
    </div>
  );
}
