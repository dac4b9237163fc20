/**
 * Shapes and check characters of the codes customs lives by. Whether a code is *in force* on a day
 * is a question for `reference`; here we only say whether it could ever be one.
 */

/** HS: 6 digits everywhere, 8 or 10 in the national tariff. */
export const isHsCode = (text: string): boolean => /^\d{6}(?:\d{2}){0,2}$/.test(text);
export const hs2 = (hsCode: string): string => hsCode.slice(0, 2);
export const hs6 = (hsCode: string): string => hsCode.slice(0, 6);

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The 18th character of a unified social credit code (统一社会信用代码), GB 32100-2015 §4.2. */
export function usccCheckCharacter(first17: string): string | null {
  if (first17.length !== 17) return null;
  let total = 0;
  for (let i = 0; i < 17; i++) {
    const value = USCC_ALPHABET.indexOf(first17.charAt(i));
    if (value < 0) return null;
    total += value * (USCC_WEIGHTS[i] ?? 0);
  }
  return USCC_ALPHABET.charAt((31 - (total % 31)) % 31);
}

export const isUscc = (text: string): boolean =>
  text.length === 18 && usccCheckCharacter(text.slice(0, 17)) === text.charAt(17);
