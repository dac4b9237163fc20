import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { ManifestResult } from '../../src/contexts/cargo/manifests/contract.ts';
import type { ActResult } from '../../src/contexts/clearance/contract.ts';
import type { Manifest } from '../generate/generate.ts';
import type { Act } from '../generate/modes.ts';
import { IMPORTER, LOADERS } from '../generate/people.ts';
import { parseTable } from '../table.ts';
import { openAnswerBook } from './answer-book.ts';
import { type Authorities, createAuthorities } from './authorities.ts';
import { fileChemicals } from './chemicals.ts';
import { type Client, createClient, PortRefused, unlessDone } from './client.ts';
import { createTreasurers, payersWithGuarantee } from './duty.ts';
import { createExaminer, type Examiner } from './examiner.ts';
import { fileFactory } from './factories.ts';
import { type Keys, type Memory, recall, remember } from './memory.ts';
import { inParallel } from './parallel.ts';
import { sendMessages } from './partners.ts';
import type { Progress } from './progress.ts';
import { sendDeclarations, sendManifest } from './single-window.ts';
import type { Targeting } from './targeting.ts';
import { createTerminals } from './terminals.ts';
import { createZoneEnterprise } from './zone.ts';

/** Within a day order does not matter to any decision, so the port is kept busy while it answers. */
const FILINGS = { perRequest: 500, atOnce: 2 } as const;
const VOYAGES = { perRequest: 1, atOnce: 16 } as const;
const ACTS = { atOnce: 4 } as const;
const ARRIVALS = { perRequest: 100, atOnce: 4 } as const;
/** Days filed before rules are written and a model is trained, and before the model goes live. */
const PREPARED_ON = 30;
const LIVE_ON = 45;

export interface FilerOptions {
  readonly url: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** Makes the port ready for filing and returns the keys; asked for once, then remembered. */
  readonly setUp: () => Promise<Keys>;
  /** Those who answer for targeting, once there are keys for them. */
  readonly target: (analyst: Client, supervisor: Client) => Targeting;
  readonly report: (progress: Progress) => void;
  readonly complain: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Files the quarter day by day: declarations, then arrivals, while the examiner works the day before.
 * Every request may be repeated without harm, so a filer that was killed goes on where it was.
 */
export async function fileQuarter(options: FilerOptions): Promise<void> {
  const { folder, manifest, report } = options;
  const memory = recall(folder, manifest.sha256);
  const of = manifest.declarations;
  report({ phase: 'settingUp', done: filedUpTo(manifest, memory.filedUpTo), of });
  memory.keys ??= await options.setUp();
  remember(folder, memory);

  const clientOf = (key: string): Client =>
    createClient({
      url: options.url,
      headers: { authorization: `Bearer ${key}` },
      signal: options.signal,
    });
  const singleWindow = clientOf(memory.keys.singleWindow);
  const terminals = clientOf(memory.keys.terminals);
  const officer = clientOf(memory.keys.examiner);
  const senders = { broker: clientOf(memory.keys.broker), carrier: clientOf(memory.keys.carrier) };
  const treasurers = createTreasurers(singleWindow, officer);
  const authorities = createAuthorities(
    clientOf(memory.keys.commerce),
    [clientOf(memory.keys.maritime), officer],
    options.complain,
  );
  const gate = createTerminals(terminals, options.complain);
  const zone = createZoneEnterprise({
    ...{ singleWindow, officer, terminal: terminals, complain: options.complain },
    enterprise: clientOf(memory.keys.zoneEnterprise),
    ...(await enterpriseOf(folder, LOADERS.zoneEnterprise)),
    lastDay: manifest.period.to,
  });
  const answers = await openAnswerBook(folder);
  const examiner = createExaminer({
    officer,
    singleWindow,
    answers,
    memory,
    seed: manifest.seed,
    lastDay: manifest.period.to,
  });

  const targeting = options.target(clientOf(memory.keys.analyst), clientOf(memory.keys.supervisor));
  async function target(next: Memory['targeted'], work: () => Promise<void>): Promise<void> {
    if (STEPS.indexOf(memory.targeted) >= STEPS.indexOf(next)) return;
    await work();
    memory.targeted = next;
    remember(folder, memory);
  }

  async function once(step: 'messagesSent' | 'chemicalsFiled', work: () => Promise<void>) {
    if (memory[step]) return;
    await work();
    memory[step] = true;
    remember(folder, memory);
  }

  await target('budgets', async () => {
    await targeting.setBudgets();
    await treasurers.secure(payersWithGuarantee(await gradesOf(folder)));
  });
  let examining: Promise<void> = Promise.resolve();
  let preparing: Promise<void> = Promise.resolve();
  for (const [index, { date }] of manifest.days.entries()) {
    if (index === PREPARED_ON) {
      // Filing goes on while rules are tried and a model is trained.
      preparing = target('prepared', () => targeting.prepare(date));
      preparing.catch(() => undefined);
    }
    if (index === LIVE_ON) {
      await preparing;
      await target('live', () => targeting.goLive());
    }
    if (date > memory.filedUpTo) {
      // Yesterday's releases; the last day's wait for whoever signs in as the terminal.
      await gate.acknowledge();
      await sendDay(options, memory, date, { singleWindow, terminals, authorities });
      await actOn(options, date, { singleWindow, officer });
      await zone.work(date);
      await treasurers.pay(date);
      await authorities.answer();
      memory.filedUpTo = date;
      remember(folder, memory);
    }
    await examining;
    if (date > memory.examinedUpTo) {
      examining = examineDay(examiner, memory, folder, date);
      // Awaited a day later; a failure in between must not count as unhandled.
      examining.catch(() => undefined);
    }
  }
  report({ phase: 'examining', done: of, of, day: memory.filedUpTo });
  await fileFactories(options, memory, clientOf, officer);
  await once('messagesSent', async () => {
    await sendMessages({ ...senders, complain: options.complain }, manifest.period.to);
  });
  await once('chemicalsFiled', async () => {
    const importer = await enterpriseOf(folder, IMPORTER);
    const trade = { singleWindow, authorities, importer, complain: options.complain };
    await fileChemicals(trade, manifest.period.to);
  });
  await examining;
  report({ phase: 'done', done: of, of });
}

const STEPS: readonly Memory['targeted'][] = ['nothing', 'budgets', 'prepared', 'live'];

/** The bonded ledgers, when the declarations are filed: nobody who looks at those waits for them. */
async function fileFactories(
  { folder, complain }: FilerOptions,
  memory: Memory,
  clientOf: (key: string) => Client,
  officer: Client,
): Promise<void> {
  for (const [ledger, key] of Object.entries(memory.keys?.factories ?? {})) {
    if (memory.factories.includes(ledger)) continue;
    const people = {
      erp: clientOf(key),
      signer: clientOf(memory.keys?.signers[ledger] ?? ''),
      confirmer: clientOf(memory.keys?.confirmer ?? ''),
      officer,
      complain,
    };
    await fileFactory(folder, ledger, people);
    memory.factories.push(ledger);
    remember(folder, memory);
  }
}

const filedUpTo = (manifest: Manifest, day: string): number =>
  manifest.days
    .filter(({ date }) => date <= day)
    .reduce((total, { declarations }) => total + declarations, 0);

async function examineDay(
  examiner: Examiner,
  memory: Memory,
  folder: string,
  date: string,
): Promise<void> {
  await examiner.work(date);
  memory.examinedUpTo = date;
  remember(folder, memory);
}

interface Senders {
  readonly singleWindow: Client;
  readonly terminals: Client;
  readonly authorities: Authorities;
}

const gradesOf = async (folder: string) =>
  parseTable(await readFile(join(folder, 'enterprise-grades.csv'), 'utf8'));

/** What the modes of earlier declarations ask for on a day: second steps by declarants, transits by officers. */
async function actOn(
  { folder }: FilerOptions,
  date: string,
  by: { readonly singleWindow: Client; readonly officer: Client },
): Promise<void> {
  const [lines = []] = await batches(folder, 'acts', date, Number.POSITIVE_INFINITY);
  const byId = new Map<string, Act[]>();
  for (const act of lines.map((line) => JSON.parse(line) as Act)) {
    byId.set(act.id, [...(byId.get(act.id) ?? []), act]);
  }
  // Of one declaration, one after another: goods leave before they arrive.
  await inParallel(byId.values(), ACTS.atOnce, async (acts) => {
    for (const { id, act, said } of acts) {
      const client = act === 'complete' ? by.singleWindow : by.officer;
      try {
        // Goods that are held up meanwhile are not carried on, and what was done is done.
        await unlessDone(() => client.post(`/api/declarations/${id}/${act}`, said));
      } catch (error) {
        // What an officer has had amended since is not what was to be completed.
        if (!(error instanceof PortRefused && error.status === 422)) throw error;
      }
    }
  });
}

/** The enterprise a post acts for. */
async function enterpriseOf(
  folder: string,
  wanted: string,
): Promise<{ uscc: string; name: string }> {
  const read = async (name: string) => parseTable(await readFile(join(folder, name), 'utf8'));
  const posts = await read('people-and-posts.csv');
  const uscc = posts.find(({ post }) => post === wanted)?.organisation ?? '';
  const own = (await read('enterprises.csv')).find((row) => row.uscc === uscc);
  return { uscc, name: own?.nameZh ?? '' };
}

/** Sends the lines of the day’s files as they are: what is aboard, the permits, what is declared, what arrived. */
async function sendDay(
  options: FilerOptions,
  memory: Memory,
  date: string,
  { singleWindow, terminals, authorities }: Senders,
): Promise<void> {
  const { folder, manifest, report, complain } = options;
  let done = filedUpTo(manifest, memory.filedUpTo);
  const voyages = await batches(folder, 'voyages', date, VOYAGES.perRequest);
  await inParallel(voyages, VOYAGES.atOnce, async ([voyage]) => {
    await sendManifest(singleWindow, voyage, complain);
  });
  const filings = await batches(folder, 'declarations', date, FILINGS.perRequest);
  await authorities.issue(filings.flat().map((line) => JSON.parse(line)));
  await inParallel(filings, FILINGS.atOnce, async (batch) => {
    await sendDeclarations(singleWindow, `{"filings":[${batch.join(',')}]}`, complain);
    done += batch.length;
    report({ phase: 'filing', done, of: manifest.declarations, day: date });
  });
  const arrivals = await batches(folder, 'arrivals', date, ARRIVALS.perRequest);
  await inParallel(arrivals, ARRIVALS.atOnce, async (batch) => {
    const { results } = await terminals.post<{ results: z.infer<typeof ActResult>[] }>(
      '/api/arrivals',
      `{"arrivals":[${batch.join(',')}]}`,
    );
    for (const { id, outcome, problems } of results) {
      const code = problems[0]?.code ?? '';
      const isKnown =
        code === 'clearance.arrival_already_confirmed' || code.endsWith('in_this_state');
      if (outcome === 'refused' && !isKnown) complain(`Arrival of ${id} refused: ${code}`);
    }
  });
  // One after another: goods arrive before they are counted.
  const reports = await batches(folder, 'reports', date, 1);
  for (const [report] of reports) {
    const { id, bills } = await terminals.post<ManifestResult>('/api/manifests', report);
    for (const { number, outcome, problems } of bills) {
      const code = problems[0]?.code ?? '';
      if (outcome === 'refused' && !code.endsWith('_already')) {
        complain(`Report ${id} on ${number} refused: ${code}`);
      }
    }
  }
}

async function batches(
  folder: string,
  kind: string,
  date: string,
  size: number,
): Promise<string[][]> {
  const text = await readFile(join(folder, kind, `${date}.ndjson`), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const list: string[][] = [];
  for (let from = 0; from < lines.length; from += size) {
    list.push(lines.slice(from, from + size));
  }
  return list;
}
