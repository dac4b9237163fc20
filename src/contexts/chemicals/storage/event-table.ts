import { Refused } from '../../../kernel/refusal.ts';
import { readCsv } from '../../pool/index.ts';
import { EVENTS_MAX } from './contract.ts';

/** Columns of a table of position changes; those of one container's goods stand beside it. */
const TOP = new Set(['id', 'kind', 'container', 'slot', 'occurredAt']);
const PAPERS = new Set(['booking', 'bill', 'declaration']);
const NUMBERS = new Set(['percent']);
const FLAGS = new Set(['isHazardousChemical', 'isTemperatureControlled']);

/**
 * Position changes out of a file: NDJSON, one event a line, or CSV with a head row and one kind of
 * goods a container. What a line means is decided later, so that each has its own answer.
 */
export async function readYardEvents(bytes: Buffer): Promise<unknown[]> {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const events = text.trimStart().startsWith('{') ? ndjson(text) : await csv(text);
  if (events.length > EVENTS_MAX) {
    const params = { max: EVENTS_MAX, rows: events.length };
    throw new Refused('invalid', { code: 'chemicals.too_many_events', params });
  }
  return events;
}

/** A line that is no JSON stays text, and is refused as an event. */
function ndjson(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        return line;
      }
    });
}

async function csv(text: string): Promise<unknown[]> {
  let head: readonly string[] | null = null;
  const events: unknown[] = [];
  for await (const records of readCsv(whole(text), ',')) {
    for (const { fields, isMalformed, line } of records) {
      if (isMalformed) {
        throw new Refused('invalid', { code: 'chemicals.table_malformed', params: { line } });
      }
      if (!head) head = fields.map((name) => name.trim());
      else if (fields.some((field) => field.trim() !== '')) events.push(eventOf(head, fields));
    }
  }
  return events;
}

async function* whole(text: string): AsyncIterable<string> {
  yield text;
}

function eventOf(head: readonly string[], fields: readonly string[]): unknown {
  const event: Record<string, unknown> = {};
  const goods: Record<string, unknown> = {};
  const papers: Record<string, unknown> = {};
  head.forEach((name, index) => {
    const cell = fields[index]?.trim() ?? '';
    if (cell === '') return;
    const target = TOP.has(name) ? event : PAPERS.has(name) ? papers : goods;
    target[name] = cellOf(name, cell);
  });
  if (event.kind !== 'stored') return event;
  return {
    ...event,
    goods: Object.keys(goods).length > 0 ? [goods] : [],
    papers: { booking: null, bill: null, declaration: null, ...papers },
  };
}

function cellOf(name: string, cell: string): unknown {
  if (name === 'subsidiary') return cell.split(/[\s;,]+/);
  if (NUMBERS.has(name)) return Number(cell);
  if (FLAGS.has(name)) return /^(1|true|yes|是)$/i.test(cell);
  return cell;
}
