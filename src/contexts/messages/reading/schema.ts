import { readFile } from 'node:fs/promises';
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
  xmlRegisterFsInputProviders();
  const xsd = await schemaOf(schema);
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
  } finally {
    xsd.dispose();
  }
}

async function schemaOf(file: string): Promise<XsdValidator> {
  let source: XmlDocument | null = null;
  try {
    source = XmlDocument.fromBuffer(await readFile(file), {
      url: file,
      option: ParseOption.XML_PARSE_NONET,
    });
    return XsdValidator.fromDoc(source);
  } catch (error) {
    throw new Refused('invalid', {
      code: 'messages.schema_unusable',
      seen: seen(file),
      params: { said: error instanceof Error ? error.message.slice(0, 300) : '' },
    });
  } finally {
    source?.dispose();
  }
}
