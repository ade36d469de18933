// A program that uses a provider through a proxy. The tests run it with several versions of Node.js.
import { Auth } from 'identity-web/fetch'
import { IdentityError, managedIdentityAssertion } from 'identity-web'
import { EnvHttpProxyAgent, fetch as fetchWithUndici, type RequestInit } from 'undici'

/** The settings of the program, which is its first argument as JSON. */
export interface ProxyClientSettings {
  readonly authority: string
  readonly clientId: string
  /** Whether the program passes a `fetch` function that uses the proxy. */
  readonly usesOwnFetch: boolean
  readonly usesManagedIdentity: boolean
}

/** The result of the program, which it prints as JSON. */
export interface ProxyClientResult {
  readonly version: string
  readonly gotToken: boolean
  readonly code?: string
  readonly reason?: string
  readonly message?: string
  readonly hint?: string | undefined
}

const settings = JSON.parse(process.argv[2] ?? '{}') as ProxyClientSettings
process.stdout.write(`${JSON.stringify(await run(settings))}\n`)

async function run(given: ProxyClientSettings): Promise<ProxyClientResult> {
  const { authority, clientId, usesOwnFetch, usesManagedIdentity } = given
  const { version } = process
  const dispatcher = new EnvHttpProxyAgent()
  const viaProxy = ((url: string | URL, init?: RequestInit) =>
    fetchWithUndici(url, { ...init, dispatcher })) as typeof fetch
  const auth = new Auth({
    authority,
    clientId,
    clientCredential: usesManagedIdentity ? managedIdentityAssertion() : 'unused-secret',
    redirectUri: 'https://app.example.com/redirect',
    session: { secret: 'a secret of the tests with enough characters' },
    logger: false,
    timeoutSeconds: 5,
    ...(usesOwnFetch && { fetch: viaProxy }),
  })
  try {
    await auth.ready()
    if (!usesManagedIdentity) return { version, gotToken: false }
    const { accessToken } = await auth.getTokenForClient('https://graph.microsoft.com/.default')
    return { version, gotToken: accessToken !== '' }
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    const { code, reason, message, hint } = error
    return { version, gotToken: false, code, ...(reason && { reason }), message, hint }
  }
}
