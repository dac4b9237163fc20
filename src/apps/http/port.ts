import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import type { Sentences } from '../sentences.ts';

const Account = z.object({
  account: z.string(),
  password: z.string(),
  role: z.string(),
  name: z.string(),
  /** What stands on the door; several accounts may have one role. */
  title: z.string().optional(),
  titleEn: z.string().optional(),
});
export const Progress = z.object({ done: z.number(), of: z.number(), phase: z.string() });
export type Progress = z.infer<typeof Progress>;

/** What every page says about the port, before anybody signs in. */
export const PortNotice = z.object({
  nameZh: z.string(),
  nameEn: z.string(),
  /** The data is generated. Every page says so. */
  demo: z.boolean(),
  /** Accounts to try the demo port with; empty everywhere else. */
  demoAccounts: z.array(Account),
  /** Conditions of release nothing computes here yet. */
  conditionsNotComputed: z.array(z.string()),
  progress: Progress.nullable(),
});
export type PortNotice = z.infer<typeof PortNotice>;

/** `GET /api/port` and `GET /api/messages`: public, since the sign-in page needs both. */
export function portRoutes<P>(
  app: HttpApp<P>,
  notice: () => PortNotice,
  sentences: Sentences,
): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/port',
      tag: 'port',
      summary: 'The port’s name, whether its data is generated, and what it does not compute.',
      response: PortNotice,
      public: true,
    },
    notice,
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/messages',
      tag: 'port',
      summary: 'Every sentence by code, in both languages.',
      response: z.object({
        zh: z.record(z.string(), z.string()),
        en: z.record(z.string(), z.string()),
      }),
      public: true,
    },
    () => sentences,
  );
}
