import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';
import { useAsk, useAskList } from './queries.ts';

export type ReferenceTable =
  | 'hs'
  | 'hs_chapter'
  | 'country'
  | 'currency'
  | 'unit'
  | 'customs_office'
  | 'supervision_mode'
  | 'levy_nature'
  | 'trade_terms'
  | 'transport_mode'
  | 'package_kind'
  | 'document_kind'
  | 'preference'
  | 'licence_kind';

interface Entry {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}
interface Answer {
  readonly entries: readonly Entry[];
}

/** The reader's name for a code in force on a day; the code itself while it is not known. */
export function useCodeName(table: ReferenceTable, code: string | null | undefined, on?: string) {
  const { label } = useFormat();
  const { data } = useAsk<Answer>(`/api/reference/${table}`, { q: code, on }, Boolean(code));
  const entry = data?.entries.find((candidate) => candidate.code === code);
  return entry ? label(entry) : null;
}

/** A code with its name: `2202 外高桥海关`. */
export function CodeName({
  table,
  code,
  on,
}: {
  readonly table: ReferenceTable;
  readonly code: string | null | undefined;
  readonly on?: string;
}) {
  const name = useCodeName(table, code, on);
  if (!code) return <>—</>;
  return (
    <span className="code-name">
      <code translate="no">{code}</code> {name}
    </span>
  );
}

/** Chooses one code of a reference table by typing its code or its name, in either language. */
export function CodeSelect({
  table,
  value,
  onChange,
  on,
  id,
  label,
  placeholder,
  disabled = false,
  status,
}: {
  readonly table: ReferenceTable;
  readonly value?: string | null | undefined;
  readonly onChange?: (code: string | null) => void;
  /** The day whose table counts; today when left out. */
  readonly on?: string;
  readonly id?: string;
  /** The accessible name where no `<label>` points here. */
  readonly label?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly status?: 'error' | 'warning';
}) {
  const { t } = useTranslation('parts');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(false);
  const q = useDeferredValue(typed);
  const { data, isFetching } = useAskList<Answer>(`/api/reference/${table}`, { q, on }, opened);
  const name = useCodeName(table, value, on);
  const options = (data?.entries ?? []).map((entry) => ({
    value: entry.code,
    label: `${entry.code} ${format.label(entry)}`,
  }));
  if (value && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: name ? `${value} ${name}` : value });
  }
  return (
    <Select
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      {...(status ? { status } : {})}
      className="code-select"
      value={value || null}
      onChange={(code: string | undefined) => onChange?.(code ?? null)}
      onOpenChange={(open) => open && setOpened(true)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      disabled={disabled}
      loading={isFetching}
      options={options}
      placeholder={placeholder ?? t('codeSelect.placeholder')}
      notFoundContent={isFetching ? t('loading') : t('codeSelect.none')}
    />
  );
}
