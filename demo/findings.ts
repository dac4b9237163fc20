import type { Answer } from './answers.ts';
import { formatRow, parseTable } from './table.ts';

/**
 * What the examinations of selected declarations brought to light, as a table of `id` and `found`. Red
 * is opened and its papers are read, of yellow only the papers; what nobody looked at is not in it.
 */
export function findings(decisions: string, sealed: string): string {
  const answers = new Map<string, Answer>();
  for (const line of sealed.split('\n')) {
    if (line === '') continue;
    const answer = JSON.parse(line) as Answer;
    answers.set(answer.id, answer);
  }
  const rows = [formatRow(['id', 'found'])];
  for (const { id = '', lane = '' } of parseTable(decisions)) {
    if (lane !== 'red' && lane !== 'yellow') continue;
    const { finding = null, revealed = null } = answers.get(id) ?? {};
    const comesToLight =
      revealed?.byDocuments || (lane === 'red' && revealed?.byExamination) || false;
    rows.push(formatRow([id, finding !== null && comesToLight ? 1 : 0]));
  }
  return rows.join('');
}
