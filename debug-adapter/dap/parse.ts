import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { AdapterError } from './errors.ts';

// Without a language the small build of zod says no more than that something is invalid.
z.config(en());

/**
 * Reads a request's arguments by `schema`. With `showUser` the client shows errors to the user, who
 * wrote the arguments.
 *
 * @throws AdapterError naming every field that is not as it must be.
 */
export function parse<Schema extends z.ZodMiniType>(
  schema: Schema,
  args: unknown,
  command: string,
  showUser = false,
): z.infer<Schema> {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const field = path.length > 0 ? `'${path.join('.')}'` : 'the arguments';
    return `${field}: ${message}`;
  });
  throw new AdapterError('BAD_REQUEST', `${command}: ${problems.join('; ')}`, showUser);
}
