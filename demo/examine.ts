import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findings } from './findings.ts';

/**
 * Examines the selected declarations of a decisions file, as `jianghai assess` writes it, and tells
 * what was found. Of what was not selected it tells nothing, as nobody would know.
 */
const USAGE =
  'Usage: node dist/demo/examine.js --answers FILE --decisions FILE.csv --out FILE.csv\n';

try {
  const { values } = parseArgs({
    options: {
      answers: { type: 'string' },
      decisions: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { answers, decisions, out } = values;
  if (!answers || !decisions || !out) throw new Error('All three files must be named.');
  writeFileSync(out, findings(readFileSync(decisions, 'utf8'), readFileSync(answers, 'utf8')));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
}
