import type {
  Rule,
  RuleContent,
  RuleList,
  SavedRule,
  TryResult,
  Vocabulary,
} from '../../../../../src/contexts/risk/rules/contract.ts';
import { useAsk, useAskList, useCommand } from '../../../parts/queries.ts';

const RULES = '/api/risk/rules';
const pathOf = (id: string) => `${RULES}/${encodeURIComponent(id)}`;

export const useRules = () => useAskList<RuleList>(RULES);
export const useRule = (id: string) => useAsk<Rule>(pathOf(id), {}, id !== '');
export const useVocabulary = () => useAsk<Vocabulary>('/api/risk/vocabulary').data;

export const useSaveRule = (id: string) =>
  useCommand<{ readonly content: RuleContent; readonly basedOn: number }, SavedRule>(
    (body) => ({ method: 'PUT', path: pathOf(id), body }),
    [RULES],
  );

/** An act in the life of a rule: `proposal`, `approval`, `snooze`, `retire`, `revert`. */
export const useRuleAct = (id: string) =>
  useCommand<{ readonly act: string; readonly body: unknown }, Rule>(
    ({ act, body }) => ({ method: 'POST', path: `${pathOf(id)}/${act}`, body }),
    [RULES, '/api/risk/lists'],
  );

export const useTryRule = () =>
  useCommand<{ readonly text: string; readonly subject: string }, TryResult>((body) => ({
    method: 'POST',
    path: `${RULES}/try`,
    body,
  }));
