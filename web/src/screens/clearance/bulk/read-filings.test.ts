// Files of filings in every shape and encoding the trade sends, and what is told about a bad row.
import { describe, expect, test } from 'vitest';
import { decodeText, readFilings } from './read-filings.ts';

describe('A file of many filings', () => {
  test('NDJSON tells the line of what it could not read, and reads the rest', () => {
    const read = readFilings(
      'many.ndjson',
      '{"id":"A","content":{}}\n\nnot json\n{"content":{}}\n',
    );
    expect(read.filings.map(({ at, id }) => [at, id])).toEqual([[1, 'A']]);
    expect(read.unreadable.map(({ at, why }) => [at, why])).toEqual([
      [3, 'notJson'],
      [4, 'noId'],
    ]);
  });

  test('JSON may be a list, or the body of the bulk request', () => {
    expect(readFilings('a.json', '[{"id":"A"},{"id":"B"}]').filings).toHaveLength(2);
    expect(readFilings('a.json', '{"filings":[{"id":"A"}]}').filings).toHaveLength(1);
  });

  test('rows of one id in a table are the lines of one declaration', () => {
    const read = readFilings(
      'a.csv',
      [
        'id,currency,packages.count,line.hsCode,line.description,colour',
        'A,EUR,10,8482102000,"Bearings, ball",red',
        'A,,,8482102000,"So-called ""rings""",',
        'B,USD,1',
      ].join('\r\n'),
    );
    expect(read.unknownColumns).toEqual(['colour']);
    expect(read.unreadable).toEqual([{ at: 4, why: 'cells', seen: 'B,USD,1' }]);
    expect(read.filings[0]?.filing).toMatchObject({
      content: {
        currency: 'EUR',
        packages: { count: 10 },
        lines: [
          { lineNo: 1, description: 'Bearings, ball' },
          { lineNo: 2, description: 'So-called "rings"' },
        ],
      },
    });
  });

  test('a table saved in the Chinese encoding reads as what was written', () => {
    const gb18030 = new Uint8Array([0xd6, 0xe1, 0xb3, 0xd0]);
    expect(decodeText(gb18030.buffer)).toBe('轴承');
  });
});
