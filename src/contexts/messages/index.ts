export { messagesCommand } from './commands.ts';
