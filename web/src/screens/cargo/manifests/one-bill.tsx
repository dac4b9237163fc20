import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillInput } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { Section } from '../../../parts/page.tsx';
import { useAmount } from '../signs.tsx';
import { TextField } from '../text-field.tsx';

const EMPTY = {
  number: '',
  description: '',
  packages: '',
  packageKind: '22',
  grossMassKg: '',
  shipper: '',
  shipperCountry: '',
  consignee: '',
  consigneeUscc: '',
  loadingPort: '',
  dischargePort: 'CNSHA',
  container: '',
  sizeType: '',
  seal: '',
};
type Typed = typeof EMPTY;

const toBill = (typed: Typed): BillInput => ({
  number: typed.number,
  description: typed.description,
  packages: typed.packages === '' ? null : Number(typed.packages),
  packageKind: typed.packageKind,
  grossMassKg: typed.grossMassKg,
  shipper: { name: typed.shipper, country: typed.shipperCountry },
  consignee: { name: typed.consignee, uscc: typed.consigneeUscc, country: 'CN' },
  loadingPort: typed.loadingPort,
  dischargePort: typed.dischargePort,
  containers:
    typed.container === ''
      ? []
      : [
          {
            number: typed.container,
            sizeType: typed.sizeType,
            seals: typed.seal === '' ? [] : [typed.seal],
          },
        ],
});

/** Bills typed one by one, for a ship with a few. */
export function OneBill({
  bills,
  onChange,
}: {
  readonly bills: readonly BillInput[];
  onChange(bills: readonly BillInput[]): void;
}) {
  const { t } = useTranslation('cargo');
  const amount = useAmount();
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const field = (name: keyof Typed, label: string, isDecimal = false) => (
    <TextField
      key={name}
      label={label}
      isDecimal={isDecimal}
      value={typed[name]}
      onChange={(value) => setTyped((old) => ({ ...old, [name]: value }))}
    />
  );
  return (
    <Section title={t('manifest.typed')}>
      {bills.length > 0 ? (
        <ul className="plain-list">
          {bills.map((bill, index) => (
            <li key={`${bill.number}${String(index)}`} className="tag-row">
              <b translate="no">{bill.number}</b>
              <span>{bill.description}</span>
              <span className="faint">
                {amount(bill.packages ?? null, String(bill.grossMassKg ?? '') || null)}
              </span>
              <button
                type="button"
                className="link-button"
                onClick={() => onChange(bills.filter((_, other) => other !== index))}
              >
                {t('remove')}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t('manifest.typed.lead')}</p>
      )}
      <details className="more">
        <summary>{t('manifest.typed.open')}</summary>
        <div className="form-grid">
          {field('number', t('column.bill'))}
          {field('description', t('column.goods'))}
          {field('packages', t('column.packages'), true)}
          {field('packageKind', t('content.packageKind'))}
          {field('grossMassKg', t('column.grossMassKg'), true)}
          {field('shipper', t('field.shipper'))}
          {field('shipperCountry', t('field.shipperCountry'))}
          {field('consignee', t('field.consignee'))}
          {field('consigneeUscc', t('field.consigneeUscc'))}
          {field('loadingPort', t('field.loadingPort'))}
          {field('dischargePort', t('field.dischargePort'))}
          {field('container', t('field.container'))}
          {field('sizeType', t('field.sizeType'))}
          {field('seal', t('field.seal'))}
        </div>
        <Button
          disabled={typed.number.trim() === ''}
          onClick={() => {
            onChange([...bills, toBill(typed)]);
            setTyped(EMPTY);
          }}
        >
          {t('manifest.typed.add')}
        </Button>
      </details>
    </Section>
  );
}
