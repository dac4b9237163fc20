// What no reader may guess at, or must not touch, is refused, and says why: what is cut off, what is no message of ours,
// what says nothing, and what was made to do harm.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MESSAGE_BYTES_MAX } from '../contract.ts';
import { readMessage } from './read.ts';

const fixture = (file: string): string =>
  readFileSync(new URL(`../standards/${file}`, import.meta.url), 'utf8');
const inventory = fixture('goldgate/fixtures/inv101.xml');
const order = fixture('ceb/fixtures/ceb311-order.xml');
const manifest = fixture('cuscar/fixtures/manifest.edi');

describe('refused, with the reason', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Signature>&b;</Signature>`;
  test.each([
    ['an entity bomb', bomb, 'messages.document_type'],
    [
      'an external entity',
      '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
      'messages.document_type',
    ],
    ['half an XML file', inventory.slice(0, inventory.length / 2), 'messages.cut_off'],
    ['half an interchange', manifest.slice(0, manifest.length / 2), 'messages.cut_off'],
    [
      'half of one in a single line',
      manifest.replaceAll('\n', '').slice(0, 300),
      'messages.cut_off',
    ],
    ['a message without its end', manifest.replace(/UNT[\s\S]*/, ''), 'messages.cut_off'],
    [
      'a closing tag that is missing',
      order.replace('</OrderHead>', ''),
      'messages.not_well_formed',
    ],
    [
      'two ends of one element',
      order.replace('</qty>', '</qty></qty>'),
      'messages.not_well_formed',
    ],
    [
      'a parameter entity',
      '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://x/">%p;]><a/>',
      'messages.document_type',
    ],
    [
      'an envelope without a message',
      inventory.replace(/<InvtMessage>[\s\S]*<\/InvtMessage>/, ''),
      'messages.standard_unknown',
    ],
    ['a service message', manifest.replaceAll('CUSCAR:D', 'CONTRL:D'), 'messages.standard_unknown'],
    [
      'an interchange cut behind a segment',
      manifest.slice(0, manifest.indexOf('CNI+2')),
      'messages.cut_off',
    ],
    [
      'tags that do not close',
      inventory.replace('</GdsNm>', '</GdsMn>'),
      'messages.not_well_formed',
    ],
    ['a manifest that does not begin', manifest.replace(/BGM.*\n/, ''), 'messages.missing'],
    [
      'a manifest of nothing, with no number',
      manifest.replace('MAN2026001', '').replace(/CNI[\s\S]*(?=UNT)/, ''),
      'messages.says_nothing',
    ],
    [
      'a declaration of nobody knows what',
      '<Declaration xmlns="urn:wco:datamodel:WCO:DEC-DMS:2"><FunctionCode>9</FunctionCode></Declaration>',
      'messages.says_nothing',
    ],
    [
      'a list that comes as a passport',
      inventory.replaceAll('InvtMessage>', 'PassPortMessage>'),
      'messages.missing',
    ],
    [
      'orders without their heads',
      order.replace(/<OrderHead>[\s\S]*<\/OrderHead>/, ''),
      'messages.missing',
    ],
    [
      'lines of no list',
      inventory.replace(/<InvtHeadType>[\s\S]*<\/InvtHeadType>/, ''),
      'messages.missing',
    ],
    ['nothing', '', 'messages.empty'],
    ['JSON', '{"standard":"INV101"}', 'messages.not_a_message'],
    ['prose', 'Dear customs, please find our list attached.', 'messages.not_a_message'],
    ['bytes', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0, 0]), 'messages.not_a_message'],
    ['HTML', '<html><body><p>Not found</p></body></html>', 'messages.standard_unknown'],
    [
      'another message of EDIFACT',
      manifest.replaceAll('CUSCAR', 'INVOIC'),
      'messages.standard_unknown',
    ],
    [
      'an order of unknown number',
      order.replaceAll('CEB311', 'CEB399'),
      'messages.standard_unknown',
    ],
    ['a tower of elements', '<a>'.repeat(10_000), 'messages.too_complex'],
    ['more than is read', Buffer.alloc(MESSAGE_BYTES_MAX + 1, 0x20), 'messages.too_large'],
  ] as const)('%s', (_, message, code) => {
    const { documents, problems } = readMessage(Buffer.from(message as string));
    expect(documents).toEqual([]);
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});
