export { messagesCommand } from './commands.ts';
export { messagesPermissions } from './permissions.ts';
export { messagesRoutes } from './routes.ts';
export { createMessages, type Messages } from './service/index.ts';
