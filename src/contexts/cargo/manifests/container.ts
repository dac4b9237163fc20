/** A size of letters without the multiples of 11, as ISO 6346 counts them: A is 10, B is 12, Z is 38. */
function weightOf(character: string): number {
  if (character >= '0' && character <= '9') return Number(character);
  const place = character.charCodeAt(0) - 'A'.charCodeAt(0) + 10;
  return place + Math.floor((place - 1) / 10);
}

export const isContainerNumber = (text: string): boolean => /^[A-Z]{3}[A-Z]\d{7}$/.test(text);

/** The last digit of a container number, from the ten characters before it (ISO 6346). */
export function containerCheckDigit(first10: string): number {
  let total = 0;
  for (let place = 0; place < 10; place++) total += weightOf(first10.charAt(place)) * 2 ** place;
  return (total % 11) % 10;
}
