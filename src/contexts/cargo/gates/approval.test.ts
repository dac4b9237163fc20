// What an application is approved by: type, binding and papers; release, quantity, vehicle; and the manual post.
import { describe, expect, test } from 'vitest';
import { decimal } from '../../../kernel/decimal.ts';
import { type Asks, PassportType, type ZoneOnDay } from '../zones/contract.ts';
import { asksFor, keyOf, problemsOf } from './application.ts';
import { type Application, approvalOf } from './approval.ts';
import type { Paper, PassportContentInput, Vehicle } from './contract.ts';
import { content, DAY, FIRM, paper, ZONES } from './fixtures.ts';

const zone = (id = 'waigaoqiao'): ZoneOnDay => {
  const found = ZONES.zoneOn(id, DAY);
  if (!found) throw new Error(`No zone ${id}.`);
  return found;
};
const codes = (refusals: readonly { code: string }[]) =>
  refusals.map(({ code }) => code.replace('cargo.', ''));

describe('type × binding', () => {
  const BINDINGS = [
    'oneVehicleManyLists',
    'oneListOneVehicle',
    'oneListManyVehicles',
    null,
  ] as const;
  const NO_PAPERS = ['registeredGoods', 'emptyVehicle'];
  const rows = PassportType.options.flatMap((type) =>
    BINDINGS.flatMap((binding) => [0, 1, 2].map((papers) => ({ type, binding, papers }))),
  );
  const paperKindOf = (type: string) =>
    type === 'enterFirstDeclareLater'
      ? 'bill'
      : type === 'withoutDeclaration'
        ? 'stockBill'
        : 'list';
  const lineOf = (type: string) =>
    ['enterFirstDeclareLater', 'firstLineIntegrated'].includes(type) ? 'first' : 'second';

  test.each(rows)('$type, $binding, $papers papers', ({ type, binding, papers }) => {
    const kind = paperKindOf(type);
    const application = content({
      ...{ type, binding, direction: 'in', line: lineOf(type) },
      zone: 'pudong-airport',
      papers: Array.from({ length: papers }, (_, i) => ({ kind, no: `N-${i}` }) as const),
      goodsGrossKg: type === 'emptyVehicle' ? '0' : '100',
      goods: '周转箱',
    });
    const isFit = NO_PAPERS.includes(type)
      ? binding === null && papers === 0
      : binding !== null && papers >= 1 && (papers === 1 || binding === 'oneVehicleManyLists');
    expect(problemsOf(application, zone('pudong-airport'), DAY).length === 0).toBe(isFit);
  });

  test.each<{ name: string; changes: Partial<PassportContentInput>; code: string }>([
    {
      name: 'parts of a list that goes whole',
      changes: { papers: [{ kind: 'list', no: 'A', lines: [{ lineNo: 1, quantity: '1' }] }] },
      code: 'paper_goes_whole',
    },
    {
      name: 'a bill over the second line',
      changes: { papers: [{ kind: 'bill', no: 'A' }] },
      code: 'paper_kind_unfit',
    },
    {
      name: 'a paper twice',
      changes: {
        binding: 'oneVehicleManyLists',
        papers: [
          { kind: 'list', no: 'A' },
          { kind: 'list', no: 'A' },
        ],
      },
      code: 'paper_twice',
    },
    {
      name: 'goods in an empty vehicle',
      changes: { type: 'emptyVehicle', binding: null, papers: [] },
      code: 'empty_carries_goods',
    },
    { name: 'goods without weight', changes: { goodsGrossKg: '0' }, code: 'goods_weigh_nothing' },
    {
      name: 'a vehicle without tare',
      changes: { vehicle: { plate: '沪A12345', tareKg: '0' } },
      code: 'tare_missing',
    },
    {
      name: 'a movement within the zone',
      changes: { line: 'within' },
      code: 'passport_not_needed',
    },
    {
      name: 'a movement the regime does not know',
      changes: {
        type: 'enterFirstDeclareLater',
        line: 'first',
        direction: 'in',
        papers: [{ kind: 'bill', no: 'A' }],
      },
      code: 'movement_unknown',
    },
  ])('$name: $code', ({ changes, code }) => {
    expect(codes(problemsOf(content(changes), zone(), DAY))).toEqual([code]);
  });

  test('a zone that is not there', () => {
    expect(codes(problemsOf(content(), null, DAY))).toEqual(['zone_unknown']);
  });
});

const vehicle: Vehicle = {
  ...{ plate: '沪A12345', organisation: FIRM, tareKg: '5000', kind: 'other', isSuspended: false },
};

function application(
  changes: Partial<Application> = {},
  on: Paper[] = [paper()],
  left = '1000',
): Application {
  const said = changes.content ?? content();
  const asks: Asks | null = asksFor(said, zone(said.zone));
  if (!asks) throw new Error('The regime knows no such movement.');
  const papers = new Map(
    on.map((each) => [
      keyOf(each),
      { paper: each, isReleased: true, left: new Map([[1, decimal(left)]]) },
    ]),
  );
  return {
    content: said,
    organisation: FIRM,
    asks,
    papers,
    vehicle,
    busyWith: null,
    officerNote: null,
    ...changes,
  };
}
const unmet = (given: Application) =>
  approvalOf(given).conditions.flatMap(({ status, reasons }) =>
    status === 'unmet' ? codes(reasons) : [],
  );

describe('approval is computed', () => {
  test('all in order: approved, and the whole list is claimed', () => {
    expect(approvalOf(application())).toMatchObject({
      outcome: 'approved',
      claims: [{ kind: 'list', no: 'QD-1', lineNo: 1, quantity: '1000' }],
      weighedAs: 'general',
    });
  });

  const notReleased = () => {
    const given = application();
    const papers = new Map(
      [...given.papers].map(([key, on]) => [key, { ...on, isReleased: false }]),
    );
    return { ...given, papers };
  };
  test.each<{ name: string; given: () => Application; code: string }>([
    { name: 'unknown list', given: () => application({}, []), code: 'paper_unknown' },
    {
      name: 'another firm’s list',
      given: () => application({}, [paper({ organisation: 'X' })]),
      code: 'paper_of_another',
    },
    {
      name: 'list not in order',
      given: () => application({}, [paper({ inOrder: false })]),
      code: 'paper_not_in_order',
    },
    {
      name: 'list of another zone',
      given: () => application({}, [paper({ zone: 'yangshan' })]),
      code: 'paper_elsewhere',
    },
    {
      name: 'list partly gone',
      given: () => application({}, [paper()], '999'),
      code: 'over_the_paper',
    },
    { name: 'not released', given: notReleased, code: 'release_missing' },
    {
      name: 'vehicle busy',
      given: () => application({ busyWith: 'Z1' }),
      code: 'vehicle_has_passport',
    },
    {
      name: 'vehicle suspended',
      given: () => application({ vehicle: { ...vehicle, isSuspended: true } }),
      code: 'vehicle_suspended',
    },
    {
      name: 'another tare',
      given: () => application({ vehicle: { ...vehicle, tareKg: '4000' } }),
      code: 'tare_differs',
    },
  ])('$name: pending, $code', ({ given, code }) => {
    expect(approvalOf(given()).outcome).toBe('pending');
    expect(unmet(given())).toContain(code);
  });

  test.each<{ name: string; given: () => Application; code: string }>([
    {
      name: 'hazardous goods',
      given: () => application({}, [paper({ hazardous: true })]),
      code: 'cargo.manual_hazardous',
    },
    {
      name: 'a stranger’s lorry',
      given: () => application({ vehicle: null }),
      code: 'cargo.manual_vehicle_not_registered',
    },
  ])('$name: an officer looks, and then it is approved', ({ given, code }) => {
    const asked = approvalOf(given());
    expect(asked.outcome).toBe('manualPost');
    expect(asked.conditions.at(-1)?.reasons).toEqual([{ code }]);
    expect(approvalOf({ ...given(), officerNote: '单证相符' }).outcome).toBe('approved');
  });

  test('what could not pass anyway is not sent to an officer', () => {
    expect(approvalOf(application({ vehicle: null, busyWith: 'Z1' })).outcome).toBe('pending');
  });
});

describe('the special zone: picked up directly, unless licensed or to be inspected', () => {
  const said = content({
    ...{ type: 'firstLineIntegrated', line: 'first', direction: 'in', zone: 'yangshan' },
    papers: [{ kind: 'bill', no: 'COSU1' }],
  });
  const bill = (marks: Partial<Paper>) =>
    paper({ kind: 'bill', no: 'COSU1', zone: 'yangshan', direction: 'in', ...marks });
  const given = (marks: Partial<Paper>): Application => {
    const on = application({ content: said }, [bill(marks)]);
    const papers = new Map(
      [...on.papers].map(([key, value]) => [key, { ...value, isReleased: false }]),
    );
    return { ...on, papers };
  };
  test.each([
    { marks: {}, outcome: 'approved' },
    { marks: { licensed: true }, outcome: 'pending' },
    { marks: { toBeInspected: true }, outcome: 'pending' },
  ])('$marks: $outcome', ({ marks, outcome }) => {
    expect(approvalOf(given(marks)).outcome).toBe(outcome);
  });

  test('the enterprise says so itself where the bill does not', () => {
    const stated = { ...given({}), content: { ...said, marks: ['licensed' as const] } };
    expect(approvalOf(stated).outcome).toBe('pending');
  });

  test('it keeps no ledger and no unit consumption; the comprehensive zone keeps both', () => {
    expect(zone('yangshan').regime).toMatchObject({ ledger: false, unitConsumption: false });
    expect(zone('pudong-airport').regime).toMatchObject({ ledger: true, unitConsumption: true });
  });
});
