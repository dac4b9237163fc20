import { createRequire } from 'node:module';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

const require = createRequire(import.meta.url);
const ACTION_MS = 20_000;

export type Language = 'zh' | 'en';
export const LAPTOP = { width: 1366, height: 768 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** Somebody at a screen, and what their browser complained of meanwhile. */
export interface Reader {
  readonly page: Page;
  readonly complaints: string[];
}

export interface Screens {
  /** Sits down at a fresh browser that prefers a language; nobody is signed in yet. */
  sitDown(language: Language): Promise<Reader>;
  close(): Promise<void>;
}

/**
 * Chromium from the package registry. The machine may have no Chinese font at all, so one from
 * the development packages stands in for the reader's: in every picture the same letters.
 */
export async function openBrowser(url: string): Promise<Screens> {
  const browser: Browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox'],
  });
  return {
    async sitDown(language) {
      const context = await browser.newContext({
        baseURL: url,
        locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        timezoneId: 'Asia/Shanghai',
        viewport: LAPTOP,
        colorScheme: 'light',
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(ACTION_MS);
      await context.route('**/walk-font/*', (route) =>
        route.fulfill({ path: fontFile(new URL(route.request().url()).pathname) }),
      );
      await context.addInitScript(installFont);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() !== 'error') return;
        if (isRefusal(message.text(), message.location().url)) return;
        complaints.push(`${message.text()} (${message.location().url})`);
      });
      return { page, complaints };
    },
    close: () => browser.close(),
  };
}

/** Chromium reports every answer above 399 as an error; a refusal by the server is an answer. */
const isRefusal = (text: string, url: string): boolean =>
  /Failed to load resource.*status of 4\d\d/.test(text) &&
  new URL(url).pathname.startsWith('/api/');

const fontFile = (path: string): string =>
  require.resolve(
    `@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${path.split('/').at(-1)}-normal.woff2`,
  );

/** Runs in the page, before anything of its own. */
function installFont(): void {
  if (location.protocol === 'about:') return;
  const family = 'Noto Sans SC';
  for (const weight of ['400', '700']) {
    const face = new FontFace(family, `url(/walk-font/${weight})`, { weight, display: 'block' });
    document.fonts.add(face);
    void face.load();
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:root:root { --font: '${family}', sans-serif; --mono: 'DejaVu Sans Mono', '${family}', monospace; }`,
  );
  document.adoptedStyleSheets = [sheet];
}
