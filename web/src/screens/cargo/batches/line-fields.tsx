import { useTranslation } from 'react-i18next';
import { CodeField } from '../code-field.tsx';
import { TextField } from '../text-field.tsx';
import type { TypedLine } from './typed.ts';

/** One kind of goods with its cap. */
export function LineFields({
  number,
  line,
  onChange,
  onRemove,
}: {
  readonly number: number;
  readonly line: TypedLine;
  onChange(patch: Partial<TypedLine>): void;
  readonly onRemove?: () => void;
}) {
  const { t } = useTranslation('cargo');
  const text = (name: keyof TypedLine, label: string, isDecimal = false) => (
    <TextField
      label={label}
      isDecimal={isDecimal}
      value={line[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <fieldset className="line-fields">
      <legend>
        {t('papers.line', { line: number })}{' '}
        {onRemove ? (
          <button type="button" className="link-button" onClick={onRemove}>
            {t('remove')}
          </button>
        ) : null}
      </legend>
      <div className="form-grid">
        {text('partNo', t('field.partNo'))}
        {text('description', t('column.goods'))}
        {text('hsCode', t('field.hsCode'))}
        <CodeField
          label={t('field.originCountry')}
          table="country"
          value={line.originCountry}
          onChange={(originCountry) => onChange({ originCountry })}
        />
        <CodeField
          label={t('field.unit')}
          table="unit"
          value={line.unit}
          onChange={(unit) => onChange({ unit })}
        />
        {text('unitPrice', t('batch.price'), true)}
        <CodeField
          label={t('field.currency')}
          table="currency"
          value={line.currency}
          onChange={(currency) => onChange({ currency })}
        />
        {text('cap', t('batch.cap'), true)}
        {text('securityPerUnit', t('field.securityPerUnit'), true)}
      </div>
    </fieldset>
  );
}
