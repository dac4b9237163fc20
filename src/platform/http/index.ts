export type { Authenticate, Caller, HttpApp } from './app.ts';
export { createHttp, type HttpOptions } from './create.ts';
export type { MayHear } from './live-stream.ts';
export type { Problem, Sentence } from './problem.ts';
export { type Call, type RouteSpec, route } from './route.ts';
export { type ServeOptions, type Serving, serve } from './serve.ts';
