/** Whether the check digit of a CAS number is right: the digits before it, from the last, times 1, 2, 3 …, modulo ten. */
export function isCas(text: string): boolean {
  if (!/^[1-9]\d{1,6}-\d{2}-\d$/.test(text)) return false;
  const digits = text.replaceAll('-', '');
  let sum = 0;
  for (let i = 0; i < digits.length - 1; i += 1) sum += Number(digits[i]) * (digits.length - 1 - i);
  return sum % 10 === Number(digits.at(-1));
}

/** CAS numbers in a text, right and wrong ones, each once. */
export function casIn(text: string): { readonly cas: string; readonly isRight: boolean }[] {
  const found = text.match(/(?<![\d-])[1-9]\d{1,6}-\d{2}-\d(?![\d-])/g) ?? [];
  return [...new Set(found)].map((cas) => ({ cas, isRight: isCas(cas) }));
}
