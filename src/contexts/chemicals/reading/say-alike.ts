import { SAID_OTHERWISE, WHOLE_WORDS } from './said-otherwise.ts';

interface Form {
  readonly form: string;
  readonly is: string;
  readonly isWhole: boolean;
}

/** Signs by which a form is looked for; none is shorter. */
const KEY = 4;

/** Forms by their first signs, the longest first. */
const FORMS = new Map<string, Form[]>();
for (const [table, isWhole] of [
  [SAID_OTHERWISE, false],
  [WHOLE_WORDS, true],
] as const)
  for (const pair of table.split(/[|\n]/).filter(Boolean)) {
    const [form = '', is = ''] = pair.split('=');
    const key = form.slice(0, KEY);
    FORMS.set(key, [...(FORMS.get(key) ?? []), { form, is, isWhole }]);
  }
for (const forms of FORMS.values()) forms.sort((a, b) => b.form.length - a.form.length);

/** A name with each retained or older form as the one that stands for all that say the same. */
export function sayAlike(name: string): string {
  let said = '';
  let from = 0;
  for (let at = 0; at + KEY <= name.length; at += 1) {
    const forms = FORMS.get(name.slice(at, at + KEY));
    const found = forms?.find((one) => name.startsWith(one.form, at) && stands(one, name, at));
    if (!found) continue;
    said += name.slice(from, at) + found.is;
    from = at + found.form.length;
    at = from - 1;
  }
  return from === 0 ? name : said + name.slice(from);
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Whether a form stands by itself: locants are not a part of other locants, whole words not of other words. */
function stands({ form, isWhole }: Form, name: string, at: number): boolean {
  const before = at === 0 ? 0 : name.charCodeAt(at - 1);
  if (isDigit(form.charCodeAt(0)) && (isDigit(before) || name[at - 1] === ',')) return false;
  if (form.startsWith('benzene-1') && isLetter(before)) return false;
  if (!isWhole) return true;
  // Of a diol with groups on it the places would be said twice over.
  if (form.endsWith('iol')) return at === 0 || name[at - 1] === ' ';
  if (isLetter(before) || name[at - 1] === ')' || name.endsWith('n-', at)) return false;
  // The heading of an inverted name has groups on it.
  if (name[at + form.length] === ',' && name.endsWith('-')) return false;
  if (!form.endsWith('benzene')) return true;
  // Behind a place the ring has other groups, whose places count from elsewhere on it.
  const sign = name[at + form.length];
  return name[at - 1] !== '-' && sign !== '-' && !isLetter(name.charCodeAt(at + form.length));
}
