import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { LAPTOP, PHONE, type Reader } from './browser.ts';

const OUTPUT = fileURLToPath(new URL('./.output/', import.meta.url));
/** What a page shows while it waits for its answers. */
const WAITING =
  '.placeholder, .record-wait, .promise-wait, .chart-wait, .wait, [aria-busy=true], .ant-btn-loading';
/** The sixth row of a list tells nothing that the five before it did not, and axe takes its time over each. */
const FURTHER_ROWS = 'tbody tr:nth-child(n + 6), .work-item:nth-child(n + 6)';
/** What is in order is not listed, and no style sheet fetched again for a rule that does not run: a third of the time. */
const ONLY_FAULTS: Parameters<AxeBuilder['options']>[0] = {
  resultTypes: ['violations'],
  preload: false,
};

/** What may differ on another screen, in the dark or in the other language; the rest of a page is what it was. */
const MAY_DIFFER = [
  ...['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'html-lang-valid'],
  ...['button-name', 'link-name', 'label', 'input-button-name', 'aria-input-field-name'],
  ...[
    'aria-command-name',
    'aria-toggle-field-name',
    'image-alt',
    'svg-img-alt',
    'page-has-heading-one',
  ],
];

/**
 * Looks at the page as it stands: accessible (axe), no wider than the screen, nothing untranslated,
 * no complaint from the browser. Keeps a picture for people to look at.
 */
export async function look(
  reader: Reader,
  name: string,
  rules: readonly string[] | null = null,
): Promise<void> {
  const shot = await glance(reader, name);
  const { violations } = await new AxeBuilder({ page: reader.page })
    .setLegacyMode()
    .options({ ...ONLY_FAULTS, ...(rules && { runOnly: [...rules] }) })
    .exclude(FURTHER_ROWS)
    .analyze();
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
  expect.soft(faults, `${shot}: accessible`).toEqual([]);
}

/** As `look`, without axe. */
async function glance({ page, complaints }: Reader, name: string): Promise<string> {
  await settle(page);
  const seen = await page.evaluate(readPage);
  const shot = `${name}-${seen.language}-${seen.theme}-${seen.width}`;
  await mkdir(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${shot}.png`) });
  expect.soft(seen.tooWide, `${shot}: nothing wider than the screen`).toEqual([]);
  expect.soft(seen.keys, `${shot}: every text is translated`).toEqual([]);
  expect.soft(complaints.splice(0), `${shot}: the browser does not complain`).toEqual([]);
  return shot;
}

/** As it stands, and once as different as can be: on a phone, in the dark, in the other language. */
export async function lookTwice(reader: Reader, name: string): Promise<void> {
  const { page } = reader;
  await look(reader, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(PHONE);
  await changeLanguage(page);
  await look(reader, name, MAY_DIFFER);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(LAPTOP);
  await changeLanguage(page);
}

/** As `lookTwice`, and how the texts of both languages fit on both screens. */
export async function lookAround(reader: Reader, name: string): Promise<void> {
  const { page } = reader;
  await lookTwice(reader, name);
  await page.setViewportSize(PHONE);
  await glance(reader, name);
  await changeLanguage(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(LAPTOP);
  await glance(reader, name);
  await page.emulateMedia({ colorScheme: 'light' });
  await changeLanguage(page);
}

export async function changeLanguage(page: Page): Promise<void> {
  const before = await page.locator('html').getAttribute('lang');
  await page.getByRole('button', { name: /^(English|中文|EN|中)/ }).click();
  await page.waitForFunction((was) => document.documentElement.lang !== was, before);
}

/** Until every answer is there and every letter has its font. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction((waiting) => !document.querySelector(waiting), WAITING);
  await page.evaluate(() => document.fonts.ready);
}

/** Runs in the page. */
function readPage() {
  const root = document.documentElement;
  const tooWide =
    root.scrollWidth <= root.clientWidth
      ? []
      : [...document.querySelectorAll('main *, header *')]
          .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
          .map((element) => `${element.tagName} ${element.className}`)
          .slice(0, 5);
  const keys: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    // Codes of operations and checks are shown beside their sentences, marked as not for translation.
    const isCode = node.parentElement?.closest('[translate=no], code, textarea') !== null;
    if (/^[a-z]\w*(\.[a-zA-Z]\w*)+$|\{\{/.test(text) && !isCode) keys.push(text);
  }
  return {
    language: root.lang.slice(0, 2),
    theme: root.dataset.theme ?? '',
    width: root.clientWidth,
    tooWide: root.scrollWidth > root.clientWidth && tooWide.length === 0 ? ['the page'] : tooWide,
    keys,
  };
}
