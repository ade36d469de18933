import { azureCredential, type AzureCredential, type ContextSource } from 'identity-web/azure'

/** What an application keeps by mistake, as with `client ??= new Client(azureCredential(context))`. */
interface Kept {
  credential?: AzureCredential
  /** What the handler got. */
  within?: string
}

// Next.js bundles pages, actions and route handlers separately.
const KEPT = Symbol.for('kept credential of the tests')
const kept = ((globalThis as { [KEPT]?: Kept })[KEPT] ??= {})

/** Uses a credential in a handler, and keeps it. @param url - It tells how the handler ends, such as `/keep?end=throws`. */
export async function keep(context: ContextSource, url = ''): Promise<string> {
  kept.credential = azureCredential(context)
  kept.within = await use()
  if (url.endsWith('throws')) throw new Error('from the handler')
  if (url.endsWith('hangs')) await new Promise(() => undefined)
  return 'kept'
}

/** Uses the credential that was kept. */
export async function useKept(): Promise<{ readonly within?: string; readonly later: string }> {
  return { ...(kept.within !== undefined && { within: kept.within }), later: await use() }
}

async function use(): Promise<string> {
  try {
    await kept.credential?.getToken('User.Read')
    return 'a token'
  } catch (error) {
    return (error as Error).message
  }
}
