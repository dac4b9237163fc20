// What examinations tell: only of what was selected, and only what that kind of look can see.
import { expect, test } from 'vitest';
import { findings } from './findings.ts';
import { formatTable } from './table.ts';

const answer = (id: string, byDocuments: boolean, byExamination: boolean) =>
  JSON.stringify({ id, finding: { kind: 'x' }, revealed: { byDocuments, byExamination } });

test('red is opened, of yellow the papers are read, and what was not selected stays unknown', () => {
  const sealed = [
    answer('inside', false, true),
    answer('inside-yellow', false, true),
    answer('paper-yellow', true, false),
    answer('well-hidden', false, false),
    answer('released', true, true),
  ].join('\n');
  const decisions = formatTable(
    ['id', 'lane'],
    [
      { id: 'inside', lane: 'red' },
      { id: 'inside-yellow', lane: 'yellow' },
      { id: 'paper-yellow', lane: 'yellow' },
      { id: 'well-hidden', lane: 'red' },
      { id: 'honest', lane: 'red' },
      { id: 'released', lane: 'green' },
    ],
  );
  expect(findings(decisions, sealed)).toBe(
    'id,found\ninside,1\ninside-yellow,0\npaper-yellow,1\nwell-hidden,0\nhonest,0\n',
  );
});
