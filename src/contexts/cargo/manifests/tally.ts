import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { effectiveOn, type LocalDate } from '../../../kernel/dates.ts';
import {
  compare,
  type Decimal,
  decimal,
  isNegative,
  multiply,
  parseDecimal,
  subtract,
} from '../../../kernel/decimal.ts';
import type { State } from './bill.ts';
import type { Discrepancy, TallyLine } from './contract.ts';

/**
 * How far a tally may differ from the manifest before it is a discrepancy (溢短装): a share of the gross
 * mass, and a number of packages, or `null` where packages are not counted.
 */
const Tolerances = z.object({
  source: z.string(),
  tolerances: z.array(
    z.object({
      cargo: z.enum(['bulk', 'packed']),
      from: z.string(),
      to: z.string().nullable(),
      grossMass: z.string(),
      packages: z.number().int().nullable(),
    }),
  ),
});
const { tolerances } = Tolerances.parse(
  JSON.parse(readFileSync(new URL('./tolerances.json', import.meta.url), 'utf8')),
);

const BULK = '00';
type Found = Omit<Discrepancy, 'caseId' | 'at'>;

/**
 * What was counted beside what was manifested: short, over, or wrong, each told apart. When the
 * quantities agree as far as the tolerance of the day allows, what was counted is what there is.
 */
export function compareTally(
  state: State,
  line: TallyLine,
  on: LocalDate,
): { agrees: boolean; found: Found[] } {
  const { content } = state;
  if (state.status !== 'manifested' || !content) {
    const what = `${line.packages} × ${line.grossMassKg ?? '?'} kg`;
    return { agrees: false, found: [{ kind: 'unmanifested', expected: '', found: what }] };
  }
  const cargo = content.packageKind === BULK ? 'bulk' : 'packed';
  const tolerance = effectiveOn(
    tolerances.filter((each) => each.cargo === cargo),
    on,
  );
  const quantities = [
    ...differingPackages(content.packages ?? 0, line.packages, tolerance?.packages ?? null),
    ...differingMass(content.grossMassKg, line.grossMassKg, decimal(tolerance?.grossMass ?? '0')),
  ];
  const others = [...differingContainers(state, line), ...damaged(line)];
  return { agrees: quantities.length === 0, found: [...quantities, ...others] };
}

function differingPackages(expected: number, found: number, tolerance: number | null): Found[] {
  if (tolerance === null || Math.abs(expected - found) <= tolerance) return [];
  const kind = found < expected ? 'short' : 'over';
  return [{ kind, expected: `${expected}`, found: `${found}` }];
}

function differingMass(expected: string | null, found: string | null, share: Decimal): Found[] {
  const manifested = parseDecimal(expected ?? '');
  const weighed = parseDecimal(found ?? '');
  // Mass that was not weighed is not known to differ.
  if (!manifested || !weighed) return [];
  const difference = subtract(weighed, manifested);
  const distance = isNegative(difference) ? subtract(manifested, weighed) : difference;
  if (compare(distance, multiply(manifested, share)) <= 0) return [];
  const kind = isNegative(difference) ? 'short' : 'over';
  return [{ kind, expected: `${expected} kg`, found: `${found} kg` }];
}

function differingContainers({ content }: State, line: TallyLine): Found[] {
  if (!line.containers || !content) return [];
  const manifested = content.containers.flatMap(({ number, seals }) =>
    number ? [`${number} ${[...seals].sort().join('/')}`.trim()] : [],
  );
  const tallied = line.containers.map(({ number, seals }) =>
    `${number} ${[...seals].sort().join('/')}`.trim(),
  );
  const missing = manifested.filter((each) => !tallied.includes(each));
  const strange = tallied.filter((each) => !manifested.includes(each));
  if (missing.length + strange.length === 0) return [];
  return [{ kind: 'wrong', expected: missing.join(', '), found: strange.join(', ') }];
}

const damaged = ({ damaged: count, packages, note }: TallyLine): Found[] =>
  count === 0
    ? []
    : [{ kind: 'damaged', expected: `0 / ${packages}`, found: `${count} ${note}`.trim() }];
