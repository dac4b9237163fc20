export type { BookRule, RuleBook } from './book.ts';
export { listsOn } from './judge.ts';
export { ruleRoutes } from './routes.ts';
export type { Books } from './service/books.ts';
export { createRules, type Rules, type RulesOptions } from './service/index.ts';
