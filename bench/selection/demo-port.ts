import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANSWERS_FILE, type Answer } from '../../demo/answers.ts';
import { type FiledDeclaration, generate } from '../../demo/generate/generate.ts';
import { createHistory, type History } from '../../src/contexts/risk/history.ts';
import { localDateOf } from '../../src/kernel/dates.ts';
import { dayNumber, type Stream, type StreamRow, streamOf } from './stream.ts';

const NUMBERS = [
  ...['price.perKg', 'weight.perUnit', 'mass.netToGross', 'peers.priceDeviation'],
  ...['peers.weightDeviation', 'importer.earlier', 'route.share', 'goods.value'],
];

/**
 * The demo port's quarter, with what the port's own history knew of each declaration on its day. An
 * answer is what an examination would have found.
 */
export async function demoStream(scale: number): Promise<Stream> {
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
  try {
    await generate({ folder, scale });
    const answers = await readAnswers(folder);
    const history = createHistory();
    const rows: StreamRow[] = [];
    for (const day of (await readdir(join(folder, 'declarations'))).sort()) {
      const filings = (await readFile(join(folder, 'declarations', day), 'utf8'))
        .trim()
        .split('\n');
      for (const line of filings) {
        const filing = JSON.parse(line) as FiledDeclaration;
        rows.push(rowOf(filing, history, answers.get(filing.id)));
      }
    }
    return streamOf({ name: 'demo port', budget: 0.1, warmUpWeeks: 2 }, rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readAnswers(folder: string): Promise<Map<string, Answer>> {
  const text = (await readFile(join(folder, ANSWERS_FILE), 'utf8')).trim();
  return new Map(
    text.split('\n').map((line) => {
      const answer = JSON.parse(line) as Answer;
      return [answer.id, answer];
    }),
  );
}

function rowOf(
  { content, occurredAt }: FiledDeclaration,
  history: History,
  answer: Answer | undefined,
): StreamRow {
  const day = localDateOf(occurredAt);
  const [main] = content.lines.toSorted((a, b) => Number(b.value) - Number(a.value));
  const number = (text: string | number | null | undefined) => (text ? Number(text) : null);
  const stated = {
    'declaration.ieFlag': content.ieFlag,
    'declaration.currency': content.currency ?? null,
    'declaration.value': number(content.totalValue),
    'declaration.netMass': number(content.netMassKg),
    'declaration.grossMass': number(content.grossMassKg),
    'goods.hs6': main?.hsCode?.slice(0, 6) ?? null,
    'goods.origin': main?.originCountry ?? null,
    'goods.unit': main?.unit ?? null,
    'goods.quantity': number(main?.quantity),
    'goods.netMass': number(main?.netMassKg),
    'goods.value': number(main?.value),
    'route.departure': content.transport.partnerCountry ?? null,
    'party.importer': content.parties.domestic?.uscc ?? null,
    'party.seller': content.parties.overseas?.name ?? null,
  };
  const facts = { ...stated, ...history.factsFor(stated, day) };
  history.observe(stated, day);
  const joined = (...names: (keyof typeof stated)[]) => names.map((name) => stated[name]).join('|');
  return {
    day: dayNumber(day),
    keys: [
      joined('goods.hs6'),
      joined('goods.hs6', 'goods.origin'),
      joined('goods.origin', 'route.departure'),
      joined('party.importer'),
      joined('party.seller'),
      joined('declaration.ieFlag', 'goods.unit'),
    ],
    numbers: NUMBERS.map((name) => {
      const value = facts[name as keyof typeof facts];
      return typeof value === 'number' ? value : Number.NaN;
    }),
    answer: answer?.revealed.byExamination ?? false,
    cell: joined('party.importer'),
  };
}
