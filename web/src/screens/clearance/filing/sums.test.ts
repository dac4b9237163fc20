// Sums beside the declared totals, exact to the cent, and the form’s content between edits.
import { describe, expect, test } from 'vitest';
import { emptyContent, emptyLine, tidy, withValue } from './content-path.ts';
import { isSameNumber, lineSums, lineValue } from './sums.ts';

describe('What the form adds up beside what is declared', () => {
  test('is exact where floats are not', () => {
    const lines = ['0.1', '0.2'].map((value, index) => ({ ...emptyLine(index + 1), value }));
    expect(lineSums({ ...emptyContent(null), lines }).totalValue).toBe('0.3');
    expect(lineValue({ quantity: '10', unitPrice: '2.345' })).toBe('23.45');
    expect(isSameNumber('0.30', '0.3')).toBe(true);
  });

  test('is silent while a line says nothing', () => {
    const content = {
      ...emptyContent(null),
      lines: [{ ...emptyLine(1), value: '5' }, emptyLine(2)],
    };
    expect(lineSums(content).totalValue).toBeNull();
  });
});

describe('A value put into a filing', () => {
  test('leaves whatever is not on the way the same object', () => {
    const before = { ...emptyContent(null), lines: [emptyLine(1), emptyLine(2)] };
    const after = withValue(before, 'lines[1].hsCode', '8482102000');
    expect(after.lines[1]?.hsCode).toBe('8482102000');
    expect(after.lines[0]).toBe(before.lines[0]);
    expect(after.parties).toBe(before.parties);
  });

  test('may name a party nobody had named; one of whom nothing is said is sent as nobody', () => {
    const named = withValue(emptyContent(null), 'parties.overseas.name', 'Elbe Handels GmbH');
    expect(tidy(named).parties.overseas?.name).toBe('Elbe Handels GmbH');
    expect(tidy(withValue(named, 'parties.overseas.name', null)).parties.overseas).toBeNull();
  });
});
