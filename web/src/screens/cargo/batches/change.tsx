import { useTranslation } from 'react-i18next';
import type { Batch, BatchContent } from '../../../../../src/contexts/cargo/batches/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { BeforeAfter } from '../before-after.tsx';

/** A change that waits for an officer: what is in force, and what it would become. */
export function BatchChange({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { change, content } = batch;
  if (!change) return null;
  const said = ({ validFrom, validTo, deposit }: BatchContent) => ({
    [t('batch.valid')]: `${format.date(validFrom)} – ${format.date(validTo)}`,
    [t('field.deposit')]: format.money(deposit, 'CNY'),
  });
  const lines = (each: BatchContent) =>
    each.lines.map(({ lineNo, cap, unitPrice, description }) => [
      `${lineNo}. ${description}`,
      `${t('batch.cap')} ${format.decimal(cap)} · ${t('batch.price')} ${format.decimal(unitPrice)}`,
    ]);
  const before: Record<string, string> = {
    ...said(content),
    ...Object.fromEntries(lines(content)),
  };
  const after: Record<string, string> = {
    ...said(change.content),
    ...Object.fromEntries(lines(change.content)),
  };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <Section title={t('change.title')}>
      <p>{change.reason}</p>
      <p className="faint">
        {change.askedBy} · {format.moment(change.at)}
      </p>
      <BeforeAfter
        rows={names.map((name) => ({ name, before: before[name], after: after[name] }))}
      />
    </Section>
  );
}
