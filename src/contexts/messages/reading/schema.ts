import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ParseOption, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Problem } from './problems.ts';

const NOTHING_FETCHED = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;

/**
 * What a schema finds wrong with an XML message that has been read before, so that it has no document type.
 * The schema is the operator's own file; schemas it includes are looked for beside it.
 */
export async function validateBySchema(bytes: Buffer, schema: string): Promise<Problem[]> {
  const edition = await editionOf(schema);
  const source = await readFile(schema).catch((error: unknown) => refuseSchema(schema, error));
  const xsd = schemaOf(schema, edition, source);
  try {
    const document = XmlDocument.fromBuffer(bytes, { option: NOTHING_FETCHED });
    try {
      xsd.validate(document);
      return [];
    } finally {
      document.dispose();
    }
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return error.details.map(({ message, line }) => ({
      code: 'messages.schema',
      path: '',
      severity: 'error',
      params: { said: message.trim() },
      ...(line > 0 && { line }),
    }));
  }
}

interface Kept {
  readonly file: string;
  /** When the schema and those beside it were last written, and how long they are. */
  readonly edition: string;
  readonly xsd: XsdValidator;
}

/** The schema asked for last: making one takes fifty times as long as checking a message by it. */
let kept: Kept | null = null;

function schemaOf(file: string, edition: string, source: Buffer): XsdValidator {
  if (kept?.file === file && kept.edition === edition) return kept.xsd;
  const xsd = compiled(file, source);
  kept?.xsd.dispose();
  kept = { file, edition, xsd };
  return xsd;
}

async function editionOf(file: string): Promise<string> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  const schemas = names.filter((name) => name.endsWith('.xsd')).map((name) => join(folder, name));
  const written = await Promise.all(
    [file, ...schemas].map((one) =>
      stat(one).then(
        ({ mtimeMs, size }) => `${one} ${mtimeMs} ${size}`,
        () => one,
      ),
    ),
  );
  return written.join('\n');
}

function compiled(file: string, source: Buffer): XsdValidator {
  xmlRegisterFsInputProviders();
  let document: XmlDocument | null = null;
  try {
    document = XmlDocument.fromBuffer(source, {
      url: file,
      option: ParseOption.XML_PARSE_NONET,
    });
    return XsdValidator.fromDoc(document);
  } catch (error) {
    return refuseSchema(file, error);
  } finally {
    document?.dispose();
  }
}

function refuseSchema(file: string, error: unknown): never {
  throw new Refused('invalid', {
    code: 'messages.schema_unusable',
    seen: seen(file),
    params: { said: error instanceof Error ? error.message.slice(0, 300) : '' },
  });
}
