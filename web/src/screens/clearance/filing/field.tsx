import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeSelect, type ReferenceTable } from '../../../parts/code-select.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { useFieldLabel, type Word } from '../words.ts';
import type { Path } from './content-path.ts';
import { useFiling, useProblems, useValue } from './filing-store.tsx';
import { useMayWait } from './modes/catalogue.ts';

/** Where a link from a problem leads. */
export const fieldId = (path: Path): string => `filing-${path.replace(/[^A-Za-z0-9]+/g, '-')}`;

export function focusField(path: Path): void {
  const plain = path.replace(/^content\./, '');
  const field =
    document.getElementById(fieldId(plain)) ??
    document.querySelector<HTMLElement>(`[data-part="${plain.split(/[.[]/)[0]}"]`);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

/** Label above, control, and what is wrong beneath it. */
function Labelled({
  path,
  isOptional = false,
  aside,
  children,
  className = '',
}: {
  readonly path: Path;
  readonly isOptional?: boolean;
  readonly aside?: ReactNode;
  readonly className?: string;
  children(id: string, problem: 'error' | undefined): ReactNode;
}) {
  const { t } = useTranslation('clearance');
  const problems = useProblems(path);
  const { sentence } = useMessages();
  const nameOf = useFieldLabel();
  const id = fieldId(path);
  const name = nameOf(path, true);
  const mayWait = useMayWait(path);
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>
        {name}
        {mayWait ? (
          <span className="faint"> {t('laterField')}</span>
        ) : isOptional ? (
          <span className="faint"> {t('optional')}</span>
        ) : null}
      </label>
      {children(id, problems.length > 0 ? 'error' : undefined)}
      {aside}
      {problems.length > 0 ? (
        <p className="field-problem" id={`${id}-problem`}>
          {problems
            .map(({ code, params, seen }) =>
              sentence(code, { ...(seen === undefined ? {} : { seen }), ...params, path: name }),
            )
            .join(' ')}
        </p>
      ) : null}
    </div>
  );
}

interface Common {
  readonly path: Path;
  readonly isOptional?: boolean;
  readonly aside?: ReactNode;
  readonly className?: string;
}

const described = (id: string, problem: string | undefined) =>
  problem ? { 'aria-describedby': `${id}-problem`, 'aria-invalid': true } : {};

export function TextField({
  max = 200,
  type = 'text',
  ...common
}: Common & { readonly max?: number; readonly type?: 'text' | 'date' }) {
  const store = useFiling();
  const value = useValue(common.path);
  return (
    <Labelled {...common}>
      {(id, status) => (
        <Input
          id={id}
          type={type}
          disabled={store.isLocked(common.path)}
          {...described(id, status)}
          {...(status ? { status } : {})}
          value={value}
          maxLength={max}
          autoComplete="off"
          onChange={(event) => store.set(common.path, event.target.value || null)}
          onBlur={() => value !== value.trim() && store.set(common.path, value.trim() || null)}
        />
      )}
    </Labelled>
  );
}

/** A number, kept as the text that was typed; thousands marks of a pasted figure are left out. */
export function AmountField({
  isCount = false,
  placeholder,
  ...common
}: Common & { readonly isCount?: boolean; readonly placeholder?: string }) {
  const store = useFiling();
  const value = useValue(common.path);
  const keep = (typed: string) => {
    const text = typed.replace(/[\s,，]/g, '');
    if (!isCount) return store.set(common.path, text || null);
    if (/^\d{0,9}$/.test(text)) store.set(common.path, text === '' ? null : Number(text));
  };
  return (
    <Labelled {...common}>
      {(id, status) => (
        <Input
          id={id}
          inputMode={isCount ? 'numeric' : 'decimal'}
          className="amount"
          disabled={store.isLocked(common.path)}
          {...described(id, status)}
          {...(status ? { status } : {})}
          {...(placeholder ? { placeholder } : {})}
          value={value}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => keep(event.target.value)}
        />
      )}
    </Labelled>
  );
}

export function CodeField({ table, ...common }: Common & { readonly table: ReferenceTable }) {
  const store = useFiling();
  const value = useValue(common.path);
  return (
    <Labelled {...common}>
      {(id, status) => (
        <CodeSelect
          id={id}
          table={table}
          disabled={store.isLocked(common.path)}
          {...(status ? { status } : {})}
          value={value}
          onChange={(code) => store.set(common.path, code)}
        />
      )}
    </Labelled>
  );
}

export function ChoiceField({
  options,
  ...common
}: Common & { readonly options: readonly { readonly value: string; readonly words: Word }[] }) {
  const { t } = useTranslation('clearance');
  const store = useFiling();
  const value = useValue(common.path);
  return (
    <Labelled {...common}>
      {(id, status) => (
        <Select
          id={id}
          disabled={store.isLocked(common.path)}
          {...(status ? { status } : {})}
          value={value}
          options={options.map((option) => ({ value: option.value, label: t(option.words) }))}
          onChange={(chosen: string) => store.set(common.path, chosen)}
        />
      )}
    </Labelled>
  );
}
