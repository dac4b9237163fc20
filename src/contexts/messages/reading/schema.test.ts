// A schema the reader gives is asked as well: what it finds is told beside what we found, and a schema that
// is none is refused.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { validateBySchema } from './schema.ts';

const XSD = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="code.xsd"/>
  <xs:element name="list"><xs:complexType><xs:sequence><xs:element name="code" type="code"/></xs:sequence></xs:complexType></xs:element></xs:schema>`;
const CODE = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="code">
  <xs:restriction base="xs:string"><xs:length value="3"/></xs:restriction></xs:simpleType></xs:schema>`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-schema-'));
  await writeFile(join(folder, 'list.xsd'), XSD);
  await writeFile(join(folder, 'code.xsd'), CODE);
  await writeFile(join(folder, 'none.xsd'), '<not-a-schema/>');
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (message: string, schema = 'list.xsd') =>
  validateBySchema(Buffer.from(message), join(folder, schema));

test('what a schema says is told with its line', async () => {
  expect(await ask('<list><code>502</code></list>')).toEqual([]);
  const told = await ask('<list>\n<code>50</code></list>');
  expect(told.map(({ code, line, severity }) => ({ code, line, severity }))).toContainEqual({
    code: 'messages.schema',
    line: 2,
    severity: 'error',
  });
  // A schema is kept until it, or one it includes, is written anew.
  await writeFile(join(folder, 'code.xsd'), CODE.replace('value="3"', 'value="12"'));
  expect(await ask('<list><code>502</code></list>')).not.toEqual([]);
  expect(await ask('<list><code>502502502502</code></list>')).toEqual([]);
  await expect(ask('<list/>', 'none.xsd')).rejects.toThrow(Refused);
  await expect(ask('<list/>', 'absent.xsd')).rejects.toThrow(/schema_unusable/);
});
