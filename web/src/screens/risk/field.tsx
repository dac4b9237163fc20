import { type ReactNode, useId } from 'react';

/** A labelled input, with a word of help below it. */
export function Field({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  children(id: string): ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint ? <span className="faint">{hint}</span> : null}
    </div>
  );
}
