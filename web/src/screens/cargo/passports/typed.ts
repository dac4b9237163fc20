import type {
  Binding,
  GoodsMark,
  PassportApplicationInput,
  PassportType,
} from '../../../../../src/contexts/cargo/gates/contract.ts';
import type {
  Direction,
  PaperKind,
  ZoneLine,
} from '../../../../../src/contexts/cargo/zones/contract.ts';

/** A passport as it is typed: everything is text. */
export interface Typed {
  readonly id: string;
  readonly zone: string;
  readonly type: PassportType;
  readonly line: ZoneLine;
  readonly direction: Direction;
  readonly binding: Binding;
  readonly paperKind: PaperKind;
  /** Numbers of papers, one a line; after a number, `line=quantity` of the part that goes. */
  readonly papers: string;
  readonly plate: string;
  readonly vehicleKind: 'container' | 'van' | 'tanker' | 'flatbed' | 'other';
  readonly tareKg: string;
  readonly frameKg: string;
  readonly goodsGrossKg: string;
  readonly goods: string;
  readonly marks: readonly GoodsMark[];
  /** `number, tare, seal`, one a line. */
  readonly containers: string;
}

export const EMPTY: Typed = {
  id: '',
  zone: '',
  type: 'secondLine',
  line: 'second',
  direction: 'out',
  binding: 'oneListOneVehicle',
  paperKind: 'list',
  papers: '',
  plate: '',
  vehicleKind: 'container',
  tareKg: '',
  frameKg: '0',
  goodsGrossKg: '',
  goods: '',
  marks: [],
  containers: '',
};

const linesOf = (text: string): string[][] =>
  text
    .split(/\n/)
    .map((line) =>
      line
        .trim()
        .split(/[\s,，;]+/)
        .filter(Boolean),
    )
    .filter((words) => words.length > 0);

export const carriesPapers = ({ type }: Typed): boolean =>
  type !== 'emptyVehicle' && type !== 'registeredGoods' && type !== 'withoutDeclaration';

export function toApplication(typed: Typed): PassportApplicationInput {
  const isEmpty = typed.type === 'emptyVehicle';
  const papers = linesOf(typed.papers).map(([no = '', ...parts]) => ({
    ...{ kind: typed.paperKind, no },
    lines: parts.map((part) => {
      const [lineNo = '', quantity = ''] = part.split('=');
      return { lineNo: Number(lineNo), quantity };
    }),
  }));
  return {
    id: typed.id,
    content: {
      type: typed.type,
      binding: papers.length > 0 || carriesPapers(typed) ? typed.binding : null,
      zone: typed.zone,
      line: typed.line,
      direction: typed.direction,
      papers,
      vehicle: {
        plate: typed.plate,
        tareKg: typed.tareKg,
        frameKg: typed.frameKg || '0',
        kind: typed.vehicleKind,
      },
      containers: linesOf(typed.containers).map(([no = '', tareKg = '', seal]) => ({
        ...{ no, tareKg },
        seal: seal ?? null,
      })),
      goodsGrossKg: isEmpty ? '0' : typed.goodsGrossKg,
      goods: typed.goods || null,
      marks: [...typed.marks],
    },
  };
}
