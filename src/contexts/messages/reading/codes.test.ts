// A code that happens to be called as something every object has is a code like any other: kept as it stands, and never
// taken for what it is in the language this is written in.
import { expect, test } from 'vitest';
import { readMessage } from './read.ts';
import { fixtures } from './testing.ts';

const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

test('a place of an unknown kind is kept under its kind', () => {
  const text = `UNB+UNOC:3+A+B+260701:0930+77'UNH+1+CUSDEC:D:96B:UN'BGM+929+JH1+9'
LOC+constructor+CNSHA'RFF+toString:R1'MEA+constructor++valueOf:5'UNS+D'CST+1+84137045'UNS+S'UNT+9+1'UNZ+1+77'`;
  const [only] = readMessage(Buffer.from(text)).documents;
  expect(only?.document).toMatchObject({
    places: [{ kind: 'constructor', place: 'CNSHA' }],
    references: [{ kind: 'toString', number: 'R1' }],
    measures: [{ property: 'constructor', unit: 'valueOf', value: '5' }],
  });
});

test.each(fixtures().map(({ name, bytes }) => [name, bytes.toString('utf8')] as const))(
  '%s says nothing of the language when its codes are replaced',
  (_, text) => {
    for (const name of NAMES) {
      // Every code: what stands first behind a tag, or between a tag and the next.
      const replaced = text.startsWith('<')
        ? text.replaceAll(/>[A-Z0-9]{1,4}</g, `>${name}<`)
        : text.replaceAll(/(?<=\n(?!UN|BGM)[A-Z]{3}\+)[A-Z0-9]+/g, name);
      const { documents, problems } = readMessage(Buffer.from(replaced));
      expect(documents.length + problems.length).toBeGreaterThan(0);
      expect(JSON.stringify([documents, problems])).not.toMatch(/native code|\[object /);
      expect(findFunctions(documents)).toEqual([]);
    }
  },
);

/** Paths of what is not data; JSON would leave it out in silence. */
function findFunctions(value: unknown, path = ''): string[] {
  if (typeof value === 'function') return [path];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => findFunctions(part, `${path}.${name}`));
}
