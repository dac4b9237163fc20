import { sha256 } from '../../../kernel/canonical.ts';
import type { LocalDate } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { parseInput } from '../../../platform/input.ts';
import { type Bonded, ListFiling } from '../../bonded/index.ts';
import type { Gates, Manifests, Zones } from '../../cargo/index.ts';
import type { Clearance } from '../../clearance/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { DecisionEngine } from '../../risk/index.ts';
import {
  type DocumentReceipt,
  type Kind,
  type MessageProblem,
  TrialDecision,
} from '../contract.ts';
import { codes } from '../reading/codes.ts';
import type { Understood } from '../reading/standard.ts';
import { bondedListOf } from './bonded-list.ts';
import { declarationOf } from './declaration.ts';
import { leavesOf } from './document.ts';
import { manifestOf } from './manifest.ts';
import { passportOf } from './passport.ts';

/** Where forms are filed too: a message goes the same way and gets the same answers. */
export interface FilingServices {
  readonly declarations: Pick<Clearance['filings'], 'fileOne'>;
  readonly tryDeclaration: Clearance['tryOut'];
  readonly manifests: Pick<Manifests, 'file'>;
  readonly lists: Pick<Bonded['lists'], 'file'>;
  readonly passports: Pick<Gates['applications'], 'apply' | 'cancel'>;
  readonly zones: Zones;
}

/** What a message is tried against instead of being filed. */
export interface TrialLaw {
  readonly on: LocalDate;
  readonly engine: DecisionEngine;
}

/** One document of a message, on its way. */
export interface FilingOf {
  readonly actor: Actor;
  readonly partner: string;
  readonly reference: string | null;
  /** What stands for a reference where the sender gave none. */
  readonly fallback: string;
  readonly dryRun: boolean;
  /** The day it is filed on. */
  readonly on: LocalDate;
  readonly trial: TrialLaw | null;
  /** The message: events that follow name it. */
  readonly correlation: string;
}

type Filed = Pick<DocumentReceipt, 'outcome' | 'record' | 'number' | 'problems'> & {
  /** Of a declaration that was tried. */
  readonly decision?: TrialDecision | null;
};
type File = (services: FilingServices, understood: Understood, filing: FilingOf) => Promise<Filed>;

/** UN/EDIFACT 1225 and its like in XML: a message that takes back or changes what another said. */
const CHANGES = new Set(['1', '3', '4', '5', '01', '03', '04', '05']);
/** 申报类型 of 金关二期: 1 files, 2 changes, 3 voids. */
const GOLDGATE_CHANGES = codes<ReadonlySet<string>>({
  INV101: new Set(['2', '3']),
  SAS121: new Set(['2']),
});

/** Files what a document says under an id made of partner and reference, so that twice is once. */
export async function fileDocument(
  services: FilingServices,
  understood: Understood,
  filing: FilingOf,
): Promise<Filed> {
  const file = FILES[understood.kind];
  if (!file) return { outcome: 'kept', record: null, number: null, problems: [] };
  const fn = leavesOf(understood.document).text('function');
  const changes = GOLDGATE_CHANGES.get(understood.standard) ?? CHANGES;
  if (fn !== null && changes.has(fn)) {
    return refused([{ code: 'messages.only_originals', path: 'function', seen: fn }]);
  }
  try {
    return await file(services, understood, filing);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refused(error.refusals.map(problemOf));
  }
}

/**
 * The sender's own reference: of the document, else of the message that carries it. What voids a passport is
 * called as the passport is, and is another document.
 */
export function referenceOf({ document, kind }: Understood): string | null {
  const leaves = leavesOf(document);
  const own = (leaves.text('id') ?? leaves.text('message.reference'))?.slice(0, 200) ?? null;
  return own !== null && isVoiding({ document, kind }) ? `${own} void` : own;
}

const isVoiding = ({ document, kind }: Pick<Understood, 'document' | 'kind'>): boolean =>
  kind === 'gatePassport' && leavesOf(document).text('function') === '3';

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The id of what is filed: the same for the same reference of the same partner, whoever asks and when. */
export function idOf({
  partner,
  reference,
  fallback,
}: Pick<FilingOf, 'partner' | 'reference' | 'fallback'>): string {
  const plain = `${partner}.${reference ?? fallback}`;
  return ID.test(plain) ? plain : `M.${sha256(plain).slice(0, 48)}`;
}

const FILES: Partial<Record<Kind, File>> = {
  declaration: fileDeclaration,
  manifest: fileManifest,
  bondedList: fileBondedList,
  gatePassport: filePassport,
};

async function fileDeclaration(
  services: FilingServices,
  { document, standard }: Understood,
  filing: FilingOf,
): Promise<Filed> {
  const { input, problems } = declarationOf(document, standard);
  if (input === null) return refused(problems);
  const id = idOf(filing);
  const { dryRun, correlation, trial } = filing;
  if (trial) {
    const tried = await services.tryDeclaration(filing.actor, { id, content: input }, trial);
    return { ...triedAs(tried), problems: [...problems, ...tried.problems] };
  }
  const answer = await services.declarations.fileOne(
    filing.actor,
    { id, content: input },
    { dryRun, correlation },
  );
  return {
    outcome: answer.outcome === 'returned' ? 'returned' : 'filed',
    record: dryRun ? null : { kind: 'declaration', id },
    number: answer.number,
    problems: [...problems, ...answer.problems],
  };
}

type Tried = Awaited<ReturnType<FilingServices['tryDeclaration']>>;

function triedAs({ decision, unmet, duty }: Tried): Omit<Filed, 'problems'> {
  const none = { record: null, number: null };
  if (!decision) return { ...none, outcome: 'returned', decision: null };
  const { lane, results } = decision;
  const reasons = results.map(({ check, sentence, advice, legalBasis }) => ({
    ...{ check, sentence, advice, legalBasis },
  }));
  const told = TrialDecision.shape.duty.safeParse(duty).data ?? null;
  const tried = { lane, reasons, unmet: [...unmet], duty: told };
  return { ...none, outcome: 'filed', decision: tried };
}

async function fileManifest(
  { manifests }: FilingServices,
  { document }: Understood,
  filing: FilingOf,
): Promise<Filed> {
  const { actor, partner, dryRun, correlation, trial } = filing;
  const id = idOf(filing);
  const forwards = actor.roles.includes('singleWindow');
  const { input, problems } = manifestOf(document, { id, partner: forwards ? null : partner });
  if (input === null) return refused(problems);
  const answer = await manifests.file(actor, input, {
    ...{ dryRun, correlation },
    ...(trial && { engine: trial.engine }),
  });
  const isFiled = answer.outcome === 'accepted';
  return {
    outcome: isFiled ? 'filed' : 'returned',
    // A manifest that is returned is not kept, and may come again, mended, under its reference.
    record: isFiled && !dryRun ? { kind: 'manifest', id } : null,
    number: null,
    problems: [...problems, ...answer.problems],
  };
}

async function fileBondedList(
  { lists }: FilingServices,
  { document }: Understood,
  { actor, dryRun }: FilingOf,
): Promise<Filed> {
  const { input, problems } = bondedListOf(document);
  if (input === null) return refused(problems);
  const filing = parseInput(ListFiling, { list: input.list, dryRun });
  const { list } = await lists.file(actor, input.ledger, filing);
  return {
    outcome: 'filed',
    record: dryRun ? null : { kind: 'bondedList', id: list.no },
    number: list.no,
    problems: [...problems],
  };
}

/** What a passport still waits for is told, and does not refuse it: it comes right by itself, or by an officer. */
async function filePassport(
  services: FilingServices,
  understood: Understood,
  filing: FilingOf,
): Promise<Filed> {
  if (isVoiding(understood)) return voidPassport(services, understood, filing);
  const { passports, zones } = services;
  const { document } = understood;
  const { actor, dryRun, correlation, on } = filing;
  const { input, problems } = passportOf(document, { id: idOf(filing), zones, on });
  if (input === null) return refused(problems);
  const answer = await passports.apply(actor, input, correlation, { dryRun });
  const { number, conditions } = answer;
  const waits = conditions.flatMap(({ reasons }) => reasons);
  return {
    outcome: 'filed',
    record: dryRun || number === null ? null : { kind: 'gatePassport', id: number },
    number,
    problems: [
      ...problems,
      ...(answer.outcome === 'manualPost' ? [{ code: MANUAL_POST, severity: WARNING }] : []),
      ...waits.map((reason) => ({ ...reason, severity: WARNING })),
    ],
  };
}

/** 作废: the passport is withdrawn, as by form. */
async function voidPassport(
  { passports }: FilingServices,
  { document }: Understood,
  { actor, dryRun }: FilingOf,
): Promise<Filed> {
  const leaves = leavesOf(document);
  const number = leaves.needed('number');
  if (number === null) return refused(leaves.problems);
  const note = leaves.text('remarks') ?? '报文作废';
  await passports.cancel(actor, number, { note }, { dryRun });
  const record = dryRun ? null : { kind: 'gatePassport' as const, id: number };
  return { outcome: 'filed', record, number, problems: [] };
}

/** 转岗: an officer looks at it first. */
const MANUAL_POST = 'messages.passport_at_manual_post';
const WARNING = 'warning' as const;

const refused = (problems: readonly MessageProblem[]): Filed => ({
  ...{ outcome: 'refused', record: null, number: null },
  problems: [...problems],
});

/** A refusal of a filing, at its place in our document rather than in the envelope it was filed in. */
function problemOf({ path, params, ...rest }: Refusal): MessageProblem {
  return {
    ...rest,
    ...(path !== undefined && { path: path.replace(/^(content|list)\./, '') }),
    ...(params !== undefined && { params: { ...params } }),
  };
}
