import { useTranslation } from 'react-i18next';
import type { Verdict } from '../../../../src/contexts/chemicals/detectors/contract.ts';
import type { Question } from '../../../../src/contexts/chemicals/law/contract.ts';
import { type Params, useMessages } from '../../parts/messages.ts';

export const LISTS = [
  'cn_precursor',
  'cn_monitored',
  'cn_hazardous',
  'cwc',
  'un_1988',
  'eu_precursor',
  'dea_list',
  'clp',
] as const;
type List = (typeof LISTS)[number];

/** The name of a list; one that an office loaded itself is called as it calls itself. */
export function useListName(): (list: string) => string {
  const { t } = useTranslation('chemicals');
  return (list) => (LISTS.includes(list as List) ? t(`list.${list as List}`) : list);
}

const COLUMNS = [
  ...(['cas', 'names', 'zh', 'un', 'class', 'packingGroup'] as const),
  ...(['subsidiary', 'hs', 'formula', 'statements', 'entry'] as const),
] as const;
type ListColumn = (typeof COLUMNS)[number];

/** What a column of a list is called; one without a role is called as its file calls it. */
export function useColumnName(): (column: string) => string {
  const { t } = useTranslation('chemicals');
  return (column) =>
    COLUMNS.includes(column as ListColumn) ? t(`column.${column as ListColumn}`) : column;
}

/** What a detector said, with its coded words in the reader's language. */
export function useVerdict(): (verdict: Pick<Verdict, 'code' | 'params'>) => string {
  const { t } = useTranslation('chemicals');
  const { sentence } = useMessages();
  const nameOf = useListName();
  return ({ code, params }) => {
    const named: Record<string, string | number> = { ...params };
    if (typeof params.list === 'string') named.list = nameOf(params.list);
    if (typeof params.ask === 'string') {
      named.ask = params.ask
        .split(', ')
        .flatMap((word) => (isQuestion(word) ? [t(`question.${word}`)] : []))
        .join(t('comma'));
    }
    for (const name of ['from', 'to', 'stage', 'silent']) {
      const stage = params[name];
      if (isStage(stage)) named[name] = t(`stage.${stage}`);
    }
    if (params.what === 'price' || params.what === 'mass') named.what = t(`what.${params.what}`);
    return sentence(code, named satisfies Params);
  };
}

type Stage = 'manifest' | 'declaration' | 'storage';
const isStage = (word: unknown): word is Stage =>
  word === 'manifest' || word === 'declaration' || word === 'storage';

const QUESTIONS: readonly string[] = ['concentration', 'compound', 'destination', 'substance'];
const isQuestion = (word: string): word is Question => QUESTIONS.includes(word);
