import { z } from 'zod';
import { type Refusal, Refused, seen } from '../kernel/refusal.ts';

/**
 * One setting: the environment variable it comes from, what may stand in it, its default, and why.
 * Every module declares its own; wiring joins them into one record and reads them at once.
 */
export interface Setting<T> {
  readonly env: string;
  /** Reads the variable's text. */
  readonly schema: z.ZodType<T>;
  readonly default: T;
  /** What may stand in the variable, in a notation that needs no language: `1–65535`. */
  readonly form: string;
  /** What it is for, and why its default is what it is. */
  readonly about: { readonly zh: string; readonly en: string };
  /** Never shown, not even in a refusal. */
  readonly isSecret?: boolean;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

export type ValuesOf<S extends Settings> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer T> ? T : never;
};

/** Names a module's settings; there is nothing to it but the types. */
export const defineSettings = <S extends Settings>(settings: S): S => settings;

/**
 * Reads every setting, or refuses with all that is wrong with them. What the command line says
 * (`given`, by setting name) goes before the environment, and that before the default.
 */
export function readSettings<S extends Settings>(
  settings: S,
  environment: Readonly<Record<string, string | undefined>>,
  given: { readonly [Name in keyof S]?: string | undefined } = {},
): ValuesOf<S> {
  const values: Record<string, unknown> = {};
  const refusals: Refusal[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const text = given[name] ?? environment[setting.env];
    if (text === undefined || text === '') {
      values[name] = setting.default;
      continue;
    }
    const parsed = setting.schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else refusals.push(refusalOf(setting, text));
  }
  if (refusals.length > 0) throw new Refused('invalid', refusals);
  return values as ValuesOf<S>;
}

function refusalOf({ env, form, isSecret }: Setting<unknown>, text: string): Refusal {
  const supported = form !== '';
  return {
    code: supported ? 'platform.setting_invalid' : 'platform.setting_not_supported',
    path: env,
    ...(!isSecret && { seen: seen(text) }),
    params: { env, form },
  };
}

/** The table of settings for the operator's guide. */
export function describeSettings(settings: Settings, language: 'zh' | 'en'): string {
  const head =
    language === 'zh'
      ? ['变量', '取值', '默认值', '用途']
      : ['Variable', 'Values', 'Default', 'Use'];
  const rows = Object.values(settings).map(({ env, form, default: value, about }) => [
    `\`${env}\``,
    form === '' ? '—' : `\`${form}\``,
    textOf(value),
    about[language],
  ]);
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
  return text === '' ? '—' : `\`${text}\``;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const isUrlOf = (protocols: readonly string[]) => (text: string) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

/** A comma-separated list; spaces around its entries do not count. */
export const commaSeparated: z.ZodType<readonly string[]> = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

/** What the machine itself needs to know. */
export const platformSettings = defineSettings({
  dataFolder: {
    env: 'JIANGHAI_DATA',
    schema: z.string(),
    default: './data',
    form: 'PATH',
    about: {
      zh: '数据目录：全部数据都在其中，备份、搬迁、删除一目了然。默认在当前目录下，随处可见。',
      en: 'The data folder; everything is in it. By default under the current folder, where it is seen.',
    },
  } satisfies Setting<string>,
  port: {
    env: 'JIANGHAI_PORT',
    schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().max(65_535)),
    default: 8088,
    form: '0–65535',
    about: {
      zh: '网页与接口的端口；0 表示任选一个空闲端口。默认值避开常用的 80、3000、8080。',
      en: 'The port of pages and interfaces; 0 takes any free one. The default keeps clear of 80, 3000 and 8080.',
    },
  } satisfies Setting<number>,
  host: {
    env: 'JIANGHAI_HOST',
    schema: z.string().regex(/^[\w.:-]+$/),
    default: '127.0.0.1',
    form: 'ADDRESS',
    about: {
      zh: '监听地址。默认只对本机开放：对外开放应是有意为之。',
      en: 'The address to listen on. By default this machine only: to open it to others is a decision.',
    },
  } satisfies Setting<string>,
  databaseUrl: {
    env: 'DATABASE_URL',
    schema: z.string().refine(isUrlOf(['postgres:', 'postgresql:'])),
    default: null,
    form: 'postgresql://…',
    isSecret: true,
    about: {
      zh: '业务库（PostgreSQL 15 及以上）。未设置时，在数据目录内启动自带的 PostgreSQL。',
      en: 'The operational store (PostgreSQL 15 or later). When unset, one of our own starts in the data folder.',
    },
  } satisfies Setting<string | null>,
  poolUrl: {
    env: 'POOL_URL',
    schema: z.never(),
    default: null,
    form: '',
    isSecret: true,
    about: {
      zh: '数据池集群。尚不支持，设置即拒绝启动；数据池目前在数据目录内。',
      en: 'A cluster for the data pool. Not supported yet, and refused when set; the pool is in the data folder.',
    },
  } satisfies Setting<string | null>,
  logLevel: {
    env: 'LOG_LEVEL',
    schema: z.enum(LOG_LEVELS),
    default: 'info',
    form: LOG_LEVELS.join(' | '),
    about: {
      zh: '日志级别。默认记录启动、停止和每次失败，不逐条记录请求细节。',
      en: 'How much is logged. By default starts, stops and failures, not the detail of every request.',
    },
  } satisfies Setting<(typeof LOG_LEVELS)[number]>,
});
