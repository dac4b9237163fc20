import type { Finding } from '../../../../../src/contexts/cases/contract.ts';
import type {
  Declaration,
  ExaminationRecord,
} from '../../../../../src/contexts/clearance/contract.ts';
import type { Refusal } from '../../../../../src/kernel/refusal.ts';

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
    participants: [],
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

/** What can be seen before asking the server, in the server's own words. */
export function obviousRefusals(writing: Writing): Refusal[] {
  const { officers, attendance } = recordOf(writing);
  const refusals: Refusal[] = [];
  if (writing.methods.length === 0) {
    refusals.push({ code: 'input.list_too_small', path: 'methods', params: { min: 1 } });
  }
  if (new Set(officers).size < 2) {
    refusals.push({
      code: 'clearance.two_officers_examine',
      path: 'officers',
      seen: officers.join(', '),
    });
  }
  if (!attendance.name && !attendance.absentReason) {
    refusals.push({ code: 'clearance.attendance_or_reason', path: 'attendance' });
  }
  if (attendance.name && !attendance.signature) {
    refusals.push({ code: 'clearance.attendance_signs', path: 'attendance.signature' });
  }
  return refusals;
}

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
