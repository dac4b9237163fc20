import { type Passport, PassportState } from '../../cargo/index.ts';
import type { Receipt } from '../contract.ts';
import { type Document, valueAt } from '../reading/table.ts';

/** 处理结果: 1 passes, 2 at the manual post, 3 returned; none while something is waited for. */
const RESULTS: Readonly<Record<Passport['approval'], string | null>> = {
  ...{ pass: '1', manualPost: '2', returned: '3', pending: null },
};

const atSecond = (at: string): string => at.replace(/\.\d+Z$/, 'Z');

/**
 * What customs says of a passport as it stands: SAS223 once it has passed a gate, SAS221 once it was decided;
 * `null` while it waits.
 */
export function passportAnswerOf(
  receipt: Receipt,
  understood: Document,
  passport: Passport,
): { readonly standard: string; readonly document: Document } | null {
  const code = RESULTS[passport.approval];
  if (code === null) return null;
  const [first, second] = passport.crossings;
  const standard = first ? 'SAS223' : 'SAS221';
  const said = (name: string) => valueAt(understood, ['message', name]);
  const { number } = passport;
  const at = atSecond(passport.crossings.at(-1)?.at ?? passport.approvedAt ?? passport.appliedAt);
  const { message: _, lines: __, papers, ...asked } = understood;
  const gates = {
    ...(first && { first: { id: first.gate, at: atSecond(first.at) } }),
    ...(second && { second: { id: second.gate, at: atSecond(second.at) } }),
  };
  const weighed = passport.crossings.findLast(({ measuredKg }) => measuredKg !== null);
  const document = {
    message: {
      ...{ type: standard, reference: receipt.id, sentAt: at },
      ...{ sender: said('receiver'), receiver: said('sender') },
    },
    result: { number, code, at },
    passport: {
      ...asked,
      ...{ number, papers, gates, approvalMark: code },
      status: String(PassportState.options.indexOf(passport.state)),
      measuredKg: weighed?.measuredKg ?? undefined,
      differenceKg: weighed?.differenceKg ?? undefined,
    },
  };
  return { standard, document };
}
