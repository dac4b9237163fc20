import { AssertionError } from 'node:assert';
import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Answer, Book } from './decide.ts';
import type { FreshRows } from './fresh.ts';
import { linesOf, type PostRequest } from './request.ts';
import { decideInto, emptyRound, type Round, writeRound } from './round.ts';
import type { Tenure } from './tenure.ts';

/** Requests share a transaction up to so many events and lines: few enough that nobody waits long. */
const ROUND_EVENTS_MAX = 200;
const ROUND_LINES_MAX = 5_000;

export interface PipelineDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the hashes of written rows are left for the sealer. */
  readonly fresh?: FreshRows;
}

/** A request, and whoever waits for its answers. */
export interface Posted {
  readonly request: PostRequest;
  resolve(answers: readonly Answer[]): void;
  reject(error: unknown): void;
}

/** Somebody who wants to work on a book that is on disk. */
export interface Look<B> {
  run(book: B): void;
  reject(error: unknown): void;
}

/** What is waited for, in the order it came. */
export interface Queue<B> {
  readonly posts: Posted[];
  readonly looks: Look<B>[];
  /** Told of posts that are taken from the queue. */
  taken(posts: readonly Posted[]): void;
  /** Resolves when something more came. */
  more(): Promise<void>;
}

/** A round on its way to the disk. */
interface Flight {
  readonly round: Round<Posted>;
  outcome: 'flying' | 'written' | 'failed';
  readonly landed: Promise<void>;
}

/**
 * Works off what waits. While one round is on its way to the disk the next is decided, and grows until the way is free:
 * deciding and writing overlap, and rounds reach the disk one after another, each answered when it is there. Looks, and
 * snapshots, have their turn when nothing is in the book that is not on disk.
 *
 * When a round fails, what was decided behind it never happened either: both are told `interrupted`, and the book is
 * made again from the journal.
 */
export async function workOff<B extends Book>(
  deps: PipelineDeps & { readonly ledger: string; readonly interrupted: () => Error },
  queue: Queue<B>,
  tenure: Tenure<B>,
): Promise<void> {
  let flight: Flight | null = null;
  let next = emptyRound<Posted>();
  let isBroken = false;
  for (let { book } = tenure; book && !isBroken; { book } = tenure) {
    if (flight && flight.outcome !== 'flying') {
      isBroken = flight.outcome === 'failed';
      flight = null;
      continue;
    }
    if (!flight && next.requests.length > 0) {
      flight = send(deps, book, next);
      next = emptyRound();
    }
    if (!flight) {
      tenure.written();
      for (const { run } of queue.looks.splice(0)) run(book);
    }
    const isHushed = queue.looks.length > 0 || tenure.isSnapshotDue;
    const posts = isHushed ? [] : takeFitting(queue.posts, next);
    if (posts.length > 0) {
      queue.taken(posts);
      isBroken = !(await decide(deps, book, next, posts, flight));
    } else if (flight) await Promise.race([flight.landed, queue.more()]);
    else if (queue.posts.length + queue.looks.length === 0) return;
  }
  await flight?.landed;
  for (const { reject } of next.requests) reject(deps.interrupted());
  if (isBroken) tenure.renew();
}

async function decide<B extends Book>(
  deps: Parameters<typeof workOff>[0],
  book: B,
  round: Round<Posted>,
  posts: readonly Posted[],
  flight: Flight | null,
): Promise<boolean> {
  try {
    await decideInto(round, { ...deps, book }, posts, flight?.round ?? null);
    return true;
  } catch (error) {
    fail(deps, round, error);
    round.requests.length = 0;
    return false;
  }
}

function send<B extends Book>(
  deps: Parameters<typeof workOff>[0],
  book: B,
  round: Round<Posted>,
): Flight {
  const writing = writeRound({ ...deps, book }, round);
  const landed = writing.then(
    () => {
      flight.outcome = 'written';
      deps.fresh?.add(deps.ledger, round.recorded);
      round.requests.forEach(({ resolve }, index) => {
        resolve(round.answers[index] ?? []);
      });
    },
    (error: unknown) => {
      flight.outcome = 'failed';
      fail(deps, round, error);
    },
  );
  const flight: Flight = { round, outcome: 'flying', landed };
  return flight;
}

/** Whoever sends what the book breaks on must not be asked to send it again. */
function fail(
  { log, ledger, interrupted }: Parameters<typeof workOff>[0],
  { requests }: Round<Posted>,
  error: unknown,
): void {
  log.error({ err: error, ledger }, 'Events could not be written.');
  const told = error instanceof AssertionError ? error : interrupted();
  for (const { reject } of requests) reject(told);
}

/** The requests, in the order they came, that still fit into a round: the first into an empty one, whatever its size. */
function takeFitting(waiting: Posted[], round: Round<Posted>): Posted[] {
  let { events, lines } = round;
  let count = 0;
  for (const { request } of waiting) {
    events += request.events.length;
    lines += linesOf(request);
    const isFirst = round.events === 0 && count === 0;
    if (!isFirst && (events > ROUND_EVENTS_MAX || lines > ROUND_LINES_MAX)) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
