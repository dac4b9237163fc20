import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillContent } from '../../../../../../src/contexts/cargo/manifests/contract.ts';
import { parseDecimal, sum, toText } from '../../../../../../src/kernel/decimal.ts';
import { Section } from '../../../../parts/page.tsx';
import { useAmount } from '../../signs.tsx';
import { TextField } from '../../text-field.tsx';
import { GoodsFields } from './goods-fields.tsx';
import { type TypedGoods, typedGoods } from './typed.ts';

/** The house bills of a consolidation, each opened where it is to be changed; what they add up to is said as one types. */
export function HouseFields({
  bill,
  houses,
  onChange,
}: {
  /** As typed so far: houses and the bill they divide. */
  readonly bill: BillContent;
  readonly houses: readonly TypedGoods[];
  onChange(houses: readonly TypedGoods[]): void;
}) {
  const { t } = useTranslation('cargo');
  return (
    <Section title={t('houses.title')} aside={<Total bill={bill} />}>
      {houses.map((house, place) => (
        // A house added here has no number until it is typed: its place is what it is called.
        <House
          key={String(place)}
          house={house}
          onChange={(next) => onChange(houses.map((each, at) => (at === place ? next : each)))}
          onRemove={() => onChange(houses.filter((_, at) => at !== place))}
        />
      ))}
      <p className="more">
        <Button onClick={() => onChange([...houses, typedGoods({ ...bill, ...NEW_HOUSE })])}>
          {t('correction.addHouse')}
        </Button>
      </p>
    </Section>
  );
}

/** A house that is added begins with what its master says, but for what is its own. */
const NEW_HOUSE = { number: null, packages: null, grossMassKg: null, containers: [] };

function House({
  house,
  onChange,
  onRemove,
}: {
  readonly house: TypedGoods;
  onChange(house: TypedGoods): void;
  onRemove(): void;
}) {
  const { t } = useTranslation('cargo');
  const amount = useAmount();
  const [isOpen, setOpen] = useState(house.number === '');
  return (
    <details className="more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <b translate="no">{house.number || '—'}</b> {house.description}{' '}
        <span className="faint">
          {amount(house.packages === '' ? null : Number(house.packages), house.grossMassKg || null)}
        </span>
      </summary>
      {isOpen ? (
        <>
          <div className="form-grid">
            <TextField
              label={t('content.number')}
              value={house.number}
              onChange={(number) => onChange({ ...house, number })}
            />
          </div>
          <GoodsFields goods={house} onChange={onChange} />
          <p className="correction-answer">
            <button type="button" className="link-button" onClick={onRemove}>
              {t('correction.removeHouse')}
            </button>
          </p>
        </>
      ) : null}
    </details>
  );
}

function Total({ bill }: { readonly bill: BillContent }) {
  const { t } = useTranslation('cargo');
  const amount = useAmount();
  const packages = bill.houses.reduce((total, house) => total + (house.packages ?? 0), 0);
  const masses = bill.houses.map(({ grossMassKg }) => parseDecimal(grossMassKg ?? ''));
  const mass = toText(sum(masses.filter((each) => each !== null)));
  const own = parseDecimal(bill.grossMassKg ?? '');
  const agrees = packages === bill.packages && own !== null && toText(own) === mass;
  const shown = amount(packages, mass);
  return (
    <span className={agrees ? undefined : 'wrong'}>
      {t(agrees ? 'correction.housesAgree' : 'correction.housesDiffer', { shown })}
    </span>
  );
}
