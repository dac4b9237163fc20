import { useTranslation } from 'react-i18next';
import type { ReferenceTable } from '../../../parts/code-select.tsx';
import { useFormat } from '../../../parts/format.ts';
import { CodeField } from '../code-field.tsx';
import { useZones } from '../passports/zones.ts';
import { ChoiceField, TextField } from '../text-field.tsx';
import type { Typed } from './typed.ts';

type Plain = Exclude<keyof Typed, 'lines' | 'direction' | 'regime'>;

/** Where and until when goods move, and the head that every declaration of them will carry. */
export function BatchHeadFields({
  typed,
  onChange,
}: {
  readonly typed: Typed;
  onChange(patch: Partial<Typed>): void;
}) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const zones = useZones();
  const text = (name: Plain, label: string, more: { type?: 'date'; isDecimal?: boolean } = {}) => (
    <TextField
      label={label}
      value={typed[name]}
      onChange={(value) => onChange({ [name]: value })}
      {...more}
    />
  );
  const code = (name: Plain, label: string, table: ReferenceTable) => (
    <CodeField
      label={label}
      table={table}
      value={typed[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <div className="form-grid">
      {text('id', t('column.batch'))}
      <ChoiceField
        label={t('column.zone')}
        value={typed.zone}
        options={zones.map(({ id, label }) => ({ value: id, label: format.label(label) }))}
        onChange={(zone) =>
          onChange({ zone, office: zones.find(({ id }) => id === zone)?.office ?? typed.office })
        }
      />
      <ChoiceField
        label={t('field.way')}
        value={typed.direction}
        options={(['out', 'in'] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
        onChange={(direction) => onChange({ direction })}
      />
      <ChoiceField
        label={t('field.regime')}
        value={typed.regime}
        options={(['bonded', 'generalTrade'] as const).map((value) => ({
          value,
          label: t(`goodsRegime.${value}`),
        }))}
        onChange={(regime) => onChange({ regime })}
      />
      {code('office', t('column.office'), 'customs_office')}
      {text('validFrom', t('field.validFrom'), { type: 'date' })}
      {text('validTo', t('field.validTo'), { type: 'date' })}
      {text('deposit', t('field.deposit'), { isDecimal: true })}
      {code('supervisionMode', t('field.supervisionMode'), 'supervision_mode')}
      {code('levyNature', t('field.levyNature'), 'levy_nature')}
      {code('tradeTerms', t('field.tradeTerms'), 'trade_terms')}
      {code('transportMode', t('field.mode'), 'transport_mode')}
      {code('partnerCountry', t('field.partnerCountry'), 'country')}
      {code('packageKind', t('content.packageKind'), 'package_kind')}
      {text('domesticName', t('field.domestic'))}
      {text('domesticUscc', t('field.domesticUscc'))}
      {text('overseasName', t('field.overseas'))}
      {code('overseasCountry', t('field.overseasCountry'), 'country')}
    </div>
  );
}
