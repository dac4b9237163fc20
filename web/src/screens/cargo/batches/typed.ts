import type {
  BatchContentInput,
  GoodsRegime,
} from '../../../../../src/contexts/cargo/batches/contract.ts';
import type { Direction } from '../../../../../src/contexts/cargo/zones/contract.ts';

export interface TypedLine {
  readonly partNo: string;
  readonly hsCode: string;
  readonly description: string;
  readonly originCountry: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly currency: string;
  readonly cap: string;
  readonly securityPerUnit: string;
}

/** An application as it is typed: everything is text. */
export interface Typed {
  readonly id: string;
  readonly zone: string;
  readonly direction: Direction;
  readonly office: string;
  readonly regime: GoodsRegime;
  readonly validFrom: string;
  readonly validTo: string;
  readonly deposit: string;
  readonly declarationOffice: string;
  readonly supervisionMode: string;
  readonly levyNature: string;
  readonly tradeTerms: string;
  readonly transportMode: string;
  readonly partnerCountry: string;
  readonly packageKind: string;
  readonly domesticUscc: string;
  readonly domesticName: string;
  readonly overseasName: string;
  readonly overseasCountry: string;
  readonly lines: readonly TypedLine[];
}

export const EMPTY_LINE: TypedLine = {
  partNo: '',
  hsCode: '',
  description: '',
  originCountry: '',
  unit: '',
  unitPrice: '',
  currency: 'CNY',
  cap: '',
  securityPerUnit: '',
};

export const EMPTY: Typed = {
  id: '',
  zone: '',
  direction: 'out',
  office: '',
  regime: 'bonded',
  validFrom: '',
  validTo: '',
  deposit: '0',
  declarationOffice: '',
  supervisionMode: '0110',
  levyNature: '101',
  tradeTerms: 'CIF',
  transportMode: 'Y',
  partnerCountry: 'CN',
  packageKind: '22',
  domesticUscc: '',
  domesticName: '',
  overseasName: '',
  overseasCountry: '',
  lines: [EMPTY_LINE],
};

export function toApplication(typed: Typed): { id: string; content: BatchContentInput } {
  const { id, zone, direction, office, regime, validFrom, validTo, deposit } = typed;
  const { supervisionMode, levyNature, tradeTerms, transportMode, partnerCountry } = typed;
  const declarationOffice = typed.declarationOffice || office;
  return {
    id,
    content: {
      ...{ zone, direction, office, regime, validFrom, validTo, deposit },
      head: {
        ...{ supervisionMode, levyNature, tradeTerms, transportMode, partnerCountry },
        ...{ declarationOffice, borderOffice: office, packageKind: typed.packageKind },
        domestic: { uscc: typed.domesticUscc, name: typed.domesticName },
        overseas: { name: typed.overseasName, country: typed.overseasCountry },
      },
      lines: typed.lines.map(({ securityPerUnit, ...line }, index) => ({
        ...line,
        lineNo: index + 1,
        securityPerUnit: securityPerUnit || null,
      })),
    },
  };
}
