import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatScore, score } from './scoring.ts';

/** Scores a decisions file, as `jianghai assess` writes it, against the sealed answers of the demo port. */
const USAGE = 'Usage: node dist/demo/score.js --answers FILE --decisions FILE.csv [--json]\n';

try {
  const { values } = parseArgs({
    options: {
      answers: { type: 'string' },
      decisions: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values.answers || !values.decisions) throw new Error('Both files must be named.');
  const decisions = readFileSync(values.decisions, 'utf8');
  const columns = decisions.slice(0, decisions.indexOf('\n'));
  for (const column of ['id', 'lane']) {
    if (!columns.split(/[,\r]/).includes(column)) {
      throw new Error(`${values.decisions} has no column ${column}; its first line is: ${columns}`);
    }
  }
  const result = score(decisions, readFileSync(values.answers, 'utf8'));
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : formatScore(result));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
}
