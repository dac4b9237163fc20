import { randomFor } from '../../demo/generate/random.ts';
import { type AssessOutcome, assess } from '../../src/contexts/duty/calculation/assess.ts';
import type { DutyRequest } from '../../src/contexts/duty/calculation/contract.ts';
import { tariffOf } from '../../src/contexts/duty/tariff/testing.ts';
import { Book, type Cells, filesOfTheTariff } from './book.ts';
import { madeUpTariff, requester } from './cases.ts';
import { Missing } from './reading.ts';
import { slowly, type Told } from './slow.ts';

export interface Extent {
  readonly lines: number;
  /** Lines under one made-up tariff; then comes another. */
  readonly linesPerTariff: number;
}

export interface Compared {
  /** Lines of declarations that were assessed; those of refused ones are not counted. */
  readonly lines: number;
  readonly declarations: number;
  /** Declarations that both sides refuse to assess. */
  readonly refused: number;
  /** Taxes of lines that came to something, by kind and column of the tariff. */
  readonly taxes: ReadonlyMap<string, number>;
  readonly disagreements: number;
  /** The first few of them, with what each side says. */
  readonly shown: readonly string[];
}

const MADE_UP_ROWS = 100;
const SHOWN_MAX = 20;

/** Assesses random declarations twice, by the product and by the calculator by fractions. */
export function differ(
  { lines: wanted, linesPerTariff }: Extent,
  seed: number,
  judge: typeof assess = assess,
  onTariff: (lines: number) => void = () => undefined,
): Compared {
  const taxes = new Map<string, number>();
  const shown: string[] = [];
  const files = filesOfTheTariff();
  let [lines, declarations, refused, disagreements] = [0, 0, 0, 0];
  for (let tariff = 0; lines < wanted; tariff += 1) {
    const random = randomFor('duty', seed, tariff);
    const tables = madeUpTariff(random, files, MADE_UP_ROWS);
    const book = new Book(tables);
    const ours = tariffOf(
      tables as Readonly<Record<string, readonly (Cells & { code: string })[]>>,
    );
    const next = requester(random, tables);
    for (const end = Math.min(wanted, lines + linesPerTariff); lines < end; ) {
      const request = next();
      const outcome = judge(request, ours);
      const difference = compare(outcome, slowlyOrNot(request, book));
      if (difference) disagreements += 1;
      if (difference && shown.length < SHOWN_MAX)
        shown.push(`${difference}\n${JSON.stringify(request)}`);
      declarations += 1;
      if (outcome.assessment) lines += request.lines.length;
      else refused += 1;
      for (const tax of outcome.assessment?.lines.flatMap((line) => line.taxes) ?? []) {
        const way = `${tax.kind} ${tax.treatment}${tax.rate.perUnit ? ' by quantity' : ''}`;
        if (tax.payable !== '0') taxes.set(way, (taxes.get(way) ?? 0) + 1);
      }
    }
    onTariff(lines);
  }
  return { lines, declarations, refused, taxes, disagreements, shown };
}

function slowlyOrNot(request: DutyRequest, book: Book): Told | Missing {
  try {
    return slowly(request, book);
  } catch (error) {
    if (error instanceof Missing) return error;
    throw error;
  }
}

function compare(ours: AssessOutcome, theirs: Told | Missing): string | null {
  if (theirs instanceof Missing || !ours.assessment) {
    if (theirs instanceof Missing && ours.refusals.length > 0) return null;
    const told = ours.refusals.map(({ code, path }) => `${code} ${path}`).join(', ') || 'assesses';
    return `ours: ${told}; theirs: ${theirs instanceof Missing ? theirs.message : 'assesses'}`;
  }
  const [left, right] = [JSON.stringify(toldOf(ours)), JSON.stringify(theirs)];
  return left === right ? null : `ours:   ${left}\ntheirs: ${right}`;
}

function toldOf({ assessment }: AssessOutcome): Told {
  if (!assessment) throw new Error('Nothing was assessed.');
  const { customsValue, freight, insurance, payable, lateDeclaration: late, lines } = assessment;
  return {
    ...{ customsValue, freight, insurance, payable },
    late: late && `${late.firstDay} ${late.lastDay} ${late.days} ${late.fee}`,
    lines: lines.map((line) => ({
      row: line.tariffCode,
      customsValue: line.customsValue,
      freight: line.freight,
      insurance: line.insurance,
      taxes: line.taxes.map(({ kind, treatment, base, quantity, assessed, payable }) =>
        [kind, treatment, base, quantity ?? '-', assessed, payable].join(' '),
      ),
    })),
  };
}
