import type { ArithmeticOperator, ComparisonOperator, TextTestName, ValueType } from './ast.ts';

/** How one language says the parts of a rule. Parts come in as finished phrases. */
export interface Wording {
  readonly language: 'zh' | 'en';
  readonly joint: Readonly<Record<'and' | 'or', string>>;
  bracket(text: string): string;
  deny(text: string): string;
  constant(value: boolean): string;
  flag(label: string, holds: boolean): string;
  has(label: string, holds: boolean): string;
  compare(left: string, type: ValueType, operator: ComparisonOperator, right: string): string;
  textTest(test: TextTestName, text: string, part: string, holds: boolean): string;
  inList(value: string, list: string, holds: boolean): string;
  oneOf(value: string, values: readonly string[], holds: boolean): string;
  arithmetic(operator: ArithmeticOperator, left: string, right: string): string;
  times(value: string, factor: number): string;
  negate(value: string): string;
  size(text: string): string;
  quote(text: string): string;
  day(date: string): string;
  amount(value: number, unit: string | null): string;
}

type Comparing = Readonly<Record<ComparisonOperator, string>>;

/** What is counted is fewer or more, what is measured lower or higher, a day earlier or later. */
const MANDARIN_COMPARING: Readonly<Record<ValueType, Comparing>> = {
  number: comparing('等于', '不等于', '低于', '不高于', '高于', '不低于'),
  integer: comparing('等于', '不等于', '少于', '不多于', '多于', '不少于'),
  text: comparing('为', '不为', '', '', '', ''),
  date: comparing('为', '不为', '早于', '不晚于', '晚于', '不早于'),
};

export const mandarin: Wording = {
  language: 'zh',
  joint: { and: ' 且 ', or: ' 或 ' },
  bracket: (text) => `（${text}）`,
  deny: (text) => `并非（${text}）`,
  constant: (value) => (value ? '恒成立' : '恒不成立'),
  flag: (label, holds) => `${label}：${holds ? '是' : '否'}`,
  has: (label, holds) => `${holds ? '有' : '缺少'}${label}`,
  compare: (left, type, operator, right) => `${left}${MANDARIN_COMPARING[type][operator]}${right}`,
  textTest(test, text, part, holds) {
    const no = holds ? '' : '不';
    if (test === 'contains') return `${text}${no}含${part}`;
    return `${text}${no}以${part}${test === 'startsWith' ? '开头' : '结尾'}`;
  },
  inList: (value, list, holds) => `${value}${holds ? '' : '不'}在清单“${list}”中`,
  oneOf(value, values, holds) {
    if (values.length === 1) return `${value}${holds ? '为' : '不为'}${values.join()}`;
    const all = spaced(values.map((each, nth) => (nth === 0 ? each : each.trimStart())).join('、'));
    return `${value}${holds ? '为' : '不是'}${all}${holds ? '之一' : '中的任何一个'}`;
  },
  arithmetic(operator, left, right) {
    const result = { '+': '之和', '-': '之差', '*': '之积', '/': '之比' }[operator];
    return `${spaced(left)}与${spaced(right)}${result}`;
  },
  times: (value, factor) => (factor === 0.5 ? `${value}的一半` : `${value}的 ${factor} 倍`),
  negate: (value) => `${value}的相反数`,
  size: (text) => `${text}的字符数`,
  quote: (text) => `“${text}”`,
  day(date) {
    const [year, month, day] = date.split('-').map(Number);
    return ` ${year} 年 ${month} 月 ${day} 日`;
  },
  amount(value, unit) {
    const units: Readonly<Record<string, string>> = { kg: ' 千克', '%': '%', days: ' 天' };
    return ` ${value}${units[unit ?? ''] ?? ''}`;
  },
};

/** Mandarin sets a space between a figure and the word that follows it. */
const spaced = (text: string): string => (/[0-9]$/.test(text) ? `${text} ` : text);

const ENGLISH_COMPARING: Readonly<Record<ValueType, Comparing>> = {
  number: comparing('equal to', 'other than', 'below', 'at most', 'above', 'at least'),
  integer: comparing('equal to', 'other than', 'fewer than', 'at most', 'more than', 'at least'),
  text: comparing('is', 'is not', '', '', '', ''),
  date: comparing('on', 'not on', 'before', 'no later than', 'after', 'no earlier than'),
};

export const english: Wording = {
  language: 'en',
  joint: { and: ' and ', or: ' or ' },
  bracket: (text) => `(${text})`,
  deny: (text) => `not (${text})`,
  constant: (value) => (value ? 'always' : 'never'),
  flag: (label, holds) => `${label}: ${holds ? 'yes' : 'no'}`,
  has: (label, holds) => `${label} is ${holds ? 'known' : 'missing'}`,
  compare: (left, type, operator, right) => `${left} ${ENGLISH_COMPARING[type][operator]} ${right}`,
  textTest(test, text, part, holds) {
    const verb = { startsWith: 'start with', endsWith: 'end with', contains: 'contain' }[test];
    if (!holds) return `${text} does not ${verb} ${part}`;
    return `${text} ${verb.replace(/^\w+/, '$&s')} ${part}`;
  },
  inList: (value, list, holds) => `${value} is ${holds ? '' : 'not '}on the list “${list}”`,
  oneOf(value, values, holds) {
    if (values.length === 1) return `${value} ${holds ? 'is' : 'is not'} ${values.join()}`;
    return `${value} is ${holds ? 'one' : 'none'} of ${values.join(', ')}`;
  },
  arithmetic(operator, left, right) {
    const verb = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divided by' }[operator];
    return `${left} ${verb} ${right}`;
  },
  times: (value, factor) => (factor === 0.5 ? `half of ${value}` : `${factor} times ${value}`),
  negate: (value) => `minus ${value}`,
  size: (text) => `the number of characters of ${text}`,
  quote: (text) => `“${text}”`,
  day: (date) => date,
  amount(value, unit) {
    const units: Readonly<Record<string, string>> = { kg: ' kg', '%': ' %', days: ' days' };
    return `${value}${units[unit ?? ''] ?? ''}`;
  },
};

function comparing(
  equal: string,
  unequal: string,
  less: string,
  atMost: string,
  more: string,
  atLeast: string,
): Comparing {
  return { '==': equal, '!=': unequal, '<': less, '<=': atMost, '>': more, '>=': atLeast };
}
