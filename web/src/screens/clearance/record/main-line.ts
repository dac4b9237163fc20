import type { Line } from '../../../../../src/contexts/clearance/contract.ts';
import { compare, parseDecimal } from '../../../../../src/kernel/decimal.ts';

/** The line of the largest value speaks for the goods; of equals, the first. */
export function mainLineOf(lines: readonly Line[]): Line | undefined {
  return lines.reduce<Line | undefined>((main, line) => {
    const most = main?.value ? parseDecimal(main.value) : null;
    const value = line.value ? parseDecimal(line.value) : null;
    if (main === undefined) return line;
    return value && (most === null || compare(value, most) > 0) ? line : main;
  }, undefined);
}
