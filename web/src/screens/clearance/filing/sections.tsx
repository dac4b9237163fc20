import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { AddButton, RemoveButton } from '../acts/rows-field.tsx';
import { AmountField, ChoiceField, CodeField, TextField } from './field.tsx';
import { useFiling, useFromFiling, useValue } from './filing-store.tsx';
import { ModeSection } from './modes/mode-section.tsx';
import { isSameNumber, lineSums } from './sums.ts';

/** The head of the form, in the order a broker has the papers on the desk. */
export function HeadSections({
  isAmending,
  isChoosing,
}: {
  readonly isAmending: boolean;
  /** Whether its mode may still be chosen. */
  readonly isChoosing: boolean;
}) {
  const { t } = useTranslation('clearance');
  return (
    <>
      <Section title={t('content.head')}>
        <div className="filing-grid">
          <ChoiceField
            path="ieFlag"
            options={[
              { value: 'I', words: 'ie.I' },
              { value: 'E', words: 'ie.E' },
            ]}
          />
          <CodeField path="declarationOffice" table="customs_office" />
          <CodeField path="borderOffice" table="customs_office" />
          <CodeField path="examinationOffice" table="customs_office" isOptional />
          <CodeField path="supervisionMode" table="supervision_mode" />
          <CodeField path="levyNature" table="levy_nature" isOptional />
          <CodeField path="tradeTerms" table="trade_terms" />
        </div>
      </Section>
      {isChoosing ? <ModeSection /> : null}
      <Section title={t('content.parties')}>
        <PartiesFields isAmending={isAmending} />
      </Section>
      <Section title={t('content.transport')}>
        <div className="filing-grid">
          <CodeField path="transport.mode" table="transport_mode" />
          <TextField path="transport.conveyance" max={80} />
          <TextField path="transport.voyageNo" max={40} isOptional />
          <TextField path="transport.transportDocNo" max={40} />
          <CodeField path="transport.partnerCountry" table="country" />
          <TextField path="transport.date" type="date" isOptional />
        </div>
      </Section>
    </>
  );
}

function PartiesFields({ isAmending }: { readonly isAmending: boolean }) {
  const { t } = useTranslation('clearance');
  return (
    <div className="filing-parties">
      {(['declarant', 'domestic', 'owner'] as const).map((role) => (
        <fieldset key={role} className="filing-party">
          <legend className="filing-party-name">
            {t(`party.${role}`)}
            {role === 'owner' ? <span className="faint"> {t('optional')}</span> : null}
          </legend>
          <TextField path={`parties.${role}.uscc`} max={18} />
          <TextField path={`parties.${role}.name`} />
          {role === 'declarant' && isAmending ? (
            <p className="faint filing-note">{t('file.declarantStays')}</p>
          ) : null}
        </fieldset>
      ))}
      <fieldset className="filing-party">
        <legend className="filing-party-name">{t('party.overseas')}</legend>
        <CodeField path="parties.overseas.country" table="country" />
        <TextField path="parties.overseas.name" />
      </fieldset>
      {(['carrier', 'forwarder', 'terminal'] as const).map((role) => (
        <fieldset key={role} className="filing-party filing-party-short">
          <legend className="filing-party-name">
            {t(`party.${role}`)}
            <span className="faint"> {t('optional')}</span>
          </legend>
          <TextField path={`parties.${role}.name`} />
        </fieldset>
      ))}
    </div>
  );
}

/** Masses and values; beside what is declared stands what the lines add up to. */
export function TotalsSection() {
  const { t } = useTranslation('clearance');
  return (
    <Section title={t('content.totals')}>
      <div className="filing-grid">
        <CodeField path="packages.kind" table="package_kind" />
        <AmountField path="packages.count" isCount />
        <AmountField path="grossMassKg" />
        <AmountField path="netMassKg" aside={<TakeOver path="netMassKg" />} />
        <CodeField path="currency" table="currency" />
        <AmountField path="totalValue" aside={<TakeOver path="totalValue" />} />
        <AmountField path="freight" isOptional />
        <AmountField path="insurance" isOptional />
      </div>
    </Section>
  );
}

function TakeOver({ path }: { readonly path: 'netMassKg' | 'totalValue' }) {
  const { t } = useTranslation('clearance');
  const { decimal } = useFormat();
  const store = useFiling();
  const declared = useValue(path);
  const added = useFromFiling((content) => lineSums(content)[path]);
  if (added === null) return null;
  if (isSameNumber(declared, added)) {
    return <p className="sum sum-agrees">{t('sum.agrees')}</p>;
  }
  return (
    <p className="sum">
      {t('sum.lines', { sum: decimal(added) })}{' '}
      <button type="button" className="link-button" onClick={() => store.set(path, added)}>
        {t('sum.take')}
      </button>
    </p>
  );
}

/** Licences, accompanying documents and remarks. */
export function PapersSection() {
  const { t } = useTranslation('clearance');
  return (
    <Section title={t('content.papers')}>
      <Papers part="licences" table="licence_kind" numberMax={40} />
      <Papers part="documents" table="document_kind" numberMax={80} />
      <TextField path="remarks" max={1000} isOptional />
    </Section>
  );
}

function Papers({
  part,
  table,
  numberMax,
}: {
  readonly part: 'licences' | 'documents';
  readonly table: 'licence_kind' | 'document_kind';
  readonly numberMax: number;
}) {
  const { t } = useTranslation('clearance');
  const store = useFiling();
  const count = useFromFiling((content) => content[part].length);
  const add = () =>
    store.change((content) =>
      part === 'licences'
        ? { ...content, licences: [...content.licences, { kind: null, number: null }] }
        : {
            ...content,
            documents: [...content.documents, { kind: null, number: null, fileId: null }],
          },
    );
  const remove = (index: number) =>
    store.change((content) => ({
      ...content,
      [part]: content[part].filter((_, at) => at !== index),
    }));
  return (
    <div className="filing-papers" data-part={part} tabIndex={-1}>
      {Array.from({ length: count }, (_, index) => (
        <div className="filing-paper" key={`${part} ${String(index)}`}>
          <CodeField path={`${part}[${index}].kind`} table={table} />
          <TextField path={`${part}[${index}].number`} max={numberMax} />
          <RemoveButton
            label={t(`${part}.remove`, { number: index + 1 })}
            onClick={() => remove(index)}
          />
        </div>
      ))}
      <AddButton label={t(`${part}.add`)} onClick={add} />
    </div>
  );
}
