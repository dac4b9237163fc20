import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { parseDecimal, toText } from '../../kernel/decimal.ts';
import type { Cell, ColumnType, TableColumn } from './analytics.ts';

/** How each type of the port is written in DuckDB's SQL. Decimals are as wide as the kernel's. */
export const SQL_TYPES: Readonly<Record<TableColumn['type'], string>> = {
  text: 'varchar',
  integer: 'bigint',
  decimal: 'decimal(38, 10)',
  real: 'double',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamp',
  json: 'json',
};

const INTEGERS = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
]);

export function columnTypeOf(type: DuckDBTypeId, alias: string | undefined): ColumnType {
  if (INTEGERS.has(type)) return 'integer';
  switch (type) {
    case DuckDBTypeId.VARCHAR:
      return alias === 'JSON' ? 'json' : 'text';
    case DuckDBTypeId.DECIMAL:
      return 'decimal';
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.FLOAT:
      return 'real';
    case DuckDBTypeId.BOOLEAN:
      return 'boolean';
    case DuckDBTypeId.DATE:
      return 'date';
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return 'instant';
    default:
      return 'other';
  }
}

/** A driver's value as a cell; lists, structs and other rare values as the engine writes them. */
export function toCell(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return fromBigInt(value);
  if (value instanceof DuckDBDecimalValue) {
    return toText({ coefficient: value.value, scale: value.scale });
  }
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    return value.isFinite ? instantText(value.micros) : value.toString();
  }
  return value.toString();
}

function fromBigInt(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

const LAST_MOMENT = 8_640_000_000_000_000n;

function instantText(micros: bigint): string {
  const ms = micros / 1000n;
  if (ms > LAST_MOMENT || ms < -LAST_MOMENT) return `${micros} µs`;
  return new Date(Number(ms)).toISOString();
}

/** A cell as the driver wants it for a column of this type; refuses what would be stored wrong. */
export function fromCell(cell: Cell, type: TableColumn['type']): DuckDBValue {
  if (cell === null) return null;
  switch (type) {
    case 'text':
    case 'json':
      return String(cell);
    case 'boolean':
      if (typeof cell !== 'boolean') throw wrong(cell, type);
      return cell;
    case 'real':
      if (typeof cell !== 'number') throw wrong(cell, type);
      return cell;
    case 'integer':
      if (typeof cell === 'number' ? !Number.isSafeInteger(cell) : !/^-?\d+$/.test(String(cell))) {
        throw wrong(cell, type);
      }
      return BigInt(cell);
    case 'decimal':
      return decimalValue(cell);
    case 'date': {
      const ms = Date.parse(`${cell}T00:00:00.000Z`);
      if (!Number.isFinite(ms)) throw wrong(cell, type);
      return new DuckDBDateValue(ms / 86_400_000);
    }
    case 'instant': {
      const ms = Date.parse(String(cell));
      if (!Number.isFinite(ms)) throw wrong(cell, type);
      return new DuckDBTimestampValue(BigInt(ms) * 1000n);
    }
  }
}

function decimalValue(cell: Cell): DuckDBDecimalValue {
  const value = parseDecimal(String(cell));
  if (!value) throw wrong(cell, 'decimal');
  return new DuckDBDecimalValue(value.coefficient * 10n ** BigInt(10 - value.scale), 38, 10);
}

const wrong = (cell: Cell, type: string): TypeError =>
  new TypeError(`Not a value for a column of type ${type}: ${cell}`);
