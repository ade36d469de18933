import { timingSafeEqual } from 'node:crypto'
import { findApp } from '../profiles/find-app.js'
import type { AppConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import { param, type ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { OAuthError } from '../protocol/oauth-error.js'

/** The client of a token request. */
export interface Client {
  readonly app: AppConfig
  /** It proved itself with a secret. */
  readonly isAuthenticated: boolean
}

/** Finds the client and checks its secret, if it sends one. Whether it must is the grant's affair. */
export function authenticateClient(
  context: ProviderContext,
  profile: IssuerProfile,
  request: ProviderRequest,
): Client {
  const basic = parseBasic(request.headers['authorization'])
  const clientId = basic?.id ?? param(request.form, 'client_id')
  const app = findApp(context.config, profile, clientId)
  const secret = basic?.secret ?? param(request.form, 'client_secret')
  if (param(request.form, 'client_assertion') !== undefined) {
    throw invalidClient(
      700027,
      'The certificate with identifier used to sign the client assertion is not registered on application.',
    )
  }
  if (secret === undefined) return { app, isAuthenticated: false }
  if (app.clientSecret === undefined) {
    throw invalidClient(
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    )
  }
  if (!isEqual(secret, app.clientSecret)) {
    throw invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
    )
  }
  return { app, isAuthenticated: true }
}

/** Refuses a client that has a secret and did not show it. */
export function assertAuthenticated({ app, isAuthenticated }: Client, isPublicFlow = false): void {
  if (isAuthenticated || app.clientSecret === undefined || isPublicFlow) return
  throw missingSecret()
}

/** AADSTS7000218: the client has to prove itself and does not try. */
export function missingSecret(): OAuthError {
  return invalidClient(
    7000218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  )
}

function invalidClient(number: number, text: string): OAuthError {
  return new OAuthError('invalid_client', number, text, { status: 401 })
}

/** RFC 6749, 2.3.1: both halves are form-encoded before they are joined. */
function parseBasic(header: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) throw invalidClient(7000215, 'The Authorization header is malformed.')
  return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) }
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
