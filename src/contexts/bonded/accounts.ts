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

export const PLACES_PER_SITE = 32;
/** An account at a site, by the site's position in its ledger. */
export const placeOf = (account: Account, site: number): number =>
  CODES[account] + site * PLACES_PER_SITE;
/** The same account at another site than the first. */
export const atSite = (place: number, site: number): number => place + site * PLACES_PER_SITE;
export const accountAt = (place: number): Account => ACCOUNTS[place % PLACES_PER_SITE] as Account;
/** Whether a place is at one of these accounts, at whatever site: asked of both ends of every movement. */
export function atOneOf(accounts: readonly Account[]): (place: number) => boolean {
  const codes = Array.from({ length: PLACES_PER_SITE }, (_, code) =>
    accounts.includes(ACCOUNTS[code] as Account),
  );
  return (place) => codes[place % PLACES_PER_SITE] as boolean;
}
export const isOnHandAt = atOneOf(ON_HAND);
export const isInProcessAt = atOneOf(['inProcess']);
export const siteAt = (place: number): number => Math.floor(place / PLACES_PER_SITE);
