import { AppError } from '../domain/errors';
import { type Action, can, refusal } from '../domain/permissions';
import type { Ports } from './ports';

/** @throws AppError FORBIDDEN, with who may and what to do */
export async function requireRight(ports: Pick<Ports, 'directory'>, user: string, action: Action): Promise<void> {
  if (can(user, action, await ports.directory.roles())) return;
  throw new AppError('FORBIDDEN', { message: `${user} may not ${action}`, userMessage: refusal(action) });
}

export const notFound = (what: string, id: number | string): AppError =>
  new AppError('NOT_FOUND', {
    message: `${what} ${id} is not there`,
    userMessage: `This ${what} is not there any more.`,
  });
