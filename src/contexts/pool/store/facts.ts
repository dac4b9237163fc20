import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { type Analytics, quoteName, quoteText } from '../../../platform/analytics/analytics.ts';
import { openDuckdb } from '../../../platform/analytics/duckdb.ts';
import type { FactValue } from '../../facts/index.ts';
import type { Mapping } from '../contract.ts';
import { countStaged, goodRows, type Reject, readRejects, type Staged, stage } from './staging.ts';

/** One row of a file as facts: what a decision may read, and nothing of how it turned out. */
export interface FactRow {
  readonly line: number;
  readonly id: string;
  readonly date: string;
  readonly facts: Readonly<Record<string, FactValue>>;
}

export interface FactReader {
  readonly rows: number;
  readonly rejected: number;
  rejects(): AsyncIterable<Reject>;
  /** In order of date, then of line, so that a decision never looks ahead. */
  batches(): AsyncIterable<readonly FactRow[]>;
  close(): Promise<void>;
}

/**
 * Reads a file through a mapping. Columns of outcomes are not read at all. Bad rows are set aside
 * and told by `rejects`; a file larger than the memory is ordered on disk.
 */
export async function openFactReader(file: string, mapping: Mapping): Promise<FactReader> {
  await access(file, constants.R_OK).catch(() => {
    throw new Refused('invalid', { code: 'pool.file_not_found', seen: seen(file) });
  });
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-facts-'));
  const analytics = await openDuckdb({ file: join(folder, 'facts.duckdb') });
  const close = async (): Promise<void> => {
    await analytics.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const staged = await stage(analytics, file, mapping, {
      table: 'staged',
      isTemporary: false,
      folder,
      isWithLabels: false,
    });
    return {
      ...(await countStaged(analytics, staged.table)),
      rejects: () => readRejects(analytics, staged.table),
      batches: () => readFacts(analytics, staged, mapping),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Each row's facts come as one JSON text, which the engine writes and Node parses several times
 * faster than values can be fetched from the engine one by one.
 */
async function* readFacts(
  analytics: Analytics,
  { table, parsing }: Staged,
  mapping: Mapping,
): AsyncIterable<readonly FactRow[]> {
  const constants = Object.entries(mapping.constants).map(
    ([name, value]) => `${quoteText(name)}: ${quoteText(value)}`,
  );
  const facts = parsing.columns
    .filter(({ isLabel, to }) => !isLabel && to !== mapping.date)
    .map(({ to, sqlType }) => {
      const isDecimal = sqlType.startsWith('decimal');
      const value = isDecimal ? `cast(${quoteName(to)} as double)` : quoteName(to);
      return `${quoteText(to)}: ${value}`;
    });
  const [id, date] = [quoteName(mapping.id), quoteName(mapping.date)];
  const chunks = analytics.stream(`
    select line, ${id}, ${date}, to_json({${[...constants, ...facts].join(', ')}})
    from ${goodRows(table)} order by ${date}, line`);
  for await (const chunk of chunks) {
    yield chunk.map(([line, id, date, facts]) => ({
      line: Number(line),
      id: String(id),
      date: String(date),
      facts: JSON.parse(String(facts)) as FactRow['facts'],
    }));
  }
}
