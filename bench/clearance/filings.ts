import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../../demo/generate/generate.ts';
import type { BillInput, VoyageInput } from '../../src/contexts/cargo/manifests/contract.ts';
import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';

type ModesInput = NonNullable<DeclarationInput['modes']>;

/** One filing of the day, with the bill its goods stand on; goods that are in a zone already have none. */
export interface Filing {
  readonly id: string;
  readonly content: DeclarationInput;
  readonly bill: BillInput | null;
}

/** Declarations as the demo port's generator writes them, without those that have a slip in them. */
export async function ordinaryContents(count: number): Promise<DeclarationInput[]> {
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-filings-'));
  try {
    await generate({ folder, scale: count });
    const days = (await readdir(join(folder, 'declarations'))).sort();
    const texts = await Promise.all(
      days.map((day) => readFile(join(folder, 'declarations', day), 'utf8')),
    );
    const filings = texts
      .flatMap((text) => text.split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; content: DeclarationInput });
    const mended = new Set(filings.flatMap(({ id }) => (id.endsWith('-2') ? id.slice(0, -2) : [])));
    return filings.flatMap(({ id, content }) => (mended.has(id) ? [] : content));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of twenty imports some go another way than the ordinary one. */
const WAYS: readonly {
  readonly filing?: DeclarationInput['filing'];
  readonly modes?: ModesInput;
}[] = [
  { filing: 'twoStep' },
  { modes: { admission: 'twoStage' } },
  { modes: { line: 'firstLine', zone: 'yangshan' } },
  { filing: 'standard', modes: { line: 'secondLine', zone: 'waigaoqiao' } },
  { filing: 'twoStep', modes: { admission: 'twoStage' } },
  { modes: { place: 'borderExamination' } },
  { modes: { transit: 'transit', transitOffice: '2302' } },
];
const OF = 20;

/** The filing at place `n` of a day: what was generated, under an id and on a bill of its own. */
export function filingAt(
  contents: readonly DeclarationInput[],
  n: number,
  { prefix, on, guaranteed }: Day,
): Filing {
  const base = contents[n % contents.length];
  if (!base) throw new Error('There is nothing to file.');
  const number = `${prefix}SHA${String(n).padStart(8, '0')}`;
  const way = base.ieFlag === 'I' ? wayOf(n % OF, guaranteed.has(payerOf(base))) : {};
  const content: DeclarationInput = {
    ...base,
    ...(way.filing && { filing: way.filing }),
    ...(way.modes && { modes: way.modes }),
    transport: { ...base.transport, transportDocNo: number, date: on },
  };
  const isInside = way.modes?.line === 'secondLine';
  return { id: `${prefix}${n}`, content, bill: isInside ? null : billOf(content, number) };
}

/** What all filings of one day share. */
export interface Day {
  readonly prefix: string;
  readonly on: string;
  readonly guaranteed: ReadonlySet<string>;
}

/** Two steps need a guarantee where tax is due. */
function wayOf(place: number, isGuaranteed: boolean): (typeof WAYS)[number] {
  const way = WAYS[place] ?? {};
  return way.filing === 'twoStep' && !isGuaranteed ? {} : way;
}

export const payerOf = ({ parties }: DeclarationInput): string =>
  parties.domestic?.uscc ?? parties.declarant?.uscc ?? '';

function billOf(content: DeclarationInput, number: string): BillInput {
  const { parties, packages, grossMassKg, lines } = content;
  const abroad = parties.overseas ?? {};
  const here = { ...parties.domestic, country: 'CN' };
  const [shipper, consignee] = content.ieFlag === 'I' ? [abroad, here] : [here, abroad];
  const [loadingPort, dischargePort] =
    content.ieFlag === 'I' ? ['SGSIN', 'CNSHA'] : ['CNSHA', 'SGSIN'];
  return {
    ...{ number, shipper, consignee, loadingPort, dischargePort },
    ...{ packages: packages.count ?? 1, packageKind: packages.kind, grossMassKg },
    description: lines[0]?.description ?? '',
    containers: [],
  };
}

/** The manifests of some filings, one for each direction. */
export function manifestsOf(filings: readonly Filing[], id: string, on: string): VoyageInput[] {
  return (['I', 'E'] as const).flatMap((ieFlag) => {
    const bills = filings.flatMap(({ content, bill }) =>
      bill && content.ieFlag === ieFlag ? [bill] : [],
    );
    if (bills.length === 0) return [];
    const voyage: VoyageInput = {
      kind: ieFlag === 'I' ? 'original' : 'preLoading',
      id: `${id}${ieFlag}`,
      carrier: 'bench',
      conveyance: { mode: '2', name: 'BENCH PIONEER', registration: null },
      ...{ voyageNo: id, office: '2248', terminal: 'bench', date: on, bills },
    };
    return [voyage];
  });
}
