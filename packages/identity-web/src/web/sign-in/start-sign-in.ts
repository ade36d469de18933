// Starts a sign-in: the redirect to the provider.
import { sha256 } from '../../base64.ts'
import { adminConsentUrl, authorizationUrl, parseScopes, signInScopes } from '../../client/index.ts'
import { isLoopbackUrl } from '../../authority/index.ts'
import type { HttpContext } from '../../http-context.ts'
import { ownMembers } from '../../own.ts'
import { GRAPH_SCOPE } from '../../client/group-lookup.ts'
import { redirect, withCookies } from '../http/responses.ts'
import type { CodeSignIn, Site } from '../../seams/site.ts'
import { clientOf, type SignInDefaults } from '../runtime/provider.ts'
import {
  claimsRequestOf,
  type SignInPurpose,
  type SignInStart,
  type StartedTransaction,
} from '../runtime/transaction.ts'
import type { HttpServices } from '../http/services.ts'

/** The request that starts a sign-in. */
export interface SignInOrigin {
  /** The `Cookie` header of the request. */
  readonly cookieHeader: string
  /** The method of the request. */
  readonly method: string
  /** The number of automatic restarts of the sign-in. @defaultValue `0` */
  readonly attempt?: number
  /** Not set for a restart. */
  readonly request?: Pick<HttpContext, 'header' | 'isPlain'>
}

const warned = new WeakSet<Site>()

/** Warns a developer once if this server is probably not the one at the redirect URI on this machine. */
function warnOfPort(
  { events, site, isProduction }: HttpServices,
  request: Pick<HttpContext, 'header' | 'isPlain'>,
): void {
  if (
    isProduction ||
    site.signIn.kind !== 'code' ||
    !isLoopbackUrl(site.signIn.redirectUri) ||
    warned.has(site)
  )
    return
  warned.add(site)
  const { host, protocol } = new URL(site.signIn.redirectUri)
  const received = request.header('host') ?? host
  const isTls = request.isPlain !== true || request.header('x-forwarded-proto') === 'https'
  const isSame = received === host && (protocol === 'http:' || isTls)
  if (isSame || !isLoopbackUrl(`http://${received}`)) return
  events.emit('configuration.warning', {
    level: 'warn',
    message: `A sign-in started at ${isTls ? '' : 'http://'}${received}, but redirectUri is ${site.signIn.redirectUri}. If no server responds there, the browser cannot return. Change Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, or the port (PORT) of the application.`,
  })
}

/**
 * Starts a sign-in: redirects the browser to the provider. With the option `signIn`, redirects it to the login route or to the
 * platform.
 *
 * @throws IdentityError if the provider's metadata cannot be loaded or the parameters are not valid.
 */
export async function startSignIn(
  services: HttpServices,
  start: SignInStart,
  { cookieHeader, method, attempt = 0, request }: SignInOrigin,
): Promise<Response> {
  const { site, loginUrls } = services
  if (site.signIn.kind !== 'code') return redirect(await loginUrls.toUrl(start), method)
  if (request !== undefined) warnOfPort(services, request)
  const { url, cookies } = await prepareSignIn(services, site.signIn, {
    start,
    cookieHeader,
    attempt,
  })
  return withCookies(redirect(url.href, method), cookies)
}

/** A sign-in to prepare. */
export interface SignInToPrepare {
  readonly start: SignInStart
  /** The `Cookie` header of the request. */
  readonly cookieHeader: string
  readonly attempt: number
}

/** The data for a browser that goes to the provider. */
export interface PreparedSignIn {
  readonly url: URL
  /** The `Set-Cookie` values that bind the sign-in to the browser. */
  readonly cookies: readonly string[]
}

/** Starts a transaction and returns the URL of the provider for it. */
export async function prepareSignIn(
  services: HttpServices,
  signIn: CodeSignIn,
  { start, cookieHeader, attempt }: SignInToPrepare,
): Promise<PreparedSignIn> {
  const { provider } = services
  const purpose = toPurpose(provider.signInDefaults, start)
  const started = await provider.transactions.start({ ...purpose, attempt }, cookieHeader)
  return { url: await toProviderUrl(services, signIn, started), cookies: started.cookies }
}

/** Adds the defaults to the values with which a sign-in starts. */
export function toPurpose(
  { scopes: defaultScopes, parameters: defaults, namedGroups }: SignInDefaults,
  given: SignInStart,
): SignInPurpose {
  const { scopes, needed = [], acrs = [], parameters, ...start } = ownMembers(given)
  // A provider accepts either a login hint or the account picker. If this sign-in has one of them, the default for the
  // other one does not apply.
  const isKnown = parameters?.loginHint !== undefined
  return {
    ...start,
    // Editing a profile needs no access token.
    scopes:
      start.userFlow === 'edit_profile'
        ? (scopes ?? [])
        : withGroupLookUp(scopes ?? defaultScopes, namedGroups),
    needed,
    acrs,
    parameters: {
      ...defaults,
      ...(isKnown && defaults.prompt === 'select_account' && { prompt: undefined }),
      ...(parameters?.prompt === 'select_account' && { loginHint: undefined }),
      ...parameters,
    },
  }
}

/** Adds the scope of the look-up of groups. Entra ID does not allow other scopes together with `.default`. */
function withGroupLookUp(
  scopes: readonly string[],
  namedGroups: ReadonlySet<string>,
): readonly string[] {
  const hasDefault = scopes.some((scope) => /(^|\/)\.default$/.test(scope))
  return namedGroups.size === 0 || hasDefault ? scopes : parseScopes([...scopes, GRAPH_SCOPE])
}

async function toProviderUrl(
  { provider }: HttpServices,
  { redirectUri }: CodeSignIn,
  { transaction, state }: StartedTransaction,
): Promise<URL> {
  const { client } = clientOf(provider, transaction)
  if (transaction.adminConsent === true) return adminConsentUrl(client, { redirectUri, state })
  return authorizationUrl(client, {
    ...transaction.parameters,
    claims: claimsRequestOf(transaction),
    redirectUri,
    responseMode: provider.signInDefaults.responseMode,
    scopes: await signInScopes(client, transaction.scopes),
    state,
    nonce: transaction.nonce,
    codeChallenge: await sha256(transaction.codeVerifier),
  })
}
