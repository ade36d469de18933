import { constants, createHash, randomUUID, sign, type X509Certificate } from 'node:crypto'
import { UsageError } from '../command/usage-error.js'
import { isLoopback } from '../graph/graph-url.js'

/** A credential that authenticates the app. */
export type AppCredential =
  | { readonly secret: string }
  | { readonly certificate: X509Certificate; readonly key: string }

/** An app, and the place that issues its tokens. */
export interface TokenTarget {
  /** The URL of the tenant, for example `https://login.microsoftonline.com/<tenant>`. */
  readonly authority: string
  readonly clientId: string
  readonly scope: string
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const TIMEOUT_MS = 60_000
/** The pauses before further attempts, in milliseconds. A new credential can take some seconds to reach all servers. */
const WAITS_MS = [500, 1500]

/**
 * Requests an app-only token, to find out whether a credential works. The token is not returned.
 *
 * @throws Error with the code of the provider when it rejects the credential.
 */
export async function assertCredential(
  target: TokenTarget,
  credential: AppCredential,
): Promise<void> {
  for (const wait of [...WAITS_MS, undefined]) {
    const problem = await request(target, credential)
    if (problem === undefined) return
    if (wait === undefined) {
      throw new Error(
        `The new credential does not work yet: ${problem}. The old credential was not removed. Wait some minutes, and run the command again.`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

/**
 * Sends the request. It returns the code of an error, and never the description, because the provider chooses that
 * text.
 */
async function request(
  { authority, clientId, scope }: TokenTarget,
  credential: AppCredential,
): Promise<string | undefined> {
  const endpoint = `${authority}/oauth2/v2.0/token`
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, scope })
  if ('secret' in credential) form.set('client_secret', credential.secret)
  else {
    form.set('client_assertion_type', ASSERTION_TYPE)
    form.set('client_assertion', signAssertion(endpoint, clientId, credential))
  }
  const settings = {
    method: 'POST',
    body: form,
    // A redirect could send the secret to another server.
    redirect: 'error' as const,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }
  const response = await fetch(assertSafe(endpoint), settings).catch(() => undefined)
  if (response === undefined) return `${new URL(endpoint).origin} does not respond`
  if (response.ok) return undefined
  const text = await response.text()
  const code = /"error_codes"\s*:\s*\[\s*(\d+)/.exec(text)?.[1]
  return code === undefined ? `status ${response.status}` : `AADSTS${code}`
}

function assertSafe(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return endpoint
  throw new UsageError(
    'IDENTITY_AUTHORITY is not an https URL, so the command does not send the secret to this URL. Set IDENTITY_AUTHORITY to the URL of your tenant.',
  )
}

function signAssertion(
  audience: string,
  clientId: string,
  { certificate, key }: Extract<AppCredential, { key: string }>,
): string {
  const now = Math.floor(Date.now() / 1000)
  const header = {
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
  }
  const payload = {
    aud: audience,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    nbf: now,
    exp: now + 300,
  }
  const content = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(content), {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  })
  return `${content}.${signature.toString('base64url')}`
}
