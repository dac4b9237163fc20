import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import { amountText } from './declaration.ts';
import type { Random } from './random.ts';

/** One declaration in eighty is returned for an ordinary slip, and filed again put right. */
export const MISTAKE_SHARE = 0.0125;

type Line = DeclarationInput['lines'][number];
type Slip = (content: DeclarationInput, line: Line, random: Random) => DeclarationInput;

const withLine = (content: DeclarationInput, line: Line): DeclarationInput => ({
  ...content,
  lines: content.lines.map((each) => (each.lineNo === line.lineNo ? line : each)),
});

/** What hurried people get wrong; each is something the port returns, none is meant to deceive. */
const slips: readonly Slip[] = [
  // The total was typed from another invoice.
  (content, _line, random) => ({
    ...content,
    totalValue: String(Math.round(Number(content.totalValue) * random.between(1.05, 1.6)) + 7),
  }),
  // The weights stand in each other's boxes.
  (content) => ({
    ...content,
    grossMassKg: content.netMassKg,
    netMassKg: amountText(Number(content.grossMassKg) * 1.01 + 1, 2),
  }),
  // A tariff code lost its last two digits in a spreadsheet.
  (content, line) => withLine(content, { ...line, hsCode: line.hsCode?.slice(0, 8) }),
  // An old country code.
  (content, line) => withLine(content, { ...line, originCountry: 'YU' }),
  // A unit that does not exist.
  (content, line) => withLine(content, { ...line, unit: '999' }),
  // Fields left empty.
  (content) => ({ ...content, currency: '', tradeTerms: '' }),
  (content, line) => withLine(content, { ...line, description: '', unitPrice: '' }),
  (content) => ({ ...content, transport: { ...content.transport, transportDocNo: '' } }),
  // A credit code with two characters the wrong way round.
  (content) => ({
    ...content,
    parties: {
      ...content.parties,
      domestic: {
        ...content.parties.domestic,
        uscc: swapped(content.parties.domestic?.uscc ?? ''),
      },
    },
  }),
  // A day that does not exist.
  (content) => ({
    ...content,
    transport: { ...content.transport, date: `${content.transport.date?.slice(0, 8)}32` },
  }),
  // Price and quantity that do not make the value.
  (content, line) => withLine(content, { ...line, unitPrice: String(Number(line.unitPrice) * 10) }),
];

/** The same content with one slip in it. */
export function withMistake(content: DeclarationInput, random: Random): DeclarationInput {
  const line = random.pick(content.lines);
  return random.pick(slips)(content, line, random);
}

function swapped(uscc: string): string {
  for (let at = 16; at > 8; at--) {
    if (uscc[at] !== uscc[at - 1]) {
      return `${uscc.slice(0, at - 1)}${uscc[at]}${uscc[at - 1]}${uscc.slice(at + 1)}`;
    }
  }
  return uscc.slice(0, 17);
}
