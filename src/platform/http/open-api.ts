import type { HttpApp } from './app.ts';

/** The description of every operation, made once from the routes themselves: it cannot go stale. */
export function addOpenApi<P>(app: HttpApp<P>, version: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'jianghai_session',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
  });
  let document: string | null = null;
  app.get('/api/openapi.json', (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Jianghai 江海', version },
      }),
    );
    c.header('content-type', 'application/json; charset=utf-8');
    return c.body(document);
  });
}
