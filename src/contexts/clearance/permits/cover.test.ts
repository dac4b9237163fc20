// Which permit serves which line: a table of cases, each with what is taken or what is said.
import { describe, expect, test } from 'vitest';
import { decimal, ZERO } from '../../../kernel/decimal.ts';
import type { DeclarationInput } from '../contract.ts';
import { PermitTerms } from './contract.ts';
import { askOf, type Balance, cover } from './cover.ts';
import { acid, permitInput, TODAY } from './fixtures.ts';

const balance = (number = 'P1', terms: object = {}, taken = '0', uses = 0): Balance => ({
  ...{ id: `2-${number}`, kind: '2', issuer: 'commerce', revokedAt: null },
  terms: PermitTerms.parse(permitInput(number, terms).terms),
  taken: { quantity: decimal(taken), value: ZERO, uses },
});
const named = (...numbers: string[]): Partial<DeclarationInput> => ({
  licences: numbers.map((number) => ({ kind: '2', number })),
});
const needs = [{ lineNo: 1, rule: 'precursors-import', kinds: ['2'] }];

function ask(filed: ReturnType<typeof acid>, balances: readonly Balance[]) {
  const book = new Map(balances.map((each) => [each.id, each]));
  const { takings, problems, waiting } = cover(askOf('B1', filed, TODAY, needs), book);
  return {
    takings: takings.map(({ permit, taking }) => `${permit} ${taking.quantity}`),
    problems: problems.map(({ code, path }) => `${code} ${path}`),
    waiting,
  };
}

describe('takes', () => {
  test.each([
    {
      story: 'what is declared in its unit',
      filed: acid('10'),
      of: [balance()],
      takings: ['2-P1 10'],
    },
    {
      story: 'the last gram',
      filed: acid('0.001'),
      of: [balance('P1', {}, '99.999')],
      takings: ['2-P1 0.001'],
    },
    {
      story: 'tonnes from the net mass when declared in another unit',
      filed: acid('9', {
        lines: [{ ...acid('9').lines[0], lineNo: 1, unit: '011', netMassKg: '12500' }],
      }),
      of: [balance()],
      takings: ['2-P1 12.5'],
    },
    {
      story: 'from the second permit when the first has not enough',
      filed: acid('10', named('P1', 'P2')),
      of: [balance('P1', { goods: ['2807'] }, '95'), balance('P2')],
      problems: [],
      takings: ['2-P2 10'],
      leaves: 'P1',
    },
    {
      story: 'nothing, and waits, when nobody has loaded it',
      filed: acid('10', named('P9')),
      of: [],
      takings: [],
      waiting: ['2-P9'],
    },
    {
      story: 'nothing of marks that no authority counts',
      filed: acid('10', { licences: [{ kind: 'A', number: 'X' }] }),
      of: [],
      takings: [],
    },
  ])('$story', ({ filed, of, takings, waiting = [], leaves }) => {
    const answer = ask(filed, of);
    if (leaves) {
      // A permit that is named and not needed is told: it would look used up to nobody.
      expect(answer.problems).toEqual(['clearance.permit_covers_nothing licences[0].number']);
      return;
    }
    expect(answer).toEqual({ takings, waiting, problems: [] });
  });
});

describe('says', () => {
  const number = 'licences[0].number';
  const revoked = { ...balance(), revokedAt: '2026-06-01T00:00:00.000Z' };
  test.each([
    [acid('10'), revoked, `clearance.permit_revoked ${number}`],
    [
      acid('10'),
      balance('P1', { validUntil: '2026-07-01' }),
      `clearance.permit_not_valid_on ${number}`,
    ],
    [
      acid('10'),
      balance('P1', { validFrom: '2026-07-03' }),
      `clearance.permit_not_valid_on ${number}`,
    ],
    [acid('10'), balance('P1', { ieFlag: 'E' }), `clearance.permit_other_direction ${number}`],
    [acid('10'), balance('P1', { holder: 'OTHER' }), `clearance.permit_other_holder ${number}`],
    [acid('10'), balance('P1', { uses: 3 }, '9', 3), `clearance.permit_uses_exhausted ${number}`],
    [acid('10'), balance('P1', {}, '90.001'), 'clearance.permit_exceeded lines[0]'],
    [acid('10'), balance('P1', { unit: '011' }), 'clearance.permit_unit_differs lines[0]'],
    [
      acid('10'),
      balance('P1', { value: '90000', currency: 'USD' }),
      'clearance.permit_unit_differs lines[0]',
    ],
    [acid('10'), balance('P1', { origins: ['DE'] }), `clearance.permit_covers_nothing ${number}`],
  ])('%#: why a permit does not fit, and takes nothing', (filed, permit, first) => {
    const { problems, takings } = ask(filed, [permit]);
    expect(problems[0]).toBe(first);
    expect(takings).toEqual([]);
  });

  test('which line the law wants a permit for, when the one named covers another', () => {
    const { problems } = ask(acid('10'), [balance('P1', { goods: ['2806'] })]);
    expect(problems).toContain('clearance.permit_does_not_cover lines[0].hsCode');
  });
});
