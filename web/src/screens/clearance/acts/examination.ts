import type { Finding } from '../../../../../src/contexts/cases/contract.ts';
import type {
  Declaration,
  ExaminationRecord,
} from '../../../../../src/contexts/clearance/contract.ts';

export const EXAMINATION_METHODS = [
  'documents',
  'scan',
  'unpackPartly',
  'unpackWholly',
  'sampling',
] as const satisfies readonly ExaminationRecord['methods'][number][];

/** The coded kinds of finding (查获情事); their names are the server's sentences `finding.<kind>`. */
export const FINDING_KINDS = [
  'undervaluation',
  'overvaluation',
  'misclassification',
  'misdeclaredGoods',
  'undeclaredGoods',
  'quantityDiffers',
  'weightDiffers',
  'falseOrigin',
  'falsePreference',
  'counterfeitBrand',
  'prohibitedWaste',
  'disguisedPrecursor',
  'other',
] as const;

export const SEVERITIES = [
  'minor',
  'serious',
  'critical',
] as const satisfies readonly Finding['severity'][];

export const EXAMINATION_FIELDS: readonly string[] = [
  'methods',
  'officers',
  'attendance',
  'sealsRemoved',
  'sealsApplied',
  'photographs',
  'samples',
  'findings',
  'note',
];

/** A record as it is being written; whether anything was found is answered, never assumed. */
export type Writing = Omit<ExaminationRecord, 'occurredAt'> & {
  readonly found: 'yes' | 'no' | null;
  readonly attended: 'yes' | 'no' | null;
};

export function newWriting(declaration: Declaration, officer: string | undefined): Writing {
  const last = declaration.examinations.at(-2);
  return {
    methods: [],
    officers: [officer ?? '', ''],
    attendance: { name: null, signature: null, absentReason: null },
    sealsRemoved: [],
    sealsApplied: [],
    photographs: [],
    samples: [],
    repeats: last?.record ? last.id : null,
    findings: [],
    note: '',
    found: null,
    attended: null,
  };
}

export const newFinding = (lineNo: number | null): Finding => ({
  kind: 'misdeclaredGoods',
  severity: 'minor',
  description: '',
  quantity: null,
  unit: null,
  lineNo,
});

/** What is sent: only what the answers given make true. */
export function recordOf({
  found,
  attended,
  ...writing
}: Writing): Omit<ExaminationRecord, 'occurredAt'> {
  const { name, signature, absentReason } = writing.attendance;
  return {
    ...writing,
    officers: writing.officers.map((officer) => officer.trim()).filter(Boolean),
    attendance:
      attended === 'yes'
        ? { name, signature, absentReason: null }
        : { name: null, signature: null, absentReason: attended === 'no' ? absentReason : null },
    samples: writing.methods.includes('sampling') ? writing.samples : [],
    findings: found === 'yes' ? writing.findings : [],
  };
}
