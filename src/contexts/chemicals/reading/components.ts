import { hasHan } from './normalise.ts';

/** More components than these are counted and said, not looked up. */
export const MAX_COMPONENTS = 40;

const STRONG =
  /\s*(?:[;|\n]|(?<!\(\d?)\+(?!\d?\))|(?<=[\p{Script=Han}\d%)])\/|\/(?=\p{Script=Han})|\s\/\s|\s&\s|(?<![a-z])(?:and|with|in|mixed with|plus)(?![a-z])|(?<=\p{Script=Han})\s*(?:与|和|及|以及|加)\s*(?=\p{Script=Han})|;)\s*/u;
const WEAK =
  /,\s+|(?<=\p{Script=Han}|\)|%)\s*[,.]\s*(?=\p{Script=Han})|(?<=\p{Script=Han}),|,(?=\p{Script=Han})|\s{2,}/u;
const MIXTURE =
  /混合物|混合液|混合溶剂|(?<![a-z])(?:mixtures? (?:of|containing)|reaction (?:mass|product)s? of:?|blends? of|containing|composed of|consisting of)(?![a-z])|含(?=[\p{Script=Han}\d])|由|组成|配制品?|制剂(?=$|[\s(])/u;

export const saysMixture = (text: string): boolean => MIXTURE.test(text);

const RECIPE = /^[^()]*\(([^()]*%[^()]*%[^()]*)\)$/;

/** What goods are made of, where brackets behind their name say it in shares: `稀释剂(甲苯30%,丙酮40%)`. */
export const recipeIn = (text: string): string | null => RECIPE.exec(text)?.[1] ?? null;

/** Whether more than one share is stated. */
export const saysShares = (text: string): boolean => /%[^%]*%/.test(text);

/** A text cut where components are parted; at commas too, when asked. Names keep their own commas. */
export function split(text: string, atCommas: boolean): string[] {
  const plain = text.replace(new RegExp(MIXTURE, 'gu'), ' ; ');
  const pieces = plain.split(STRONG);
  const all = atCommas ? pieces.flatMap((piece) => piece.split(WEAK)) : pieces;
  return all.map((piece) => piece.trim()).filter((piece) => hasHan(piece) || /[a-z]/.test(piece));
}
