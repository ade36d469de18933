import { loadLater } from '../load-later.ts'

const loadHints = loadLater('a hint about an error', () => import('./hints/operator-hints.ts'))

/**
 * Returns the cause of an error, and the setting to change. Loads the hints at the first error, because most applications
 * of a worker never need them.
 *
 * @param codes - Whole codes, such as `AADSTS50011`. The first code that has a hint is used.
 * @param error - The standard OAuth error. It is used if the error does not have a Microsoft code.
 * @param grant - The grant type of the request, or `authorization` for a redirect.
 * @returns Cause and remedy, or `undefined` if the codes do not have a hint. If the hints cannot be loaded, a sentence
 *   about that failure, because the error of the provider is more important.
 */
export async function hintFor(
  codes: readonly string[],
  error?: string,
  grant?: string,
): Promise<string | undefined> {
  try {
    const { operatorHint } = await loadHints()
    return operatorHint(codes, error, grant)
  } catch (failure) {
    return (failure as Error).message
  }
}
