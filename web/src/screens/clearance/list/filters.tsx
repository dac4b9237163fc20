import { Input, Select } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeSelect } from '../../../parts/code-select.tsx';
import { useUrlState } from '../../../parts/url-state.ts';

const STATUSES = [
  'draft',
  'returned',
  'accepted',
  'documentaryCheck',
  'examination',
  'disposition',
  'released',
  'refusedEntry',
  'closed',
  'cancelled',
] as const;
const LANES = ['red', 'yellow', 'blue', 'green'] as const;
/** While typing, the question is asked when the hand rests. */
const REST_MS = 350;
const MORE = ['office', 'hs', 'origin', 'party', 'filedFrom', 'filedTo'] as const;

/** The search form of the declarations; every field is in the address. */
export function DeclarationFilters() {
  const { t } = useTranslation('clearance');
  const { t: tp } = useTranslation('parts');
  const [state, change] = useUrlState();
  const [isOpen, setOpen] = useState(MORE.some((name) => state[name]));
  return (
    <>
      <TextFilter name="q" label={t('filter.q')} placeholder={t('filter.q.hint')} />
      <Choice
        name="status"
        label={t('column.status')}
        options={STATUSES.map((value) => ({ value, label: tp(`status.${value}`) }))}
      />
      <Choice
        name="lane"
        label={t('column.lane')}
        options={LANES.map((value) => ({ value, label: tp(`lane.${value}`) }))}
      />
      <Choice
        name="ieFlag"
        label={t('column.ieFlag')}
        options={(['I', 'E'] as const).map((value) => ({ value, label: t(`ie.${value}`) }))}
      />
      <button
        type="button"
        className="link-button filters-toggle"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t(isOpen ? 'filter.less' : 'filter.more')}
      </button>
      <div className={isOpen ? 'filters-rest' : 'filters-rest filters-rest-closed'}>
        <Labelled label={t('column.office')}>
          {(id) => (
            <CodeSelect
              id={id}
              table="customs_office"
              value={state.office}
              onChange={(office) => change({ office: office ?? undefined })}
            />
          )}
        </Labelled>
        <TextFilter name="hs" label={t('column.hs')} placeholder={t('filter.hs.hint')} />
        <Labelled label={t('column.origin')}>
          {(id) => (
            <CodeSelect
              id={id}
              table="country"
              value={state.origin}
              onChange={(origin) => change({ origin: origin ?? undefined })}
            />
          )}
        </Labelled>
        <TextFilter
          name="party"
          label={t('column.domestic')}
          placeholder={t('filter.party.hint')}
        />
        <DayFilter name="filedFrom" label={t('filter.filedFrom')} />
        <DayFilter name="filedTo" label={t('filter.filedTo')} />
      </div>
    </>
  );
}

function Labelled({
  label,
  children,
}: {
  readonly label: string;
  children(id: string): ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function TextFilter({
  name,
  label,
  placeholder,
}: {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
}) {
  const [state, change] = useUrlState();
  const [text, setText] = useState(state[name] ?? '');
  const asked = useRef(text);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => {
    const outside = state[name] ?? '';
    if (outside !== asked.current) {
      asked.current = outside;
      setText(outside);
    }
  }, [state[name], name]);
  useEffect(() => {
    if (text.trim() === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text.trim();
      latest.current({ [name]: text.trim() }, { replace: true });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [text, name]);
  return (
    <Labelled label={label}>
      {(id) => (
        <Input
          id={id}
          value={text}
          allowClear
          maxLength={100}
          placeholder={placeholder}
          onChange={(event) => setText(event.target.value)}
        />
      )}
    </Labelled>
  );
}

function Choice({
  name,
  label,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly options: { readonly value: string; readonly label: string }[];
}) {
  const { t } = useTranslation('clearance');
  const [state, change] = useUrlState();
  return (
    <Labelled label={label}>
      {(id) => (
        <Select
          id={id}
          value={state[name] ?? null}
          allowClear
          placeholder={t('filter.any')}
          options={options}
          onChange={(value: string | null | undefined) => change({ [name]: value ?? undefined })}
        />
      )}
    </Labelled>
  );
}

function DayFilter({ name, label }: { readonly name: string; readonly label: string }) {
  const [state, change] = useUrlState();
  return (
    <Labelled label={label}>
      {(id) => (
        <Input
          id={id}
          type="date"
          value={state[name] ?? ''}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Labelled>
  );
}
