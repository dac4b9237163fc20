import { Checkbox, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asks, ZoneOnDay } from '../../../../../src/contexts/cargo/zones/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { ChoiceField, TextField } from '../text-field.tsx';
import type { Typed } from './typed.ts';

const VEHICLES = ['container', 'van', 'tanker', 'flatbed', 'other'] as const;
const BINDINGS = ['oneVehicleManyLists', 'oneListOneVehicle', 'oneListManyVehicles'] as const;
const MARKS = ['licensed', 'toBeInspected', 'hazardous', 'bulk'] as const;

interface Part {
  readonly typed: Typed;
  onChange(patch: Partial<Typed>): void;
}

/** Only what the zone's regime knows can be chosen; papers are asked for where it binds to some. */
export function PassportForm({
  typed,
  zones,
  asks,
  onChange,
}: Part & { readonly zones: readonly ZoneOnDay[]; readonly asks: readonly Asks[] }) {
  const asked = asks.find((each) => isOf(each, typed));
  return (
    <>
      <Movement typed={typed} zones={zones} asks={asks} onChange={onChange} />
      {asked && asked.papers.length === 0 ? null : (
        <PaperFields typed={typed} onChange={onChange} />
      )}
      <VehicleFields typed={typed} onChange={onChange} />
    </>
  );
}

const isOf = (asks: Asks, { type, line, direction }: Typed): boolean =>
  asks.passport === type && asks.line === line && asks.directions.includes(direction);
const keyOf = (asks: Asks, direction: string): string =>
  `${asks.passport} ${asks.line} ${direction}`;

function Movement({
  typed,
  zones,
  asks,
  onChange,
}: Part & { readonly zones: readonly ZoneOnDay[]; readonly asks: readonly Asks[] }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const movements = asks.flatMap((each) =>
    each.directions.map((direction) => ({
      value: keyOf(each, direction),
      label: [
        t(`passportType.${each.passport}`),
        t(`line.${each.line}`),
        t(`way.${direction}`),
      ].join(' · '),
      patch: { type: each.passport, line: each.line, direction },
    })),
  );
  return (
    <Section title={t('passport.movement')}>
      <div className="form-grid">
        <ChoiceField
          label={t('column.zone')}
          value={typed.zone}
          options={zones.map(({ id, label }) => ({ value: id, label: format.label(label) }))}
          onChange={(zone) => onChange({ zone })}
        />
        <ChoiceField
          label={t('zone.movement')}
          value={typed.zone ? `${typed.type} ${typed.line} ${typed.direction}` : ''}
          options={movements}
          onChange={(value) =>
            onChange(movements.find((movement) => movement.value === value)?.patch ?? {})
          }
        />
        <TextField
          label={t('field.passportId')}
          value={typed.id}
          hint={t('field.passportId.hint')}
          onChange={(id) => onChange({ id })}
        />
      </div>
    </Section>
  );
}

function PaperFields({ typed, onChange }: Part) {
  const { t } = useTranslation('cargo');
  const id = useId();
  return (
    <Section title={t('papers.title')}>
      <div className="form-grid">
        <ChoiceField
          label={t('field.binding')}
          value={typed.binding}
          options={BINDINGS.map((value) => ({ value, label: t(`binding.${value}`) }))}
          onChange={(binding) => onChange({ binding })}
        />
        <ChoiceField
          label={t('field.paperKind')}
          value={typed.paperKind}
          options={(['list', 'stockBill', 'bill'] as const).map((value) => ({
            value,
            label: t(`paper.${value}`),
          }))}
          onChange={(paperKind) => onChange({ paperKind })}
        />
        <div className="field">
          <label htmlFor={id}>{t('field.papers')}</label>
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={typed.papers}
            onChange={(event) => onChange({ papers: event.target.value })}
          />
          <span className="faint">{t('field.papers.hint')}</span>
        </div>
      </div>
    </Section>
  );
}

function VehicleFields({ typed, onChange }: Part) {
  const { t } = useTranslation('cargo');
  const ids = { containers: useId(), marks: useId() };
  const isEmpty = typed.type === 'emptyVehicle';
  return (
    <Section title={t('passport.vehicle')}>
      <div className="form-grid">
        <TextField
          label={t('field.plate')}
          value={typed.plate}
          onChange={(plate) => onChange({ plate })}
        />
        <ChoiceField
          label={t('field.vehicleKind')}
          value={typed.vehicleKind}
          options={VEHICLES.map((value) => ({ value, label: t(`vehicle.${value}`) }))}
          onChange={(vehicleKind) => onChange({ vehicleKind })}
        />
        <TextField
          isDecimal
          label={t('field.tareKg')}
          value={typed.tareKg}
          onChange={(tareKg) => onChange({ tareKg })}
        />
        <TextField
          isDecimal
          label={t('field.frameKg')}
          value={typed.frameKg}
          onChange={(frameKg) => onChange({ frameKg })}
        />
        {isEmpty ? null : (
          <>
            <TextField
              isDecimal
              label={t('field.goodsGrossKg')}
              value={typed.goodsGrossKg}
              onChange={(goodsGrossKg) => onChange({ goodsGrossKg })}
            />
            <TextField
              label={t('field.goodsName')}
              value={typed.goods}
              onChange={(goods) => onChange({ goods })}
            />
          </>
        )}
        <div className="field">
          <label htmlFor={ids.containers}>{t('containers.title')}</label>
          <Input.TextArea
            id={ids.containers}
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={typed.containers}
            onChange={(event) => onChange({ containers: event.target.value })}
          />
          <span className="faint">{t('field.containers.hint')}</span>
        </div>
        {isEmpty ? null : (
          <fieldset className="field">
            <legend className="field-label">{t('field.goodsMarks')}</legend>
            <Checkbox.Group
              value={[...typed.marks]}
              options={MARKS.map((value) => ({ value, label: t(`mark.${value}`) }))}
              onChange={(marks) => onChange({ marks })}
            />
          </fieldset>
        )}
      </div>
    </Section>
  );
}
