import { Account } from './contract.ts';

export type { Account };
export const ACCOUNTS: readonly Account[] = Account.options;

const CODES = Object.fromEntries(ACCOUNTS.map((account, code) => [account, code])) as {
  readonly [A in Account]: number;
};

/** What the factory can be asked to show: these never hold less than nothing. */
export const ON_HAND: readonly Account[] = [
  'rawMaterial',
  'inProcess',
  'semiFinished',
  'finished',
  'scrap',
  'defective',
  'byProduct',
  'inTransit',
  'outsourced',
];
const onHand: ReadonlySet<Account> = new Set(ON_HAND);
export const isOnHand = (account: Account): boolean => onHand.has(account);

const PLACES_PER_SITE = 32;
/** An account at a site, by the site's position in its ledger. */
export const placeOf = (account: Account, site: number): number =>
  CODES[account] + site * PLACES_PER_SITE;
export const accountAt = (place: number): Account => ACCOUNTS[place % PLACES_PER_SITE] as Account;
export const siteAt = (place: number): number => Math.floor(place / PLACES_PER_SITE);
