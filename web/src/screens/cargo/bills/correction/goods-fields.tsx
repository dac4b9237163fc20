import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReferenceTable } from '../../../../parts/code-select.tsx';
import { CodeField } from '../../code-field.tsx';
import { TextField } from '../../text-field.tsx';
import type { TextName, TypedContainer, TypedGoods } from './typed.ts';

const NEW_CONTAINER: TypedContainer = { number: '', sizeType: '', seals: '' };

/** Everything one bill or one house bill says of its goods. */
export function GoodsFields({
  goods,
  onChange,
}: {
  readonly goods: TypedGoods;
  onChange(goods: TypedGoods): void;
}) {
  const { t } = useTranslation('cargo');
  const set = (patch: Partial<TypedGoods>) => onChange({ ...goods, ...patch });
  const text = (name: TextName, label: string, hint?: string) => (
    <TextField
      label={label}
      value={goods[name]}
      onChange={(value) => set({ [name]: value })}
      {...(hint ? { hint } : {})}
    />
  );
  const code = (name: TextName, label: string, table: ReferenceTable) => (
    <CodeField
      label={label}
      table={table}
      value={goods[name]}
      onChange={(value) => set({ [name]: value })}
    />
  );
  return (
    <>
      <div className="form-grid">
        {text('description', t('content.description'))}
        <TextField
          isDecimal
          label={t('content.packages')}
          value={goods.packages}
          onChange={(value) => set({ packages: value.replaceAll(/\D/g, '') })}
        />
        {code('packageKind', t('content.packageKind'), 'package_kind')}
        <TextField
          isDecimal
          label={t('content.grossMassKg')}
          value={goods.grossMassKg}
          onChange={(grossMassKg) => set({ grossMassKg })}
        />
        {text('marks', t('content.marks'))}
        {text('loadingPort', t('content.loadingPort'), t('correction.port.hint'))}
        {text('dischargePort', t('content.dischargePort'))}
        {text('shipperName', t('content.shipper'))}
        {text('shipperUscc', t('field.shipperUscc'))}
        {code('shipperCountry', t('field.shippedFrom'), 'country')}
        {text('consigneeName', t('content.consignee'))}
        {text('consigneeUscc', t('field.consigneeUscc'))}
        {code('consigneeCountry', t('field.consignedTo'), 'country')}
        {text('unNumber', t('field.unNumber'), t('field.unNumber.hint'))}
        {text('hazardClass', t('field.hazardClass'))}
        {text('packingGroup', t('field.packingGroup'))}
      </div>
      <ContainerFields
        containers={goods.containers}
        onChange={(containers) => set({ containers })}
      />
    </>
  );
}

function ContainerFields({
  containers,
  onChange,
}: {
  readonly containers: readonly TypedContainer[];
  onChange(containers: readonly TypedContainer[]): void;
}) {
  const { t } = useTranslation('cargo');
  return (
    <>
      {containers.map((container, place) => {
        const text = (name: keyof TypedContainer, label: string) => (
          <TextField
            label={label}
            value={container[name]}
            onChange={(value) =>
              onChange(
                containers.map((each, at) => (at === place ? { ...each, [name]: value } : each)),
              )
            }
          />
        );
        return (
          // A container has no name of its own until it is typed: its place is what it is called.
          <fieldset key={String(place)} className="line-fields">
            <legend>
              {t('correction.container', { place: place + 1 })}{' '}
              <button
                type="button"
                className="link-button"
                onClick={() => onChange(containers.filter((_, at) => at !== place))}
              >
                {t('remove')}
              </button>
            </legend>
            <div className="form-grid">
              {text('number', t('field.container'))}
              {text('sizeType', t('field.sizeType'))}
              {text('seals', t('field.seals'))}
            </div>
          </fieldset>
        );
      })}
      <Button onClick={() => onChange([...containers, NEW_CONTAINER])}>
        {t('correction.addContainer')}
      </Button>
    </>
  );
}
