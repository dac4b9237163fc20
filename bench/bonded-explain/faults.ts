import type { Carried, PostingLine } from '../../src/contexts/bonded/explain/evidence.ts';
import {
  at,
  COUNTED_AT,
  type Factory,
  type Happening,
  happen,
  lineFor,
  shifted,
  slip,
  spoilt,
  UNIT,
} from './factory.ts';
import {
  answers,
  DAY,
  type Fault,
  hasPaper,
  pick,
  process,
  raw,
  shortLine,
  someTime,
  within,
} from './fault.ts';

const late: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'issued', within(-6 * DAY, -13 * 60));
  if (!found) return [];
  found.happening.posting.recordedAt = shifted(COUNTED_AT, random.between(1, 5) * DAY);
  return answers('notPosted', 'record', 'late', found.happening.truth.lines);
};

const stopped =
  (state: 'held' | 'refused'): Fault =>
  (factory, part, random) => {
    const found = pick(factory, part, random, 'issued', within(-60 * DAY, -13 * 60));
    if (!found) return [];
    const { posting } = found.happening;
    posting.state = state;
    posting.lines = state === 'held' ? waiting(posting.lines) : withStranger(posting.lines);
    return answers('notPosted', 'record', state, found.happening.truth.lines);
  };

/** It names a lot that never came: the ledger holds it. */
const waiting = (lines: readonly PostingLine[]): PostingLine[] =>
  lines.map((line, at) => (at === 0 ? { ...line, lot: `LX-${line.part}` } : line));
/** One of its parts was never registered: the ledger refuses it whole. */
const withStranger = (lines: readonly PostingLine[]): PostingLine[] => [
  ...lines,
  lineFor('X-PACKING', UNIT, raw, process),
];

/** Held at first, then sent again and taken: nothing is wrong. */
const sentAgain: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'issued', within(-60 * DAY, -2 * DAY));
  if (!found) return [];
  const { posting } = found.happening;
  const again = { ...posting, id: `${posting.id}-R`, recordedAt: shifted(posting.recordedAt, 90) };
  factory.happenings.push({ truth: null, posting: again });
  posting.state = 'held';
  posting.lines = waiting(posting.lines);
  return [];
};

const lineMissing: Fault = (factory, part, random) => {
  const found = pick(
    factory,
    part,
    random,
    'issued',
    ({ truth, posting }) => truth.at < COUNTED_AT && posting.lines.length > 2,
  );
  if (!found) return [];
  const { posting } = found.happening;
  posting.lines = posting.lines.filter((line) => line !== found.line);
  const proof = hasPaper(factory, posting.document, part.part)
    ? 'record'
    : isDeclared(factory, posting.order, found.line)
      ? 'fit'
      : 'none';
  return answers('notPosted', proof, 'line missing', [found.line]);
};

function isDeclared({ orders, uses }: Factory, number: string | null, line: Carried): boolean {
  const order = orders.find((it) => it.order === number);
  const use = uses.find(
    (it) => it.product === order?.product && it.version === order.version && it.part === line.part,
  );
  return (
    (BigInt(order?.planned ?? 0) * (use?.net ?? 0n)) / 1_000_000_000n === BigInt(line.quantity)
  );
}

const importMissing: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'imported');
  if (!found) return [];
  (found.happening as Happening).posting = null;
  return answers('notPosted', 'record', 'import missing', found.happening.truth.lines);
};

const early: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'issued', within(0, 2 * DAY));
  if (!found) return [];
  const { posting, truth } = found.happening;
  posting.occurredAt = shifted(COUNTED_AT, -20);
  posting.recordedAt = shifted(COUNTED_AT, -10);
  const isSeen = hasPaper(factory, posting.document, part.part);
  return answers('cutOff', isSeen ? 'record' : 'fit', 'entered before', truth.lines, -1);
};

const atTheGate: Fault = (factory, part, random) => {
  const line = shortLine(part, random, at('customsIn'), raw);
  const when = shifted(COUNTED_AT, -random.between(60, 300));
  const document = `QDX${factory.happenings.length}`;
  const happening = happen(factory, 'imported', { order: null, document, at: when, lines: [line] });
  spoilt.add(happening);
  slip(factory, line, happening, 'gate');
  if (happening.posting) {
    happening.posting.occurredAt = shifted(COUNTED_AT, random.between(30, 400));
    happening.posting.recordedAt = shifted(happening.posting.occurredAt, 20);
  }
  return answers('cutOff', 'record', 'gate before, event after', [line]);
};

const datedAfter: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'issued', within(-10 * 60, -30));
  if (!found) return [];
  const { posting, truth } = found.happening;
  posting.occurredAt = shifted(COUNTED_AT, random.between(30, 300));
  posting.recordedAt = shifted(posting.occurredAt, 20);
  const isSeen = hasPaper(factory, posting.document, part.part);
  return answers('cutOff', isSeen ? 'record' : 'fit', 'dated after', truth.lines);
};

const FACTORS = [10, 12, 100, 1000, 25.4, 28.349523125] as const;
const unit: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'issued');
  if (!found) return [];
  const { posting } = found.happening;
  const { line } = found;
  const by = random.pick(FACTORS);
  const isMore = line.quantity * by < 20_000 * UNIT;
  const booked = Math.round(isMore ? line.quantity * by : line.quantity / by);
  const wrong: PostingLine = line.sent
    ? { ...line, quantity: line.sent.quantity, sent: { ...line.sent, conversion: 1_000_000_000n } }
    : { ...line, quantity: booked };
  posting.lines = posting.lines.map((it) => (it === line ? wrong : it));
  const more = { ...line, quantity: line.quantity - wrong.quantity };
  const proof = line.sent ? 'record' : 'fit';
  return answers('unitFactor', proof, line.sent ? 'conversion' : `factor ${by}`, [more]);
};

const version: Fault = (factory, part, random) => {
  const declared = (product: string, name: string, of: string, planned: number): number => {
    const use = factory.uses.find(
      (it) => it.product === product && it.version === name && it.part === of,
    );
    return Number((BigInt(planned) * (use?.net ?? 0n)) / 1_000_000_000n);
  };
  const orderOf = (number: string | null) => factory.orders.find(({ order }) => order === number);
  const found = pick(factory, part, random, 'issued', ({ truth, posting }, line) => {
    const order = orderOf(posting.order);
    if (order?.version !== 'B' || truth.at > COUNTED_AT) return false;
    if (posting.document?.includes('-')) return false;
    const { product, planned } = order;
    return (
      declared(product, 'A', line.part, planned) !== declared(product, 'B', line.part, planned)
    );
  });
  const order = found && orderOf(found.happening.posting.order);
  if (!found || !order) return [];
  const { posting, truth } = found.happening;
  const { product, planned } = order;
  const by =
    (name: string) =>
    <L extends Carried>(line: L): L => ({
      ...line,
      quantity: declared(product, name, line.part, planned),
    });
  truth.lines = truth.lines.map(by('B'));
  posting.lines = posting.lines.map(by('A')).map((line) => ({ ...line, sent: null }));
  for (const [n, paper] of factory.papers.entries())
    if (paper.document === posting.document) factory.papers[n] = by('B')(paper);
  const more = posting.lines.map((line) => ({
    ...line,
    quantity: by('B')(line).quantity - line.quantity,
  }));
  return answers('version', 'fit', 'booked by the old version', more);
};

const scrap =
  (hasSlip: boolean): Fault =>
  (factory, part, random) => {
    const line = shortLine(part, random, raw, at('scrap'));
    const happening: Happening = { truth: { at: someTime(random), lines: [line] }, posting: null };
    factory.happenings.push(happening);
    if (hasSlip) slip(factory, line, happening, 'slip');
    return answers('scrapNotDeclared', hasSlip ? 'record' : 'fit', 'scrap', [line]);
  };

const substitution: Fault = (factory, part, random) => {
  const instead = factory.substitutes.find((it) => it.part === part.part)?.instead;
  const found = instead ? pick(factory, part, random, 'issued') : null;
  if (!found || !instead) return [];
  const { truth, posting } = found.happening;
  const other: Carried = { ...found.line, part: instead };
  truth.lines = truth.lines.map((line) => (line.part === part.part ? other : line));
  const { papers } = factory;
  const known = papers.findIndex((it) => it.document === posting.document && it.part === part.part);
  const paper = papers[known];
  if (paper) papers[known] = { ...paper, part: instead };
  else if (random.chance(0.4)) slip(factory, other, found.happening, 'slip');
  const proof = hasPaper(factory, posting.document, instead) ? 'record' : 'fit';
  return [
    ...answers('substitution', proof, 'substitute', [other]),
    ...answers('substitution', proof, 'substitute', [found.line], -1),
  ];
};

const duplicate: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'issued', within(-300 * DAY, -3 * DAY));
  if (!found) return [];
  const { posting } = found.happening;
  const hasDocument = random.chance(0.75);
  if (!hasDocument) posting.document = null;
  const later = hasDocument && random.chance(0.5) ? random.between(5, DAY) : 0;
  const again = {
    ...posting,
    id: `${posting.id}-D`,
    occurredAt: shifted(posting.occurredAt, later),
    recordedAt: shifted(posting.recordedAt, later + random.between(5, 600)),
  };
  factory.happenings.push({ truth: null, posting: again });
  const proof = hasDocument ? 'record' : 'fit';
  return answers('duplicate', proof, hasDocument ? 'same paper' : 'no paper', posting.lines, -1);
};

/** Entered by mistake and taken back by a note, or corrected; the reversal never came. */
const unreversed =
  (isNoted: boolean): Fault =>
  (factory, part, random) => {
    const found = pick(factory, part, random, 'issued', within(-300 * DAY, -3 * DAY));
    if (!found) return [];
    const { posting } = found.happening;
    const step = part.step * (1 + random.int(40));
    const wrong = { ...found.line, quantity: found.line.quantity + step, sent: null };
    const id = `${posting.id}-W`;
    const recordedAt = shifted(posting.recordedAt, -5);
    const document = isNoted ? `PX${posting.id}` : posting.document;
    const entered = { ...posting, id, document, recordedAt, lines: [wrong] };
    const mistake: Happening = { truth: null, posting: entered };
    factory.happenings.push(mistake);
    if (isNoted) slip(factory, wrong, mistake, 'cancellation', { document: id, at: recordedAt });
    const story = isNoted ? 'cancelled' : 'corrected';
    return answers('missingReversal', isNoted ? 'record' : 'fit', story, [wrong], -1);
  };

const arrival: Fault = (factory, part, random) => {
  const fit = factory.happenings.filter(
    (it) =>
      it.posting?.kind === 'arrived' &&
      it.posting.lines[0]?.part === part.part &&
      it.truth !== null &&
      it.truth.at < COUNTED_AT &&
      !spoilt.has(it),
  );
  if (fit.length === 0) return [];
  const happening = random.pick(fit);
  spoilt.add(happening);
  const isSeen = random.chance(0.5);
  const lines = happening.truth?.lines ?? [];
  if (isSeen) for (const line of lines) slip(factory, line, happening, 'gate');
  happening.posting = null;
  return answers('inTransit', isSeen ? 'record' : 'fit', 'arrived unsaid', lines);
};

const onTheWay: Fault = (factory, part, random) => {
  const line = shortLine(part, random, at('customsIn'), raw);
  const when = shifted(COUNTED_AT, random.between(1, 4) * DAY);
  const document = `QDY${factory.happenings.length}`;
  const happening = happen(factory, 'imported', { order: null, document, at: when, lines: [line] });
  spoilt.add(happening);
  slip(factory, line, happening, 'gate');
  if (happening.posting) {
    happening.posting.occurredAt = shifted(COUNTED_AT, -random.between(1, 5) * DAY);
    happening.posting.recordedAt = shifted(happening.posting.occurredAt, 30);
  }
  return answers('inTransit', 'record', 'booked before it came', [line], -1);
};

const flaggedDomestic: Fault = (factory, part, random) => {
  const found = pick(factory, part, random, 'issued');
  if (!found) return [];
  const { posting } = found.happening;
  const lot = random.chance(0.5) ? `L${part.part}-3` : null;
  const wrong = { ...found.line, bonded: false, lot };
  posting.lines = posting.lines.map((line) => (line === found.line ? wrong : line));
  return answers('bondedMixed', lot ? 'record' : 'fit', 'bonded as domestic', [found.line]);
};

/** Domestic goods issued as bonded: a slip says so, or nobody; one that names its domestic lot is held. */
const flaggedBonded: Fault = (factory, part, random) => {
  const order = random.pick(factory.orders);
  const isNamed = random.chance(0.3);
  const lot = isNamed ? `DOM${factory.happenings.length}` : null;
  const line = { ...shortLine(part, random, raw, process), lot };
  const when = someTime(random);
  const document = `PD${factory.happenings.length}`;
  const told = { order: order.order, document, at: when, lines: [line] };
  const happening = happen(factory, 'issued', told);
  spoilt.add(happening);
  happening.truth = null;
  const more = { lot, bonded: false, document: `DR${document}`, at: shifted(when, -3 * DAY) };
  const came = { ...line, from: null, to: raw };
  slip(factory, came, happening, 'receipt', { ...more, order: null });
  if (isNamed) {
    if (happening.posting) happening.posting.state = 'held';
    return [];
  }
  const isSeen = random.chance(0.5);
  if (isSeen) slip(factory, line, happening, 'slip', { bonded: false, at: when });
  return answers('bondedMixed', isSeen ? 'record' : 'none', 'domestic as bonded', [line], -1);
};

const rework =
  (isReal: boolean): Fault =>
  (factory, part, random) => {
    const found = pick(factory, part, random, 'issued', within(-300 * DAY, -20 * DAY));
    const first = factory.orders.find(({ order }) => order === found?.happening.posting.order);
    const made = factory.happenings.find(
      (it) => it.posting?.kind === 'received' && it.posting.order === first?.order,
    );
    const isFinished = first?.product.startsWith('F') && first.reworks === null;
    if (!found || !first || !made || !isFinished || spoilt.has(made)) return [];
    spoilt.add(made);
    const order = `RW${factory.orders.length}`;
    const planned = Math.min(first.received, UNIT * (1 + random.int(4)));
    factory.orders.push({
      ...{ ...first, order, planned, received: planned, rejected: 0, reworks: first.order },
    });
    const isSame = random.chance(0.5);
    const some = shortLine(part, random, raw, process);
    const line = isSame ? { ...found.line, lot: null } : some;
    const when = shifted(found.happening.truth.at, random.between(4, 10) * DAY);
    const store = at('finished');
    const taken = { ...lineFor(first.product, planned, store, process), lot: first.order };
    const told = { order, document: `PL${order}`, at: when, lines: [taken, line] };
    const happening = happen(factory, 'issued', told);
    spoilt.add(happening);
    const back = lineFor(first.product, planned, at('made'), store);
    const later = shifted(when, 300);
    happen(factory, 'received', { order, document: `GR${order}`, at: later, lines: [back] });
    if (isReal) return [];
    if (happening.truth) happening.truth.lines = [taken];
    return answers('reworkTwice', isSame ? 'record' : 'fit', 'rework', [line], -1);
  };

const outputMissing: Fault = (factory, _, random) => {
  const fit = factory.happenings.filter(
    (it) =>
      it.posting?.kind === 'received' && it.truth && it.truth.at < COUNTED_AT && !spoilt.has(it),
  );
  const happening = random.pick(fit);
  spoilt.add(happening);
  const lines = happening.truth?.lines ?? [];
  for (const line of lines) slip(factory, line, happening, 'stockBill');
  happening.posting = null;
  return answers('notPosted', 'record', 'output missing', lines);
};

const domesticCountedIn: Fault = (factory, part, random) => {
  const line = shortLine(part, random, null, raw);
  const happening: Happening = { truth: { at: someTime(random), lines: [line] }, posting: null };
  factory.happenings.push(happening);
  const document = `DC${factory.happenings.length}`;
  slip(factory, line, happening, 'receipt', { bonded: false, document });
  return answers('bondedMixed', 'fit', 'domestic counted in', [line]);
};

export const FAULTS: Readonly<Record<string, Fault>> = {
  ...{ late, held: stopped('held'), refused: stopped('refused'), sentAgain, lineMissing },
  ...{ importMissing, outputMissing, early, atTheGate, datedAfter, unit, version },
  ...{ scrapSlip: scrap(true), scrap: scrap(false), substitution, duplicate },
  ...{ cancelled: unreversed(true), corrected: unreversed(false), arrival, onTheWay },
  ...{ flaggedDomestic, flaggedBonded, domesticCountedIn },
  ...{ rework: rework(false), realRework: rework(true) },
};
