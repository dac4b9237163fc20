import { type KeyboardEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeclarationContent } from '../../../../../src/contexts/clearance/contract.ts';
import { useCodeName } from '../../../parts/code-select.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Section } from '../../../parts/page.tsx';
import { AddButton, RemoveButton } from '../acts/rows-field.tsx';
import { emptyLine } from './content-path.ts';
import { AmountField, CodeField, fieldId, TextField } from './field.tsx';
import { useFiling, useFromFiling, useProblems, useValue } from './filing-store.tsx';
import { isSameNumber, lineSums, lineValue } from './sums.ts';

/** As many as the paper form takes; the server says the same. */
const LINES_MAX = 50;

type Change = (content: DeclarationContent) => DeclarationContent;
const addLine: Change = (content) => ({
  ...content,
  lines: [...content.lines, emptyLine(content.lines.length + 1)],
});
const numbered = (lines: DeclarationContent['lines']) =>
  lines.map((line, index) => (line.lineNo === index + 1 ? line : { ...line, lineNo: index + 1 }));

/** The goods, line by line. Enter goes to the same field of the next line, and makes one at the end. */
export function LinesSection({ isCompleting }: { readonly isCompleting: boolean }) {
  const { t } = useTranslation('clearance');
  const { decimal } = useFormat();
  const store = useFiling();
  const count = useFromFiling((content) => content.lines.length);
  const sum = useFromFiling((content) => lineSums(content).totalValue);
  const currency = useValue('currency');
  const problems = useProblems('lines');
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key !== 'Enter' || target.tagName !== 'INPUT') return;
    if (target.getAttribute('aria-expanded') === 'true') return;
    const match = /^filing-lines-(\d+)-(.*)$/.exec(target.id);
    if (!match) return;
    event.preventDefault();
    const next = Number(match[1]) + 1;
    const isNew = next >= store.content().lines.length && next < LINES_MAX && !isCompleting;
    if (isNew) store.change(addLine);
    requestAnimationFrame(() =>
      document.getElementById(`filing-lines-${next}-${match[2]}`)?.focus(),
    );
  };
  return (
    <Section
      title={t('content.lines')}
      aside={
        sum === null
          ? t('list.lines', { count })
          : t('lines.sum', { count, sum: `${currency} ${decimal(sum)}` })
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the inputs inside. */}
      <div className="lines" data-part="lines" tabIndex={-1} onKeyDown={onKeyDown}>
        {problems.length > 0 ? <p className="field-problem">{t('lines.none')}</p> : null}
        {Array.from({ length: count }, (_, index) => (
          <LineFields
            key={`line ${String(index)}`}
            index={index}
            isOnly={count === 1}
            isCompleting={isCompleting}
          />
        ))}
        {isCompleting ? null : count < LINES_MAX ? (
          <AddButton label={t('lines.add')} onClick={() => store.change(addLine)} />
        ) : (
          <p className="faint">{t('lines.full', { max: LINES_MAX })}</p>
        )}
      </div>
    </Section>
  );
}

const LineFields = memo(function LineFields({
  index,
  isOnly,
  isCompleting,
}: {
  readonly index: number;
  readonly isOnly: boolean;
  readonly isCompleting: boolean;
}) {
  const { t } = useTranslation('clearance');
  const store = useFiling();
  const at = `lines[${index}]`;
  const copy = () =>
    store.change((content) => {
      const line = content.lines[index];
      if (!line || content.lines.length >= LINES_MAX) return content;
      return {
        ...content,
        lines: numbered([
          ...content.lines.slice(0, index + 1),
          line,
          ...content.lines.slice(index + 1),
        ]),
      };
    });
  const remove = () =>
    store.change((content) => ({
      ...content,
      lines: numbered(content.lines.filter((_, other) => other !== index)),
    }));
  return (
    <fieldset className="line">
      <legend className="line-number">
        <span className="visually-hidden">{t('content.line', { line: index + 1 })}</span>
        <span aria-hidden="true">{index + 1}</span>
      </legend>
      <div className="line-fields">
        <TextField path={`${at}.hsCode`} max={10} aside={<Chapter index={index} />} />
        <TextField path={`${at}.description`} max={500} className="line-wide" />
        <TextField path={`${at}.specification`} max={500} className="line-wide" isOptional />
        <CodeField path={`${at}.originCountry`} table="country" />
        <CodeField path={`${at}.preference`} table="preference" isOptional />
        <AmountField path={`${at}.quantity`} />
        <CodeField path={`${at}.unit`} table="unit" />
        <AmountField path={`${at}.netMassKg`} />
        <AmountField path={`${at}.unitPrice`} />
        <AmountField path={`${at}.value`} aside={<LineValue index={index} />} />
      </div>
      <div className="line-tools" hidden={isCompleting}>
        <button
          type="button"
          className="icon-button"
          aria-label={t('lines.copy', { line: index + 1 })}
          title={t('lines.copy', { line: index + 1 })}
          onClick={copy}
        >
          <Icon name="copy" size={15} />
        </button>
        {isOnly ? null : (
          <RemoveButton label={t('lines.remove', { line: index + 1 })} onClick={remove} />
        )}
      </div>
    </fieldset>
  );
});

/** The chapter a tariff code belongs to: a slip in the first digits shows at once. */
function Chapter({ index }: { readonly index: number }) {
  const code = useValue(`lines[${index}].hsCode`).slice(0, 2);
  const name = useCodeName('hs_chapter', /^\d{2}$/.test(code) ? code : null);
  return name ? (
    <p className="sum line-chapter" title={name}>
      {name}
    </p>
  ) : null;
}

/** Quantity × price, offered beside the value wherever the two differ. */
function LineValue({ index }: { readonly index: number }) {
  const { t } = useTranslation('clearance');
  const { decimal } = useFormat();
  const store = useFiling();
  const path = `lines[${index}].value`;
  const value = useValue(path);
  const computed = useFromFiling((content) => {
    const line = content.lines[index];
    return line ? lineValue(line) : null;
  });
  if (computed === null || isSameNumber(value, computed)) return null;
  const take = () => {
    store.set(path, computed);
    document.getElementById(fieldId(path))?.focus();
  };
  return (
    <p className="sum">
      <button type="button" className="link-button" onClick={take}>
        {t('sum.takeValue', { sum: decimal(computed) })}
      </button>
    </p>
  );
}
