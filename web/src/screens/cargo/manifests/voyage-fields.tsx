import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  BillInput,
  VoyageInput,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { CodeSelect } from '../../../parts/code-select.tsx';
import { ChoiceField, TextField } from '../text-field.tsx';

/** A voyage as it is typed: everything is text. */
export interface Head {
  readonly kind: 'original' | 'preLoading';
  readonly id: string;
  readonly carrier: string;
  readonly mode: string;
  readonly name: string;
  readonly registration: string;
  readonly voyageNo: string;
  readonly office: string;
  readonly terminal: string;
  readonly date: string;
}

export const startHead = (carrier: string): Head => ({
  kind: 'original',
  id: '',
  carrier,
  mode: '2',
  name: '',
  registration: '',
  voyageNo: '',
  office: '',
  terminal: '',
  date: '',
});

export function toFiling(head: Head, bills: readonly BillInput[]): VoyageInput {
  const { kind, id, carrier, mode, name, registration, voyageNo, office, terminal, date } = head;
  return {
    ...{ kind, id, carrier, voyageNo, office, terminal, date },
    conveyance: { mode, name, registration },
    bills: [...bills],
  };
}

export function VoyageFields({
  head,
  onChange,
}: {
  readonly head: Head;
  onChange(patch: Partial<Head>): void;
}) {
  const { t } = useTranslation('cargo');
  const ids = { mode: useId(), office: useId() };
  const text = (name: keyof Head, label: string, more: { hint?: string; type?: 'date' } = {}) => (
    <TextField
      label={label}
      value={head[name]}
      onChange={(value) => onChange({ [name]: value })}
      {...more}
    />
  );
  return (
    <div className="form-grid">
      <ChoiceField
        label={t('column.kind')}
        value={head.kind}
        options={(['original', 'preLoading'] as const).map((value) => ({
          value,
          label: t(`manifest.kind.${value}`),
        }))}
        onChange={(kind) => onChange({ kind })}
      />
      {text('id', t('field.manifestId'), { hint: t('field.manifestId.hint') })}
      {text('carrier', t('column.carrier'))}
      <div className="field">
        <label htmlFor={ids.mode}>{t('field.mode')}</label>
        <CodeSelect
          id={ids.mode}
          table="transport_mode"
          value={head.mode}
          onChange={(mode) => onChange({ mode: mode ?? '' })}
        />
      </div>
      {text('name', t('field.conveyance'))}
      {text('registration', t('field.registration'))}
      {text('voyageNo', t('field.voyageNo'))}
      <div className="field">
        <label htmlFor={ids.office}>{t('column.office')}</label>
        <CodeSelect
          id={ids.office}
          table="customs_office"
          value={head.office}
          onChange={(office) => onChange({ office: office ?? '' })}
        />
      </div>
      {text('terminal', t('column.terminal'))}
      {text('date', t('field.date'), { type: 'date' })}
    </div>
  );
}
