import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/jianghai.js', import.meta.url));
const LEDGER = 'H0000FILE';
const ROWS = 1_000_000;
const QUICK_ROWS = 50_000;
const LINES = 50;
const PARTS = 200;
const BAD = 100;

/** A file as large as a year of a big factory, with a few bad rows in it: read as a stream, in bounded memory. */
export const bondedImport: Bench = {
  name: 'bonded-import',
  about:
    'A file of a million rows with a hundred bad ones, through the command line: what is set aside, how fast, in how much memory.',
  async run({ quick, log }) {
    const folder = await mkdtemp(join(tmpdir(), 'jianghai-import-'));
    try {
      const rows = quick ? QUICK_ROWS : ROWS;
      const [parts, events] = [join(folder, 'parts.csv'), join(folder, 'events.csv')];
      await writeFile(parts, partsFile());
      await pipeline(Readable.from(eventsFile(rows)), createWriteStream(events));
      const told = (...words: string[]) =>
        jianghai([
          'bonded',
          ...words,
          '--ledger',
          LEDGER,
          '--json',
          '--data',
          join(folder, 'data'),
        ]);
      await told('trial', '--opens', '2026-01-01');
      await told('import', parts, '--mapping', 'jianghai-parts');
      const aside = join(folder, 'aside.csv');
      const { answer, peakMb } = await told(
        ...['import', events, '--mapping', 'jianghai', '--refused', aside],
      );
      const { refusedRows, sent, rowsPerSecond, outcomes } = JSON.parse(answer) as Summary;
      const kept = (await readFile(aside, 'utf8')).trimEnd().split('\n').length - 1;
      log(`${rows} rows: ${JSON.stringify(outcomes)}, ${refusedRows} set aside, ${peakMb} MB`);
      if (refusedRows !== BAD || kept !== BAD || sent !== rows / LINES)
        throw new Error(
          `Of ${BAD} bad rows ${refusedRows} were told and ${kept} kept; ${sent} sent.`,
        );
      const figures = { rows, bad_rows: BAD, set_aside: refusedRows, rows_per_s: rowsPerSecond };
      return { figures: { ...figures, peak_mb: peakMb }, peers: {}, ratios: {} };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Summary {
  readonly refusedRows: number;
  readonly sent: number;
  readonly rowsPerSecond: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

const partOf = (n: number): string => `P${String(n % PARTS).padStart(4, '0')}`;

function partsFile(): string {
  const rows = Array.from({ length: PARTS }, (_, n) => `${partOf(n)},material,pcs`);
  return `part,kind,unit\n${rows.join('\n')}\n`;
}

/** What goes wrong in a file: each is an event of its own, and none of another's lines. */
const BAD_ROWS: readonly ((n: number) => string)[] = [
  (n) => `BAD${n},imported,2026-07-01 08:00,NOWHERE,1`,
  (n) => `BAD${n},imported,2026-07-01 08:00,P0001,many`,
  (n) => `BAD${n},imported,on Monday,P0001,1`,
  (n) => `BAD${n},teleported,2026-07-01 08:00,P0001,1`,
  () => ',imported,2026-07-01 08:00,P0001,1',
];

function* eventsFile(rows: number): Iterable<string> {
  yield 'id,kind,occurredAt,part,quantity\n';
  const events = rows / LINES;
  const each = Math.floor(events / BAD);
  let bad = 0;
  for (let event = 0; event < events; event += 1) {
    let text = '';
    for (let line = 0; line < LINES; line += 1)
      text += `E${event},imported,2026-07-01 08:00,${partOf(event + line)},${1 + line}\n`;
    if (event % each === 0 && bad < BAD) {
      text += `${BAD_ROWS[bad % BAD_ROWS.length]?.(bad)}\n`;
      bad += 1;
    }
    yield text;
  }
}

const SAMPLED_EACH_MS = 500;

/** One command as a person types it, and the most memory it ever held. */
function jianghai(words: readonly string[]): Promise<{ answer: string; peakMb: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'warn' },
    });
    let [answer, peakMb] = ['', 0];
    const sample = setInterval(() => {
      void readFile(`/proc/${child.pid}/status`, 'utf8').then(
        (status) => {
          peakMb = Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
        },
        () => undefined,
      );
    }, SAMPLED_EACH_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(sample);
      // Refused rows are told of by 1, and are no failure.
      if (code === 0 || code === 1) resolve({ answer, peakMb });
      else reject(new Error(`jianghai ${words.join(' ')} ended with ${code}.`));
    });
  });
}
