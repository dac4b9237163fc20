import { Input } from 'antd';
import { useId } from 'react';
import { useUrlState } from './url-state.ts';

/** Where a list is searched by words: `q` of the address, no step in the history for each letter, no longer than any list takes. */
export function SearchField({ label, hint }: { readonly label: string; readonly hint?: string }) {
  const id = useId();
  const [{ q }, change] = useUrlState();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        allowClear
        maxLength={60}
        value={q ?? ''}
        placeholder={hint}
        onChange={(event) => change({ q: event.target.value }, { replace: true })}
      />
    </div>
  );
}
