import { sha256 } from '../../../kernel/canonical.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { parseInput } from '../../../platform/input.ts';
import { type Bonded, ListFiling } from '../../bonded/index.ts';
import type { Manifests } from '../../cargo/index.ts';
import type { Clearance } from '../../clearance/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { DocumentReceipt, Kind, MessageProblem } from '../contract.ts';
import type { Understood } from '../reading/standard.ts';
import { bondedListOf } from './bonded-list.ts';
import { declarationOf } from './declaration.ts';
import { leavesOf } from './document.ts';
import { manifestOf } from './manifest.ts';

/** Where forms are filed too: a message goes the same way and gets the same answers. */
export interface FilingServices {
  readonly declarations: Pick<Clearance['filings'], 'fileOne'>;
  readonly manifests: Pick<Manifests, 'file'>;
  readonly lists: Pick<Bonded['lists'], 'file'>;
}

/** One document of a message, on its way. */
export interface FilingOf {
  readonly actor: Actor;
  readonly partner: string;
  readonly reference: string | null;
  /** What stands for a reference where the sender gave none. */
  readonly fallback: string;
  readonly dryRun: boolean;
  /** The message: events that follow name it. */
  readonly correlation: string;
}

type Filed = Pick<DocumentReceipt, 'outcome' | 'record' | 'number' | 'problems'>;
type File = (services: FilingServices, understood: Understood, filing: FilingOf) => Promise<Filed>;

/** UN/EDIFACT 1225 and its like in XML: a message that takes back or changes what another said. */
const CHANGES = new Set(['1', '3', '4', '5', '01', '03', '04', '05']);

/** Files what a document says under an id made of partner and reference, so that twice is once. */
export async function fileDocument(
  services: FilingServices,
  understood: Understood,
  filing: FilingOf,
): Promise<Filed> {
  const file = FILES[understood.kind];
  if (!file) return { outcome: 'kept', record: null, number: null, problems: [] };
  const fn = leavesOf(understood.document).text('function');
  if (fn !== null && CHANGES.has(fn) && understood.standard !== 'INV101') {
    return refused([{ code: 'messages.only_originals', path: 'function', seen: fn }]);
  }
  try {
    return await file(services, understood, filing);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refused(error.refusals.map(problemOf));
  }
}

/** The sender's own reference: of the document, else of the message that carries it. */
export function referenceOf({ document }: Understood): string | null {
  const leaves = leavesOf(document);
  return (leaves.text('id') ?? leaves.text('message.reference'))?.slice(0, 200) ?? null;
}

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
};

async function fileDeclaration(
  { declarations }: FilingServices,
  { document, standard }: Understood,
  filing: FilingOf,
): Promise<Filed> {
  const { input, problems } = declarationOf(document, standard);
  if (input === null) return refused(problems);
  const id = idOf(filing);
  const { dryRun, correlation } = filing;
  const answer = await declarations.fileOne(
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

async function fileManifest(
  { manifests }: FilingServices,
  { document }: Understood,
  filing: FilingOf,
): Promise<Filed> {
  const { actor, partner, dryRun, correlation } = filing;
  const id = idOf(filing);
  const forwards = actor.roles.includes('singleWindow');
  const { input, problems } = manifestOf(document, { id, partner: forwards ? null : partner });
  if (input === null) return refused(problems);
  const answer = await manifests.file(actor, input, { dryRun, correlation });
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
