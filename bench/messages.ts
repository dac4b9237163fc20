import assert from 'node:assert/strict';
import Parser from 'edifact/parser.js';
import { SaxesParser } from 'saxes';
import { readMessage } from '../src/contexts/messages/reading/read.ts';
import {
  drawFrom,
  type Fixture,
  fixtures,
  mutate,
} from '../src/contexts/messages/reading/testing.ts';
import { alternate, type Bench, readable } from './bench.ts';

const SEED = 20_261_122;
const LONG = { warmUps: 20, seconds: 0.4, mutated: 1_000_000 };
const QUICK: typeof LONG = { warmUps: 4, seconds: 0.1, mutated: 2_000 };
/** A message that takes longer than this to be answered hangs. */
const HANG_MS = 5_000;

/**
 * Each of our messages is read by the product and by the bare parser it stands on, with the handlers a
 * reader needs and nothing behind them. Both start from the bytes, and both have read every message often enough to be
 * compiled, as in a server that has been up for a minute. Each ratio is told as soon as it is known; then messages are broken at random.
 */
export const messages: Bench = {
  name: 'messages',
  about:
    'Messages read per second beside the bare parsers on the same files, and a million broken ones.',
  async run(options) {
    const { quick, log } = options;
    const extent = quick ? QUICK : LONG;
    const all = fixtures();
    const figures: Record<string, number> = {};
    const peers: Record<string, Record<string, number>> = {};
    const ratios: Record<string, number> = {};
    const standards = byStandard(all);
    for (const files of standards.values()) {
      warmUp(files, extent.warmUps, bare);
      warmUp(files, extent.warmUps, understood);
    }
    for (const [standard, files] of standards) {
      log(standard);
      const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0) / files.length;
      const rounds = await alternate(
        {
          ours: async () => perSecond(files, extent.seconds, understood),
          parser: async () => perSecond(files, extent.seconds, bare),
        },
        options,
      );
      figures[`${standard}_per_s`] = rounds.of('ours');
      figures[`${standard}_mb_per_s`] = (rounds.of('ours') * bytes) / 1e6;
      peers[standard] = { parser_per_s: rounds.of('parser') };
      const ratio = rounds.ratio('ours', 'parser');
      ratios[`over_parser_${standard}`] = ratio;
      log(`over_parser_${standard} ${readable(ratio)}`);
    }
    return { figures: { ...figures, ...fuzzed(all, extent.mutated, log) }, peers, ratios };
  },
};

const understood = (bytes: Buffer): unknown => readMessage(bytes).documents;

/** By the folder of the standard; 金关二期 and the others have several forms each. */
function byStandard(all: readonly Fixture[]): Map<string, Fixture[]> {
  const groups = new Map<string, Fixture[]>();
  for (const file of all) {
    const standard = (file.name.split('/')[0] ?? '').replaceAll('-', '_');
    groups.set(standard, [...(groups.get(standard) ?? []), file]);
  }
  return groups;
}

const STEADY = 1.03;

/** Reads until it gets no faster: what is compiled while it is measured says how busy the machine is. */
function warmUp(files: readonly Fixture[], rounds: number, read: (bytes: Buffer) => unknown): void {
  let best = 0;
  for (let round = 0, still = 0; round < rounds && still < 3; round += 1) {
    const speed = perSecond(files, 0.1, read);
    still = speed > best * STEADY ? 0 : still + 1;
    best = Math.max(best, speed);
  }
}

function perSecond(
  files: readonly Fixture[],
  seconds: number,
  read: (bytes: Buffer) => unknown,
): number {
  const started = process.cpuUsage();
  let count = 0;
  for (;;) {
    for (const { bytes } of files) assert(read(bytes));
    count += files.length;
    const { user, system } = process.cpuUsage(started);
    const spent = (user + system) / 1e6;
    if (spent >= seconds) return count / spent;
  }
}

function bare(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  let tokens = 0;
  const count = (): void => {
    tokens += 1;
  };
  if (text.trimStart().startsWith('<')) {
    const parser = new SaxesParser({ position: false, xmlns: false });
    parser.on('opentag', count);
    parser.on('text', count);
    parser.on('closetag', count);
    parser.write(text).close();
  } else {
    const parser = new Parser();
    parser.encoding('UNOY');
    Object.assign(parser, {
      onopensegment: count,
      onelement: count,
      oncomponent: count,
      onclosesegment: count,
    });
    parser.write(text);
  }
  return tokens;
}

/** What broken messages did to the readers: none may crash, hang, stay silent or take the memory. */
function fuzzed(
  all: readonly Fixture[],
  messagesWanted: number,
  log: (line: string) => void,
): Record<string, number> {
  const draw = drawFrom(SEED);
  // Nobody reads where a parser stood when it said no, and finding it out takes a sixth of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const told = {
    mutated: 0,
    understood: 0,
    crashes: 0,
    hangs: 0,
    silent: 0,
    peak_mb: 0,
    slowest_ms: 0,
  };
  for (; told.mutated < messagesWanted; told.mutated += 1) {
    const one = all[told.mutated % all.length];
    const other = all[draw(all.length)];
    assert(one && other);
    const broken = mutate(one.bytes, other.bytes, draw);
    const started = performance.now();
    try {
      const { documents, problems } = readMessage(broken);
      if (documents.length > 0) told.understood += 1;
      else if (problems.length === 0) told.silent += 1;
    } catch (error) {
      told.crashes += 1;
      log(`${one.name}: ${String(error)}`);
    }
    const ms = performance.now() - started;
    told.slowest_ms = Math.max(told.slowest_ms, ms);
    if (ms > HANG_MS) told.hangs += 1;
    if (told.mutated % 1_000 === 0) {
      told.peak_mb = Math.max(told.peak_mb, process.memoryUsage().rss / 1e6);
    }
    if (told.mutated % 100_000 === 0) log(`${told.mutated.toLocaleString('en')} broken messages`);
  }
  Error.stackTraceLimit = stackTraceLimit;
  return told;
}
