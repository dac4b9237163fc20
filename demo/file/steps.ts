import type {
  DeclarationContent,
  DeclarationDetail,
  Disposition,
  ExaminationRecord,
} from '../../src/contexts/clearance/contract.ts';
import { hs2 } from '../../src/kernel/codes.ts';
import type { Answer } from '../answers.ts';
import { EXAMINERS } from '../generate/people.ts';
import type { Random } from '../generate/random.ts';

/** A selected consignment as the examiner finds it: the record, the truth, and chance of its own. */
export interface Consignment {
  readonly detail: DeclarationDetail;
  readonly answer: Answer | null;
  readonly random: Random;
}

/** What is done next: where it is recorded, what is said, and how many working hours it takes. */
export interface Step {
  readonly act: string;
  readonly hours: number;
  readonly said: Readonly<Record<string, unknown>>;
  /** Amendments are the declarant’s to file; everything else is the officer’s. */
  readonly by?: 'singleWindow';
}

/** Working hours from picking a case up to putting it down. */
const HOURS = {
  documents: [0.2, 2.5],
  examination: [1.5, 11],
  laboratory: [16, 45],
  disposition: [0.5, 7],
  carryingOut: [4, 36],
} as const;
const SAMPLED_CHAPTERS = new Set(['28', '29', '30', '32', '38']);
const SAMPLED_KINDS = new Set(['prohibitedWaste', 'disguisedPrecursor']);
const SAMPLE_SHARE = 0.06;
const LABORATORY = '上海海关工业品与原材料检测技术中心（演示）';

const EVIDENCE: Readonly<Record<Disposition, string>> = {
  release: '已放行',
  amend: '已修改申报',
  pay: '税款及滞纳金已缴清，缴款书已核注',
  rectify: '整改完成，复核合格',
  return: '已办结退运手续',
  destroy: '已监督销毁',
  detain: '已扣留，扣留凭单已送达',
  transferToAntiSmuggling: '已移交缉私部门，移交单已签收',
};

/** What a diligent officer does next with a consignment as it stands; `null` when it is not their turn. */
export function nextStep(consignment: Consignment): Step | null {
  const { declaration } = consignment.detail;
  const { status, disposition } = declaration;
  if (declaration.hold || declaration.downgrade) return null;
  if (status === 'documentaryCheck') return checkDocuments(consignment);
  if (status === 'examination') {
    if (!declaration.arrivedAt) return null;
    return declaration.examinations.at(-1)?.record
      ? reportSample(consignment)
      : examine(consignment);
  }
  if (status === 'disposition' && !disposition) return dispose(consignment);
  return disposition && !disposition.carriedOutAt ? carryOut(consignment, disposition) : null;
}

function hours({ random }: Consignment, task: keyof typeof HOURS): number {
  const [least, most] = HOURS[task];
  return random.between(least, most);
}

function checkDocuments(consignment: Consignment): Step {
  const suspicious = consignment.answer?.revealed.byDocuments ?? false;
  return {
    act: 'documentary-check',
    hours: hours(consignment, 'documents'),
    said: suspicious
      ? { outcome: 'examine', note: '单证存在疑点，转查验' }
      : { outcome: 'passed', note: '合同、发票、装箱单与申报一致' },
  };
}

/** What this examination would bring to light: the goods themselves, or what the papers led to. */
function foundBy({ detail, answer }: Consignment): Answer['finding'] {
  if (!answer) return null;
  const wasReferred = detail.declaration.documentaryCheck === 'passed';
  const { byDocuments, byExamination } = answer.revealed;
  return byExamination || (byDocuments && wasReferred) ? answer.finding : null;
}

function examine(consignment: Consignment): Step {
  const { random, answer } = consignment;
  const finding = foundBy(consignment);
  const hs = consignment.detail.declaration.content.lines[0]?.hsCode ?? '';
  const suspect = finding !== null && SAMPLED_KINDS.has(answer?.irregularity ?? '');
  const routine = finding === null && SAMPLED_CHAPTERS.has(hs2(hs)) && random.chance(SAMPLE_SHARE);
  const samples = suspect || routine;
  return {
    act: 'examinations',
    hours: hours(consignment, 'examination'),
    // What only a laboratory can tell is not a finding yet.
    said: recordOf(consignment, { findings: finding && !suspect ? [finding] : [], samples }),
  };
}

function recordOf(
  { detail, random }: Consignment,
  { findings, samples }: { findings: readonly unknown[]; samples: boolean },
) {
  const { id, content } = detail.declaration;
  const methods: ExaminationRecord['methods'] = [
    findings.length > 0 || random.chance(0.12) ? 'unpackWholly' : 'unpackPartly',
  ];
  if (content.transport.mode === '2' && random.chance(0.6)) methods.unshift('scan');
  if (samples) methods.push('sampling');
  const attends = random.chance(0.96);
  const seal = () => `H${String(random.int(10_000_000)).padStart(7, '0')}`;
  const sealed = content.transport.mode === '2' && content.packages.kind !== '00';
  return {
    methods,
    officers: EXAMINERS,
    attendance: attends
      ? {
          name: content.parties.declarant?.name ?? '报关员',
          signature: '电子签名（演示）',
          absentReason: null,
        }
      : { name: null, signature: null, absentReason: '经通知未到场，海关径行开验' },
    sealsRemoved: sealed ? [seal()] : [],
    sealsApplied: sealed ? [seal()] : [],
    samples: samples ? [{ id: `${id}-S1`, laboratory: LABORATORY }] : [],
    findings,
    note: findings.length > 0 ? '查验异常，移交处置' : '货物与申报相符',
  };
}

/** The examination again, with a sample sent away: for a case that is left to wait for its result. */
export function examineWithSample(consignment: Consignment): Step {
  return {
    act: 'examinations',
    hours: hours(consignment, 'examination'),
    said: recordOf(consignment, { findings: [], samples: true }),
  };
}

function reportSample(consignment: Consignment): Step | null {
  const sample = consignment.detail.declaration.examinations.at(-1)?.samplesAwaiting[0];
  if (!sample) return null;
  const finding = foundBy(consignment);
  return {
    act: 'sample-result',
    hours: hours(consignment, 'laboratory'),
    said: finding
      ? { sample, outcome: 'differs', report: finding.description }
      : { sample, outcome: 'conforms', report: '检测结果与申报品名一致' },
  };
}

function dispose(consignment: Consignment): Step {
  const disposition = consignment.answer?.disposition ?? 'release';
  return {
    act: 'disposition',
    hours: hours(consignment, 'disposition'),
    said: { disposition, note: '' },
  };
}

function carryOut(
  consignment: Consignment,
  { disposition }: { disposition: Disposition },
): Step | null {
  const { detail, answer } = consignment;
  const taking = hours(consignment, 'carryingOut');
  if (disposition !== 'amend') {
    return { act: 'carried-out', hours: taking, said: { evidence: EVIDENCE[disposition] } };
  }
  if (!answer || answer.truth.length === 0) return null;
  const content = corrected(detail.declaration.content, answer.truth);
  return {
    act: 'amend',
    hours: taking,
    said: { content, reason: '按查验结果修改申报' },
    by: 'singleWindow',
  };
}

/** The declaration as it should have been filed. */
export function corrected(content: DeclarationContent, truth: Answer['truth']): DeclarationContent {
  const copy = structuredClone(content);
  for (const { path, actual } of truth) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
    const leaf = keys.pop();
    let at: unknown = copy;
    for (const key of keys) at = (at as Record<string, unknown>)[key];
    if (leaf !== undefined && typeof at === 'object' && at !== null) {
      (at as Record<string, unknown>)[leaf] = actual;
    }
  }
  return copy;
}
