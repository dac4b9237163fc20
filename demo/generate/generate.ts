import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VoyageInput } from '../../src/contexts/cargo/manifests/contract.ts';
import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import { ANSWERS_FILE, type Answer, type CargoAnswer } from '../answers.ts';
import { formatTable } from '../table.ts';
import { type Day, planDays, QUARTER, timeOfDay } from './calendar.ts';
import { type Catalogue, loadCatalogue } from './catalogue.ts';
import { type Chains, knitChains } from './chains.ts';
import { consolidate } from './consolidations.ts';
import { type Draft, draftDeclaration, localDay, toContent } from './declaration.ts';
import { type Enterprise, type Register, registerEnterprises } from './enterprises.ts';
import { filesOf } from './factories/files.ts';
import { PLANTS } from './factories/plants.ts';
import { createPlanter, type Secret } from './irregularities.ts';
import { MISTAKE_SHARE, withMistake } from './mistakes.ts';
import { type Act, withMode } from './modes.ts';
import { addOutliers } from './outliers.ts';
import { APPOINTMENT_COLUMNS, accountsOf, appointments, organisationsOf } from './people.ts';
import { createQuay, type QuayReport } from './quay.ts';
import { type Random, randomFor } from './random.ts';
import { voyagesOf } from './voyages.ts';

/** Raised whenever the same seed would give other files. */
const GENERATOR_VERSION = 9;
export const DECLARATIONS_DEFAULT = 60_000;
export const SEED_DEFAULT = 'jianghai';
/** A file for each day in each. */
const FOLDERS = ['voyages', 'declarations', 'arrivals', 'reports', 'acts'] as const;
/** A folder for each ledger in it. */
export const FACTORIES = 'factories';
const IMPORT_SHARE = 0.55;
const ENTERPRISES = { perDeclaration: 1 / 40, least: 120, most: 1500 };

export interface Manifest {
  readonly generator: number;
  readonly seed: string;
  readonly scale: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly enterprises: number;
  readonly declarations: number;
  readonly arrivals: number;
  readonly irregular: number;
  readonly days: readonly { date: string; declarations: number; arrivals: number }[];
  /** Hash over every file but this one, in the order written. */
  readonly sha256: string;
}

export interface FiledDeclaration {
  readonly id: string;
  readonly content: DeclarationInput;
  readonly occurredAt: string;
}
export interface FiledArrival {
  readonly id: string;
  readonly premises: string;
  readonly occurredAt: string;
}

/**
 * Writes a quarter of trade into `folder` as ordinary files. The same seed and scale give the same
 * bytes. A folder that already holds them is left as it is.
 */
export async function generate(options: {
  folder: string;
  seed?: string;
  scale?: number;
  onDay?: (done: number, of: number) => void;
}): Promise<Manifest> {
  const { folder, seed = SEED_DEFAULT, scale = DECLARATIONS_DEFAULT } = options;
  const found = await readManifest(folder);
  if (found && found.seed === seed && found.scale === scale) return found;
  for (const part of ['manifest.json', ...FOLDERS, FACTORIES, ANSWERS_FILE]) {
    await rm(join(folder, part), { recursive: true, force: true });
  }
  for (const part of FOLDERS) await mkdir(join(folder, part), { recursive: true });

  const catalogue = loadCatalogue();
  const days = planDays(scale, seed);
  const { perDeclaration, least, most } = ENTERPRISES;
  const count = Math.min(most, Math.max(least, Math.round(scale * perDeclaration)));
  const dates = days.map((day) => day.date);
  const register = registerEnterprises(catalogue, seed, count, dates);
  const chains = knitChains(catalogue, register, seed);
  const hash = createHash('sha256');
  /** Whole at once: the port reads its accounts while this goes on. */
  const write = async (name: string, text: string) => {
    hash.update(`${name}\n`).update(text);
    await writeFile(join(folder, `${name}.part`), text);
    await rename(join(folder, `${name}.part`), join(folder, name));
  };
  await writeRegister(catalogue, register, write);

  const traffic = createTraffic(catalogue, register, chains, seed);
  const answers = await open(join(folder, ANSWERS_FILE), 'wx', 0o600);
  const written: Manifest['days'][number][] = [];
  let irregular = 0;
  try {
    for (const [index, day] of days.entries()) {
      const produced = traffic.next(day);
      await write(`voyages/${day.date}.ndjson`, lines(produced.voyages));
      await write(`declarations/${day.date}.ndjson`, lines(produced.declarations));
      await write(`arrivals/${day.date}.ndjson`, lines(produced.arrivals));
      await write(`reports/${day.date}.ndjson`, lines(produced.reports));
      await write(`acts/${day.date}.ndjson`, lines(produced.acts));
      const sealed = lines([...produced.answers, ...produced.cargoAnswers]);
      hash.update(sealed);
      await answers.write(sealed);
      irregular += produced.answers.filter((answer) => answer.irregularity).length;
      written.push({
        date: day.date,
        declarations: produced.declarations.length,
        arrivals: produced.arrivals.length,
      });
      options.onDay?.(index + 1, days.length);
    }
    for (const [place, plant] of PLANTS.entries()) {
      const enterprise = register.factories[place];
      if (!enterprise) continue;
      const { files, answers: planted } = filesOf(plant, enterprise, seed);
      await mkdir(join(folder, FACTORIES, plant.ledger.id), { recursive: true });
      for (const [name, text] of files) {
        await write(join(FACTORIES, plant.ledger.id, name), text);
      }
      hash.update(lines(planted));
      await answers.write(lines(planted));
    }
  } finally {
    await answers.close();
  }
  const total = (of: 'declarations' | 'arrivals') => written.reduce((all, day) => all + day[of], 0);
  const manifest: Manifest = {
    generator: GENERATOR_VERSION,
    seed,
    scale,
    period: QUARTER,
    enterprises: register.all.length,
    declarations: total('declarations'),
    arrivals: total('arrivals'),
    irregular,
    days: written,
    sha256: hash.digest('hex'),
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}

/** What a folder holds, or `null` when its generation did not come to its end. */
async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const text = await readFile(join(folder, 'manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as Manifest;
    return manifest.generator === GENERATOR_VERSION ? manifest : null;
  } catch {
    return null;
  }
}

const lines = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

interface Produced {
  readonly voyages: VoyageInput[];
  readonly declarations: FiledDeclaration[];
  readonly arrivals: FiledArrival[];
  /** What comes of the modes of earlier declarations. */
  readonly acts: Act[];
  readonly answers: Answer[];
  /** What the terminal reports by manifest, and what of it was planted. */
  readonly reports: QuayReport[];
  readonly cargoAnswers: CargoAnswer[];
}

/** The traffic of the port day after day; what spills into later days is kept until they come. */
function createTraffic(
  catalogue: Catalogue,
  register: Register,
  chains: Chains,
  seed: string,
): { next(day: Day): Produced } {
  const world = { catalogue, shells: register.shells };
  const planter = createPlanter(world, seed);
  const spilled = new Map<string, Draft[]>();
  const arriving = new Map<string, FiledArrival[]>();
  const acting = new Map<string, Act[]>();
  const secrets = new Map<Draft, Secret>();
  const quay = createQuay(seed);

  function arrive(id: string, draft: Draft): void {
    if (!secrets.has(draft) && quay.reports(draft)) return;
    const day = localDay(draft.arrivesAt);
    const list = arriving.get(day) ?? [];
    list.push({ id, premises: draft.premises.id, occurredAt: instant(draft.arrivesAt) });
    arriving.set(day, list);
  }

  /** Files one draft; now and then with a slip first, and again put right within the same day. */
  function file(draft: Draft, mistaken: boolean, random: Random): FiledDeclaration[] {
    const content = toContent(draft);
    const first = { id: draft.id, content, occurredAt: instant(draft.at) };
    if (!mistaken) {
      arrive(draft.id, draft);
      const moded = withMode(draft, content, randomFor(seed, 'modes', draft.id));
      for (const act of moded.acts) {
        const day = localDay(Date.parse(act.said.occurredAt));
        acting.set(day, [...(acting.get(day) ?? []), act]);
      }
      return [{ ...first, content: moded.content }];
    }
    const endOfDay = Date.parse(`${localDay(draft.at)}T23:59:59+08:00`);
    const again = Math.min(endOfDay, draft.at + random.between(6, 150) * 60_000);
    draft.arrivesAt = Math.max(draft.arrivesAt, again + random.between(20_000, 240_000));
    arrive(`${draft.id}-2`, draft);
    return [
      { ...first, content: withMistake(content, random) },
      { ...first, id: `${draft.id}-2`, occurredAt: instant(again) },
    ];
  }

  return {
    next(day) {
      const random = randomFor(seed, 'declarations', day.date);
      const honest = Array.from({ length: day.declarations }, () => {
        const chain = chains.draw(random, random.chance(IMPORT_SHARE) ? 'I' : 'E', day.month);
        return draftDeclaration(catalogue, chain, random, timeOfDay(day.date, random));
      });
      for (const piece of planter.plant(day.date, honest, secrets)) {
        const on = localDay(piece.at);
        spilled.set(on, [...(spilled.get(on) ?? []), piece]);
      }
      addOutliers(day.date, honest, secrets, world, seed);

      const drafts = [...honest, ...(spilled.get(day.date) ?? [])].sort((a, b) => a.at - b.at);
      spilled.delete(day.date);
      consolidate(drafts, day.date, seed, (draft) => secrets.has(draft));
      const slips = randomFor(seed, 'mistakes', day.date);
      const answers: Answer[] = [];
      const declarations = drafts.flatMap((draft, index) => {
        draft.id = `JH${day.date.slice(2).replaceAll('-', '')}-${String(index + 1).padStart(5, '0')}`;
        const filings = file(draft, slips.chance(MISTAKE_SHARE), slips);
        const secret = secrets.get(draft);
        if (secret) answers.push({ id: filings.at(-1)?.id ?? draft.id, ...secret });
        secrets.delete(draft);
        return filings;
      });
      const byTime = <T extends { occurredAt: string }>(list: T[]): T[] =>
        list.sort((a, b) =>
          a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0,
        );
      const arrivals = byTime(arriving.get(day.date) ?? []);
      arriving.delete(day.date);
      const acts = (acting.get(day.date) ?? []).sort((a, b) =>
        a.said.occurredAt < b.said.occurredAt ? -1 : 1,
      );
      acting.delete(day.date);
      const voyages = voyagesOf(catalogue, drafts, day.date, seed);
      const quayside = quay.next(day.date, drafts, voyages);
      return {
        ...{ voyages, declarations: byTime(declarations), arrivals, acts, answers },
        ...{ reports: byTime(quayside.reports), cargoAnswers: quayside.answers },
      };
    },
  };
}

const instant = (at: number): string => new Date(at).toISOString();

async function writeRegister(
  catalogue: Catalogue,
  register: Register,
  write: (name: string, text: string) => Promise<void>,
): Promise<void> {
  await write(
    'organisations.csv',
    formatTable(['id', 'kind', 'nameZh', 'nameEn', 'parent'], organisationsOf(catalogue)),
  );
  await write(
    'enterprises.csv',
    formatTable(['uscc', 'nameZh', 'nameEn', 'kind', 'customsRegNo', 'registeredOn'], register.all),
  );
  await write(
    'enterprise-grades.csv',
    formatTable(['uscc', 'grade', 'from', 'to'], register.all.flatMap(gradeRows)),
  );
  const posts = appointments(catalogue, register);
  await write('people-and-posts.csv', formatTable(APPOINTMENT_COLUMNS, posts));
  await write('accounts.json', `${JSON.stringify(accountsOf(posts), null, 1)}\n`);
}

const gradeRows = ({ uscc, grades }: Enterprise) => grades.map((period) => ({ uscc, ...period }));
