import { isNegative, parseDecimal } from '../../../kernel/decimal.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { Consumption, Part } from '../contract.ts';
import { parseRate, RATE_DIGITS } from '../quantity.ts';
import type { NumberedPart } from './contract.ts';

/** What becomes of parts that were sent, or everything that is wrong with them. */
export interface PartsPlan {
  readonly added: readonly Part[];
  readonly changed: readonly Part[];
  readonly same: number;
  readonly problems: readonly Refusal[];
}

/** A part is what was said last of it; only its unit stays once something was counted in it. */
export function planParts(
  sent: readonly Part[],
  known: ReadonlyMap<string, NumberedPart>,
): PartsPlan {
  const problems: Refusal[] = [];
  const [added, changed]: [Part[], Part[]] = [[], []];
  const mentioned = new Set<string>();
  let same = 0;
  sent.forEach((part, index) => {
    const path = `parts[${index}]`;
    if (mentioned.has(part.part))
      problems.push({ code: 'bonded.part_twice', path: `${path}.part`, seen: seen(part.part) });
    mentioned.add(part.part);
    problems.push(...valueProblems(part, path));
    const before = known.get(part.part);
    if (!before) added.push(part);
    else if (isSame(before, part)) same += 1;
    else {
      changed.push(part);
      if (before.isUsed && before.unit !== part.unit)
        problems.push({
          ...{ code: 'bonded.part_unit_in_use', path: `${path}.unit`, seen: seen(part.unit) },
          params: { part: part.part, unit: before.unit },
        });
    }
  });
  return { added, changed, same, problems };
}

function* valueProblems({ unitValue, currency }: Part, path: string): Iterable<Refusal> {
  if (unitValue === null) return;
  const value = parseDecimal(unitValue);
  if (!value || isNegative(value))
    yield { code: 'bonded.part_value', path: `${path}.unitValue`, seen: seen(unitValue) };
  else if (currency === null) yield { code: 'bonded.part_currency', path: `${path}.currency` };
}

const FIELDS = ['kind', 'description', 'hsCode', 'unit', 'unitValue', 'currency'] as const;
const isSame = (before: Part, now: Part): boolean =>
  FIELDS.every((field) => before[field] === now[field]);

const WHOLE = 10n ** BigInt(RATE_DIGITS);

/** Everything wrong with lines of consumption: what is lost is less than all, and rests on something. */
export function checkConsumption(
  lines: readonly Consumption[],
  known: ReadonlySet<string>,
): Refusal[] {
  return lines.flatMap((line, index) => {
    const path = `consumption[${index}]`;
    const problems: Refusal[] = [];
    for (const field of ['product', 'part'] as const) {
      if (!known.has(line[field]))
        problems.push({
          ...{ code: 'bonded.part_unknown', path: `${path}.${field}`, seen: seen(line[field]) },
        });
    }
    if (line.product === line.part)
      problems.push({ code: 'bonded.consumption_of_itself', path: `${path}.part` });
    if (parseRate(line.net) === 0n)
      problems.push({ code: 'bonded.consumption_nothing', path: `${path}.net` });
    if (line.to !== null && line.to <= line.from)
      problems.push({ code: 'bonded.consumption_days', path: `${path}.to`, seen: line.to });
    const [tangible, intangible] = [
      parseRate(line.tangibleLossRate) ?? 0n,
      parseRate(line.intangibleLossRate) ?? 0n,
    ];
    if (tangible + intangible >= WHOLE)
      problems.push({ code: 'bonded.consumption_all_lost', path: `${path}.tangibleLossRate` });
    if (intangible > 0n && line.evidence === '')
      problems.push({ code: 'bonded.consumption_no_evidence', path: `${path}.evidence` });
    return problems;
  });
}
