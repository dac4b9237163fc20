import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';
import { isRefused } from '../../../parts/api.ts';
import { RefusalList } from '../../../parts/refusal-list.tsx';
import { useFieldLabel } from '../words.ts';

/** The refusals of an answer, by where they belong: beside a field, or above them all. */
export interface Refused {
  at(path: string): readonly Refusal[];
  readonly elsewhere: readonly Refusal[];
}

/**
 * @param fields what stands on the form: a refusal of `findings[0].kind` belongs to `findings`.
 * @param seenHere what this page refused by itself, before asking the server.
 */
export function refusedBy(
  error: unknown,
  fields: readonly string[],
  seenHere: readonly Refusal[] = [],
): Refused {
  const refusals = [...seenHere, ...(isRefused(error) ? error.refusals : [])];
  const isIn = (path: string, field: string) =>
    path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
  return {
    at: (path) => refusals.filter((refusal) => refusal.path && isIn(refusal.path, path)),
    elsewhere: refusals.filter(
      ({ path }) => path === undefined || !fields.some((field) => isIn(path, field)),
    ),
  };
}

export interface FieldProps {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: boolean;
  readonly status?: 'error';
}

/** A label, its control, and beside it whatever was refused about it. */
export function Field({
  name,
  refusals,
  hint,
  isOptional = false,
  children,
}: {
  /** The path of the value, which names the field too. */
  readonly name: string;
  readonly refusals: readonly Refusal[];
  readonly hint?: ReactNode;
  readonly isOptional?: boolean;
  children(props: FieldProps): ReactNode;
}) {
  const { t } = useTranslation('clearance');
  const label = useFieldLabel();
  const id = useId();
  const isBad = refusals.length > 0;
  return (
    <div className="field act-field">
      <label htmlFor={id}>
        {label(name)}
        {isOptional ? ` ${t('optional')}` : null}
      </label>
      {hint ? (
        <p className="faint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children({
        id,
        ...(isBad ? { 'aria-invalid': true, status: 'error' as const } : {}),
        ...(isBad || hint
          ? {
              'aria-describedby': [hint && `${id}-hint`, isBad && `${id}-bad`]
                .filter(Boolean)
                .join(' '),
            }
          : {}),
      })}
      <FieldRefusals id={`${id}-bad`} refusals={refusals} />
    </div>
  );
}

/** As a `Field`, for several controls that are one question. */
export function FieldGroup({
  name,
  refusals,
  hint,
  isOptional = false,
  children,
}: {
  readonly name: string;
  readonly refusals: readonly Refusal[];
  readonly hint?: ReactNode;
  readonly isOptional?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('clearance');
  const label = useFieldLabel();
  const id = useId();
  return (
    <fieldset className="field act-field" aria-describedby={`${id}-bad`}>
      <legend>
        {label(name)}
        {isOptional ? ` ${t('optional')}` : null}
      </legend>
      {hint ? <p className="faint">{hint}</p> : null}
      {children}
      <FieldRefusals id={`${id}-bad`} refusals={refusals} />
    </fieldset>
  );
}

function FieldRefusals({
  id,
  refusals,
}: {
  readonly id: string;
  readonly refusals: readonly Refusal[];
}) {
  const label = useFieldLabel();
  if (refusals.length === 0) return <span id={id} hidden />;
  return (
    <div id={id} role="alert">
      <RefusalList refusals={refusals} fieldLabel={label} />
    </div>
  );
}
