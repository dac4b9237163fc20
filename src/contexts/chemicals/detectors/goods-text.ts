import type { Identification } from '../contract.ts';

/** Names the goods a text speaks of. */
export type Identify = (text: string) => Identification;

interface GoodsLine {
  readonly hsCode: string | null;
  readonly description: string | null;
  readonly specification: string | null;
}

/** Chapters of chemicals, and of goods that chemicals have been declared as. */
const CHAPTERS = /^(13|22|25|26|27|28|29|3\d|40|44|63|68|71|74|75|79|80|81|85|95)/;
/** Signs of a substance in a text: registry and UN numbers, shares, formulae, the endings chemistry uses. */
const SIGNS =
  /\d{2,7}-\d{2}-\d|\bUN\W?\d{4}|%|％|[酸碱醇醛酮酯胺苯烷烯炔醚酚腈肼脲氯溴碘氟硫磷氰硝氨钠钾锂钙镁锌铵酐啶唑哌麻黄]|(?:acid|ine|ide|ate|ite|ol|one|ane|ene|yne|ester|ether|phenol|amine|chem)\b/i;
/** What a specification may add to a name: numbers and shares, nothing else of it. */
const TELLING = /\d{2,7}-\d{2}-\d|\bUN\W?\d{4}|\d+(?:\.\d+)?\s*[%％]|复方|单方/gi;

/** Whether a line is worth looking at: by its chapter, or by a sign in its text. */
const isWorthLooking = (hsCode: string | null, text: string): boolean =>
  (hsCode !== null && CHAPTERS.test(hsCode)) || SIGNS.test(text);

/** Most lines of one declaration that are looked at; a form takes fifty. */
const LINES_MAX = 50;

/** The lines worth looking at, in their order. */
export const worthLooking = <Line extends GoodsLine>(lines: readonly Line[]): readonly Line[] =>
  lines.slice(0, LINES_MAX).filter(({ hsCode, description, specification }) => {
    const text = goodsText(description, specification);
    return text !== '' && isWorthLooking(hsCode, text);
  });

/** Goods that are mixtures, by chapter: of these a specification may be the recipe. */
const MIXTURES = /^(22|27|28|29|30|32|33|34|35|36|37|38|39)/;
/** A part and its share as a recipe has them: `甲苯20%`, `acetone 15 %`. */
const PART = /(\p{L}[\p{L}\d'(),.-]{1,40}?)\s*(?:[≤≥<>]\s*)?\d{1,3}(?:\.\d{1,4})?\s*[%％]/gu;

/**
 * What the goods of a line are: by their name, and where that tells nothing (`稀释剂`), by the recipe that its
 * specification gives (申报要素 asks for the components and their shares).
 */
export function identifyGoods(line: GoodsLine, identify: Identify): Identification {
  const byName = identify(goodsText(line.description, line.specification));
  if (!byName.unknown || !MIXTURES.test(line.hsCode ?? '')) return byName;
  const parts = line.specification?.normalize('NFKC').match(PART) ?? [];
  if (parts.length === 0) return byName;
  const byRecipe = identify(parts.join('; '));
  return byRecipe.unknown ? byName : byRecipe;
}

/** The name, and of the specification what tells the substance or its share. */
function goodsText(description: string | null, specification: string | null): string {
  const telling = specification?.match(TELLING) ?? [];
  return [description ?? '', ...telling].join(' ').trim();
}

const KEPT_MAX = 20_000;

/** Identifies each text once: declarations repeat their goods far more often than they bring new ones. */
export function remembering(identify: Identify): Identify {
  const kept = new Map<string, Identification>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    const found = identify(text);
    if (kept.size >= KEPT_MAX) {
      const oldest = kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
    }
    kept.set(text, found);
    return found;
  };
}
