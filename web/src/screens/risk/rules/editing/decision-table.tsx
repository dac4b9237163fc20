import { useTranslation } from 'react-i18next';
import type { Vocabulary } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import { type Group, type Operand, type Row, tableOf } from './condition.ts';

/**
 * A condition read as a table: a row for each alternative, a column for each fact. Rows are joined
 * by *or*, the cells of a row by *and*; an empty cell asks nothing.
 */
export function DecisionTable({
  condition,
  vocabulary,
}: {
  readonly condition: Group | null;
  readonly vocabulary: Vocabulary;
}) {
  const { t } = useTranslation('risk');
  const { label } = useFormat();
  const say = useRowText(vocabulary);
  const rows = condition ? tableOf(condition) : null;
  if (!rows) return <p className="muted">{t('table.tooDeep')}</p>;
  const names = [...new Set(rows.flatMap((row) => row.map(({ fact }) => fact)))];
  const labelOf = (name: string) =>
    label(vocabulary.facts.find((fact) => fact.name === name)?.label ?? { zh: name, en: name });
  return (
    <section
      className="scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard.
      tabIndex={0}
      aria-label={t('table.label')}
    >
      <table className="plain-table decision-table">
        <thead>
          <tr>
            <th scope="col">{t('table.alternative')}</th>
            {names.map((name) => (
              <th key={name} scope="col" title={name}>
                {labelOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: alternatives have no identity but their place.
            <tr key={place}>
              <th scope="row">{place + 1}</th>
              {names.map((name) => (
                <td key={name}>
                  {row
                    .filter(({ fact }) => fact === name)
                    .map(say)
                    .join(t('table.and'))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useRowText(vocabulary: Vocabulary): (row: Row) => string {
  const { t } = useTranslation('risk');
  const { label } = useFormat();
  const factLabel = (name: string) =>
    label(vocabulary.facts.find((fact) => fact.name === name)?.label ?? { zh: name, en: name });
  const operand = (value: Operand): string => {
    switch (value.kind) {
      case 'none':
        return '';
      case 'list': {
        const list = vocabulary.lists.find(({ name }) => name === value.list);
        return list ? label(list.label) : value.list;
      }
      case 'fact':
        return value.factor === null || value.factor === '1'
          ? factLabel(value.fact)
          : `${value.factor} × ${factLabel(value.fact)}`;
      case 'texts':
      case 'numbers':
        return value.values.join(t('table.comma'));
      default:
        return value.value;
    }
  };
  return (row) => `${t(`operator.${row.operator}`)} ${operand(row.with)}`.trim();
}
