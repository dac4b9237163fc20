import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Log } from '../../../../platform/log.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { List } from '../../language/index.ts';
import {
  type BookIndex,
  type BookList,
  type BookRule,
  bookVersion,
  createBookList,
  EMPTY_BOOK,
  type RuleBook,
} from '../book.ts';
import { unpackValues } from '../entries.ts';
import { createJudge } from '../judge.ts';
import * as store from '../store.ts';

export interface BooksOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes over a book that has come into force; decisions from then on are made by it. */
  readonly use: (book: RuleBook) => void;
  /** How often to ask whether another server has published. */
  readonly pollMs?: number;
}

/** The books of the port: the one in force, and those that decisions replay by. */
export interface Books {
  /** The book this server decides by. */
  readonly current: RuleBook;
  /** Brings the newest book into force here; does nothing when it already is. */
  refresh(): Promise<void>;
  /**
   * Makes the next book from the one in force, in the caller's transaction. Publishing is one at a
   * time at all servers: whoever comes second waits, and builds on the first. `refresh` afterwards.
   */
  change(
    tx: Tx,
    by: string,
    next: (index: BookIndex) => BookIndex,
  ): Promise<{ readonly version: string }>;
  /** Any book there ever was. */
  find(version: string): Promise<RuleBook | null>;
  /** Published lists by name, for texts that no book holds yet. */
  withLists(names: readonly string[]): Promise<Pick<RuleBook, 'lists'>>;
  /** Follows what other servers publish, until stopped. */
  start(): void;
  stop(): void;
}

const POLL_MS = 5_000;
/** Old books at hand for replays. */
const BOOKS_KEPT = 16;

export function createBooks({ db, clock, log, use, pollMs = POLL_MS }: BooksOptions): Books {
  const shelf = createShelf();
  const found = new Map<string, RuleBook>([[EMPTY_BOOK.version, EMPTY_BOOK]]);
  let current = EMPTY_BOOK;
  let currentSeq = 0n;
  let timer: NodeJS.Timeout | null = null;

  function keep(book: RuleBook): RuleBook {
    if (found.size >= BOOKS_KEPT) found.clear();
    found.set(book.version, book);
    return book;
  }

  async function refresh(): Promise<void> {
    if (BigInt(await store.headBookSeq(db)) <= currentSeq) return;
    const head = await store.findHeadBook(db);
    const book = await shelf.open(db, head.index);
    // While it was being read, a newer one may have taken its place.
    if (BigInt(head.seq) <= currentSeq) return;
    use(book);
    current = keep(book);
    currentSeq = BigInt(head.seq);
    shelf.tidy(book);
    log.info({ book: book.version, rules: book.rules.length }, 'rule book in force');
  }

  return {
    get current() {
      return current;
    },
    refresh,

    async change(tx, by, next) {
      await store.lockBooks(tx);
      const head = await store.findHeadBook(tx);
      const index = next(head.index);
      const version = bookVersion(index);
      if (version === bookVersion(head.index)) return { version };
      const at = clock.now();
      // It must compile before it is in force anywhere.
      createJudge(await shelf.open(tx, index))({}, localDateOf(at));
      await store.saveBook(tx, { version, index, by, at });
      return { version };
    },

    async find(version) {
      const known = found.get(version);
      if (known) return known;
      const index = await store.findBook(db, version);
      return index ? keep(await shelf.open(db, index)) : null;
    },

    async withLists(names) {
      const { index } = await store.findHeadBook(db);
      const lists = new Map<string, BookList>();
      for (const name of names) {
        const published = index.lists[name];
        if (published) lists.set(name, await shelf.openList(db, name, published));
      }
      return { lists };
    },

    start() {
      const poll = (): void => {
        refresh()
          .catch((error: unknown) => log.error({ error }, 'the rule book could not be read'))
          .finally(() => {
            if (timer) timer = setTimeout(poll, pollMs).unref();
          });
      };
      timer ??= setTimeout(poll, pollMs).unref();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}

/**
 * Rules and lists as books hold them, each read once. They are known by hash of content: a
 * transaction that came to nothing may have read a version that never was.
 */
function createShelf() {
  const rules = new Map<string, store.KeptVersion>();
  const lists = new Map<string, BookList>();

  async function open(db: Db, index: BookIndex): Promise<RuleBook> {
    const absent = index.rules.filter(({ content }) => !rules.has(content));
    for (const { id: _, version: __, ...kept } of await store.findVersions(db, absent)) {
      rules.set(contentHash(kept), kept);
    }
    const opened = index.rules.map(({ content, id, version, standing, snoozes }): BookRule => {
      const kept = rules.get(content);
      if (!kept) throw new Error(`Version ${version} of rule ${id} is not what its book says.`);
      return { ...kept, id, version, standing, snoozes };
    });
    const asked = new Set(opened.flatMap((rule) => rule.lists));
    const chosen = new Map<string, BookList>();
    for (const [name, published] of Object.entries(index.lists)) {
      if (asked.has(name)) chosen.set(name, await openList(db, name, published));
    }
    return { version: bookVersion(index), rules: opened, lists: chosen };
  }

  async function openList(
    db: Db,
    name: string,
    { version, hash }: BookIndex['lists'][string],
  ): Promise<BookList> {
    const key = `${name}@${version} ${hash}`;
    const known = lists.get(key);
    if (known) return known;
    const kept = await store.findList(db, name, version);
    if (kept?.hash !== hash) throw new Error(`Version ${version} of list ${name} is not there.`);
    const { entries, ...list } = kept;
    const { values, untils } = await unpackValues(entries);
    const made = createBookList({ ...list, values: values as List['values'], untils });
    lists.set(key, made);
    return made;
  }

  return {
    open,
    openList,
    /** Lists may be long: only those of the book in force stay at hand. */
    tidy(book: RuleBook): void {
      const held = new Set(book.lists.values());
      for (const [key, list] of lists) if (!held.has(list)) lists.delete(key);
    },
  };
}
