import { Converter } from 'opencc-js/t2cn';

/** A description longer than this is read to here; the rest of a declaration's line is not a name. */
export const MAX_TEXT = 4_000;

const toSimplified: (text: string) => string = Converter({ from: 'tw', to: 'cn' });

/** Terms of chemistry that differ between the two sides of the strait, not in their strokes only. */
const TERMS: Readonly<Record<string, string>> = {
  醯: '酰',
  矽: '硅',
  碸: '砜',
  醌: '醌',
  鑥: '镥',
  鈽: '钚',
};

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  π: 'pi',
  σ: 'sigma',
  τ: 'tau',
  ω: 'omega',
};

const HAN = /\p{Script=Han}/u;
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]/gu;

/**
 * A text in one spelling: compatibility forms folded (NFKC), nothing invisible, lower case, simplified
 * Chinese, Greek letters by name, one kind of hyphen, prime and bracket. What it says is unchanged.
 */
export function normalise(text: string): string {
  let plain = text
    .slice(0, MAX_TEXT)
    .normalize('NFKC')
    .replace(/[\t\n\r]+/g, ' ');
  plain = plain.replace(INVISIBLE, '').toLowerCase();
  if (/^[ -~]*$/.test(plain)) return plain.replace(/ {2,}/g, ' ').trim();
  if (HAN.test(plain))
    plain = toSimplified(plain).replace(/[醯矽碸鑥鈽]/g, (sign) => TERMS[sign] ?? sign);
  return plain
    .normalize('NFD')
    .replace(/\p{Script=Latin}\p{M}+/gu, (letter) => letter[0] ?? '')
    .normalize('NFC')
    .replace(/[α-ω]/g, (letter) => GREEK[letter] ?? letter)
    .replace(/[‐-―−﹣]/g, '-')
    .replace(/[′’‘`´ʹ]/g, "'")
    .replace(/[″“”]/g, "''")
    .replace(/[±∓]/g, '+-')
    .replace(/[【〔「『《〈]/g, '(')
    .replace(/[】〕」』》〉]/g, ')')
    .replace(/[、，]/g, ',')
    .replace(/[；]/g, ';')
    .replace(/[。．·•・∙]/g, '.')
    .replace(/\s+/g, ' ')
    .trim();
}

export const hasHan = (text: string): boolean => HAN.test(text);
