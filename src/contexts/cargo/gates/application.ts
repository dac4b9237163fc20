import type { LocalDate } from '../../../kernel/dates.ts';
import { compare, decimal, isZero } from '../../../kernel/decimal.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Asks, ZoneOnDay } from '../zones/contract.ts';
import { asksOf } from '../zones/zones.ts';
import type { PaperPart, PassportContent } from './contract.ts';

/** Types of passport that carry nothing under a paper. */
const WITHOUT_PAPERS: ReadonlySet<PassportContent['type']> = new Set([
  'registeredGoods',
  'emptyVehicle',
]);

/**
 * What is wrong with an application as such, everything at once: type, binding and papers must fit
 * together, and the zone's regime of the day must know such a movement. What may still come right by
 * itself (a release, a quantity given back) is not here but in `approval.ts`.
 */
export function problemsOf(
  content: PassportContent,
  zone: ZoneOnDay | null,
  on: LocalDate,
): Refusal[] {
  if (!zone) {
    return [
      { code: 'cargo.zone_unknown', path: 'content.zone', seen: content.zone, params: { on } },
    ];
  }
  if (content.line === 'within')
    return [{ code: 'cargo.passport_not_needed', path: 'content.line' }];
  const asks = asksFor(content, zone);
  return [
    ...(asks ? papersProblems(content, asks) : [movementUnknown(content, zone)]),
    ...bindingProblems(content),
    ...massProblems(content),
  ];
}

/** What the regime asks of this movement; `null` where it knows none such. */
export const asksFor = (content: PassportContent, { regime }: ZoneOnDay): Asks | null =>
  asksOf(regime, content.type, content.line, content.direction);

function movementUnknown(content: PassportContent, { regime }: ZoneOnDay): Refusal {
  return {
    code: 'cargo.movement_unknown',
    path: 'content.type',
    seen: content.type,
    params: { regime: regime.kind, line: content.line, direction: content.direction },
    legalBasis: regime.legalBasis,
  };
}

function papersProblems({ papers }: PassportContent, asks: Asks): Refusal[] {
  const keys = papers.map(keyOf);
  return papers.flatMap((paper, index) => {
    const path = `content.papers[${index}]`;
    const problems: Refusal[] = [];
    if (asks.papers.length > 0 && !asks.papers.includes(paper.kind)) {
      const wanted = asks.papers.join(', ');
      problems.push({
        ...{ code: 'cargo.paper_kind_unfit', path: `${path}.kind`, seen: paper.kind },
        params: { wanted },
      });
    }
    if (keys.indexOf(keyOf(paper)) !== index) {
      problems.push({ code: 'cargo.paper_twice', path: `${path}.no`, seen: paper.no });
    }
    const lines = paper.lines.map(({ lineNo }) => lineNo);
    lines.forEach((line, at) => {
      if (lines.indexOf(line) !== at) {
        const where = `${path}.lines[${at}].lineNo`;
        problems.push({ code: 'cargo.paper_line_twice', path: where, seen: String(line) });
      }
    });
    return problems;
  });
}

function bindingProblems({ type, binding, papers }: PassportContent): Refusal[] {
  if (WITHOUT_PAPERS.has(type)) {
    if (binding === null && papers.length === 0) return [];
    return [{ code: 'cargo.papers_not_wanted', path: 'content.papers', params: { type } }];
  }
  if (binding === null) return [{ code: 'cargo.binding_missing', path: 'content.binding' }];
  if (papers.length === 0) return [{ code: 'cargo.papers_missing', path: 'content.papers' }];
  if (binding === 'oneVehicleManyLists') return partProblems(papers, binding);
  if (papers.length > 1) {
    return [
      {
        ...{ code: 'cargo.one_paper_only', path: 'content.papers', seen: String(papers.length) },
        params: { binding },
      },
    ];
  }
  return binding === 'oneListOneVehicle' ? partProblems(papers, binding) : [];
}

/** Only one list over many vehicles is carried in parts; under the other bindings a paper goes whole. */
const partProblems = (papers: readonly PaperPart[], binding: string): Refusal[] =>
  papers.flatMap(({ lines }, index) =>
    lines.length > 0
      ? [
          {
            code: 'cargo.paper_goes_whole',
            path: `content.papers[${index}].lines`,
            params: { binding },
          },
        ]
      : [],
  );

function massProblems({
  type,
  vehicle,
  goodsGrossKg,
  goodsNetKg,
  goods,
}: PassportContent): Refusal[] {
  const problems: Refusal[] = [];
  if (isZero(decimal(vehicle.tareKg))) {
    problems.push({ code: 'cargo.tare_missing', path: 'content.vehicle.tareKg' });
  }
  const isEmpty = type === 'emptyVehicle';
  if (isEmpty !== isZero(decimal(goodsGrossKg))) {
    problems.push({
      code: isEmpty ? 'cargo.empty_carries_goods' : 'cargo.goods_weigh_nothing',
      path: 'content.goodsGrossKg',
      seen: goodsGrossKg,
    });
  }
  if (goodsNetKg !== null && compare(decimal(goodsNetKg), decimal(goodsGrossKg)) > 0) {
    problems.push({
      ...{ code: 'cargo.net_over_gross', path: 'content.goodsNetKg', seen: goodsNetKg },
      params: { gross: goodsGrossKg },
    });
  }
  if (type === 'registeredGoods' && !goods) {
    problems.push({ code: 'cargo.goods_unnamed', path: 'content.goods' });
  }
  return problems;
}

/** `list:QD…`: how a paper is named wherever one text is needed. */
export const keyOf = ({ kind, no }: { readonly kind: string; readonly no: string }): string =>
  `${kind}:${no}`;
