import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { GiveWay, Heavy } from './give-way.ts';
import type { Traffic } from './traffic.ts';

/** What is known of a caller before anything is read from the body. */
export interface Caller {
  readonly headers: Headers;
  /** The address the request came from, for rate limits. */
  readonly address: string;
  /** Asked by an open page on its own, not by a person: it must not keep a session alive. */
  readonly passive: boolean;
}

/** Who a request comes from; `null` when it carries no credentials. May throw `Refused`. */
export type Authenticate<P> = (caller: Caller) => Promise<P | null>;

/** What `route` needs to know of the application it adds to. */
export interface HttpSettings<P> {
  readonly authenticate: Authenticate<P>;
  readonly checkResponses: boolean;
  addressOf(c: Context): string;
  /** What cannot wait is counted here. */
  readonly traffic: Traffic;
  /** How what can wait is done: searches do not wait for reports. */
  readonly giveWay: Readonly<Record<Heavy, GiveWay>>;
}

export interface HttpEnv<P> {
  Variables: {
    /** Set by `route` once the caller is known; absent on public routes. */
    principal: P;
    requestId: string;
    settings: HttpSettings<P>;
    /** The codes a refused request was answered with, for log and metrics. */
    refusedWith: readonly string[];
  };
}

/** The application: every context adds its operations to it with `route`. */
export type HttpApp<P> = OpenAPIHono<HttpEnv<P>>;
