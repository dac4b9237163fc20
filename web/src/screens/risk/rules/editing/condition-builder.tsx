import { Button, Input, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../../../../../../src/contexts/facts/contract.ts';
import type { Vocabulary } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { portDay, useFormat } from '../../../../parts/format.ts';
import { Icon } from '../../../../parts/icon.tsx';
import type { Group, Operand, Operator, Part, Row } from './condition.ts';
import { NONE } from './condition.ts';

const OPERATORS: Record<Fact['type'], readonly Operator[]> = {
  text: ['==', '!=', 'in', 'notIn', 'startsWith', 'endsWith', 'contains', 'known', 'unknown'],
  number: ['<', '<=', '>', '>=', '==', '!=', 'in', 'notIn', 'known', 'unknown'],
  integer: ['<', '<=', '>', '>=', '==', '!=', 'in', 'notIn', 'known', 'unknown'],
  boolean: ['isTrue', 'isFalse', 'known', 'unknown'],
  date: ['<', '<=', '>', '>=', '==', '!=', 'known', 'unknown'],
};
const WITHOUT_OPERAND: ReadonlySet<Operator> = new Set(['known', 'unknown', 'isTrue', 'isFalse']);
const WITH_MANY: ReadonlySet<Operator> = new Set(['in', 'notIn']);

/** The first condition of a new rule, and every line that is added. */
export const NEW_ROW: Row = {
  kind: 'row',
  fact: 'goods.hs6',
  operator: 'startsWith',
  with: { kind: 'text', value: '' },
};

const firstOperand = (fact: Fact, operator: Operator): Operand => {
  if (WITHOUT_OPERAND.has(operator)) return NONE;
  const isText = fact.type === 'text';
  if (WITH_MANY.has(operator)) return { kind: isText ? 'texts' : 'numbers', values: [] };
  if (fact.type === 'date') return { kind: 'date', value: portDay() };
  return { kind: isText ? 'text' : 'number', value: '' };
};

/** A condition put together from lines, for whoever would rather choose than write. */
export function ConditionBuilder({
  value,
  onChange,
  vocabulary,
}: {
  readonly value: Group;
  onChange(group: Group): void;
  readonly vocabulary: Vocabulary;
}) {
  const facts = useMemo(
    () => new Map(vocabulary.facts.map((fact) => [fact.name, fact])),
    [vocabulary],
  );
  return (
    <GroupField value={value} onChange={onChange} vocabulary={vocabulary} facts={facts} depth={0} />
  );
}

interface FieldProps<Value> {
  readonly value: Value;
  onChange(value: Value): void;
  readonly vocabulary: Vocabulary;
  readonly facts: ReadonlyMap<string, Fact>;
}

function GroupField({
  value,
  onChange,
  depth,
  ...rest
}: FieldProps<Group> & { readonly depth: number }) {
  const { t } = useTranslation('risk');
  const put = (at: number, part: Part | null) =>
    onChange({
      ...value,
      parts: value.parts.flatMap((old, place) => (place === at ? (part ? [part] : []) : [old])),
    });
  const add = (part: Part) => onChange({ ...value, parts: [...value.parts, part] });
  return (
    <fieldset className="condition-group">
      <legend>
        <Segmented<'and' | 'or'>
          size="small"
          aria-label={t('builder.join')}
          value={value.join}
          onChange={(join) => onChange({ ...value, join })}
          options={[
            { value: 'and', label: t('builder.all') },
            { value: 'or', label: t('builder.any') },
          ]}
        />
      </legend>
      <ul className="condition-parts">
        {value.parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
          <li key={at} className="condition-part">
            {part.kind === 'row' ? (
              <RowField value={part} onChange={(row) => put(at, row)} {...rest} />
            ) : (
              <GroupField
                value={part}
                onChange={(group) => put(at, group)}
                depth={depth + 1}
                {...rest}
              />
            )}
            <button
              type="button"
              className="icon-button"
              aria-label={t('builder.remove', { place: at + 1 })}
              onClick={() => put(at, null)}
            >
              <Icon name="close" size={15} />
            </button>
          </li>
        ))}
      </ul>
      <div className="condition-add">
        <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => add(NEW_ROW)}>
          {t('builder.addRow')}
        </Button>
        {depth < 3 ? (
          <Button
            size="small"
            type="text"
            onClick={() =>
              add({ kind: 'group', join: value.join === 'and' ? 'or' : 'and', parts: [NEW_ROW] })
            }
          >
            {t('builder.addGroup')}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

function RowField({ value, onChange, vocabulary, facts }: FieldProps<Row>) {
  const { t } = useTranslation('risk');
  const { label } = useFormat();
  const fact = facts.get(value.fact);
  const choices = useMemo(() => {
    const groups = new Map<string, { value: string; label: string; title: string }[]>();
    for (const each of vocabulary.facts) {
      const group = each.name.slice(0, each.name.indexOf('.'));
      const options = groups.get(group) ?? [];
      options.push({
        value: each.name,
        label: `${label(each.label)}${each.unit ? ` (${each.unit})` : ''}`,
        title: each.name,
      });
      groups.set(group, options);
    }
    return [...groups].map(([group, options]) => ({ label: group, options }));
  }, [vocabulary, label]);
  const choose = (name: string) => {
    const chosen = facts.get(name);
    const operator = chosen ? OPERATORS[chosen.type][0] : undefined;
    if (chosen && operator) {
      onChange({ kind: 'row', fact: name, operator, with: firstOperand(chosen, operator) });
    }
  };
  const compare = (operator: Operator) => {
    const isSame =
      fact &&
      WITHOUT_OPERAND.has(operator) === WITHOUT_OPERAND.has(value.operator) &&
      WITH_MANY.has(operator) === WITH_MANY.has(value.operator);
    onChange({
      ...value,
      operator,
      with: isSame || !fact ? value.with : firstOperand(fact, operator),
    });
  };
  return (
    <div className="condition-row">
      <Select
        className="condition-fact"
        aria-label={t('builder.fact')}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={320}
        value={value.fact}
        onChange={choose}
        options={choices}
      />
      <Select
        className="condition-operator"
        aria-label={t('builder.operator')}
        popupMatchSelectWidth={160}
        value={value.operator}
        onChange={compare}
        options={(fact ? OPERATORS[fact.type] : []).map((operator) => ({
          value: operator,
          label: t(`operator.${operator}`),
        }))}
      />
      {fact && !WITHOUT_OPERAND.has(value.operator) ? (
        <OperandField
          fact={fact}
          isMany={WITH_MANY.has(value.operator)}
          value={value.with}
          onChange={(operand) => onChange({ ...value, with: operand })}
          vocabulary={vocabulary}
        />
      ) : null}
    </div>
  );
}

function OperandField({
  fact,
  isMany,
  value,
  onChange,
  vocabulary,
}: {
  readonly fact: Fact;
  readonly isMany: boolean;
  readonly value: Operand;
  onChange(operand: Operand): void;
  readonly vocabulary: Vocabulary;
}) {
  const { t } = useTranslation('risk');
  const { label } = useFormat();
  const isNumber = fact.type === 'number' || fact.type === 'integer';
  const kinds = isMany ? (['values', 'list'] as const) : (['value', 'fact'] as const);
  const kind =
    value.kind === 'list' || value.kind === 'fact' ? value.kind : isMany ? 'values' : 'value';
  const others = vocabulary.facts.filter(
    (other) =>
      other.name !== fact.name && (isNumber ? other.type === 'number' : other.type === fact.type),
  );
  const change = (next: (typeof kinds)[number]) => {
    if (next === 'list') onChange({ kind: 'list', list: vocabulary.lists[0]?.name ?? '' });
    else if (next === 'fact') {
      onChange({ kind: 'fact', fact: others[0]?.name ?? fact.name, factor: isNumber ? '1' : null });
    } else onChange(firstOperand(fact, isMany ? 'in' : '=='));
  };
  return (
    <>
      {fact.type === 'date' ? null : (
        <Select
          className="condition-kind"
          aria-label={t('builder.with')}
          value={kind}
          onChange={change}
          options={kinds.map((each) => ({ value: each, label: t(`builder.with.${each}`) }))}
        />
      )}
      {value.kind === 'text' || value.kind === 'number' ? (
        <Input
          className="condition-value"
          aria-label={t('builder.value')}
          inputMode={isNumber ? 'decimal' : 'text'}
          suffix={fact.unit}
          value={value.value}
          onChange={(event) => onChange({ kind: value.kind, value: event.target.value })}
        />
      ) : null}
      {value.kind === 'date' ? (
        <Input
          className="condition-value"
          type="date"
          aria-label={t('builder.value')}
          required
          value={value.value}
          onChange={(event) => onChange({ kind: 'date', value: event.target.value })}
        />
      ) : null}
      {value.kind === 'texts' || value.kind === 'numbers' ? (
        <Select
          className="condition-value"
          mode="tags"
          aria-label={t('builder.values')}
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', ' ', '、']}
          placeholder={t('builder.valuesHint')}
          value={[...value.values]}
          onChange={(values: string[]) => onChange({ kind: value.kind, values })}
        />
      ) : null}
      {value.kind === 'list' ? (
        <Select
          className="condition-value"
          aria-label={t('builder.list')}
          value={value.list || null}
          onChange={(list: string) => onChange({ kind: 'list', list })}
          notFoundContent={t('builder.noLists')}
          options={vocabulary.lists.map((list) => ({ value: list.name, label: label(list.label) }))}
        />
      ) : null}
      {value.kind === 'fact' ? (
        <>
          {isNumber ? (
            <Input
              className="condition-factor"
              aria-label={t('builder.factor')}
              suffix="×"
              inputMode="decimal"
              value={value.factor ?? '1'}
              onChange={(event) => onChange({ ...value, factor: event.target.value })}
            />
          ) : null}
          <Select
            className="condition-value"
            aria-label={t('builder.otherFact')}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={320}
            value={value.fact}
            onChange={(name: string) => onChange({ ...value, fact: name })}
            options={others.map((other) => ({ value: other.name, label: label(other.label) }))}
          />
        </>
      ) : null}
    </>
  );
}
