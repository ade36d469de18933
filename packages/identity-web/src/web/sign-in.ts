import { authorizationUrl, signInScopes } from '../client/index.ts'
import { redirect, withCookies } from './answers.ts'
import type { SignInParameters } from './options.ts'
import { toReturnPath } from './return-to.ts'
import type { WebRuntime } from './runtime.ts'

/** A sign-in to begin. */
export interface SignInStart {
  /** A path of this origin, checked by `toReturnPath`. */
  readonly returnTo: string
  /** Scopes to ask for; without them those of the options. */
  readonly scopes?: readonly string[] | undefined
  /** Scopes that a route needs: the sign-in fails without them. */
  readonly needed?: readonly string[] | undefined
  /** What to ask for beyond the options. */
  readonly parameters?: SignInParameters | undefined
}

/** @param attempt - How many times this sign-in was begun anew by itself: it must come to an end. */
export async function beginSignIn<User>(
  runtime: WebRuntime<User>,
  start: SignInStart,
  { method = 'GET', attempt = 0 }: { readonly method?: string; readonly attempt?: number } = {},
): Promise<Response> {
  const { options, client, transactions } = runtime
  const defaults = defaultParameters(options)
  // Who is known need not be picked: a hint and the picker exclude each other.
  const isKnown = start.parameters?.loginHint !== undefined
  const parameters: SignInParameters = {
    ...defaults,
    ...(isKnown && defaults.prompt === 'select_account' && { prompt: undefined }),
    ...start.parameters,
  }
  const { transaction, state, cookie } = await transactions.begin({
    returnTo: start.returnTo,
    scopes: start.scopes ?? options.scopes,
    needed: start.needed ?? [],
    parameters,
    attempt,
  })
  const url = await authorizationUrl(client, {
    ...parameters,
    redirectUri: options.redirectUri,
    responseMode: options.responseMode,
    scopes: await signInScopes(client, transaction.scopes),
    state,
    nonce: transaction.nonce,
    codeVerifier: transaction.codeVerifier,
  })
  return withCookies(redirect(url.href, method), [cookie])
}

function defaultParameters({
  prompt,
  loginHint,
  domainHint,
  maxAge,
  claims,
  extraParams,
}: SignInParameters): SignInParameters {
  return {
    ...(prompt !== undefined && { prompt }),
    ...(loginHint !== undefined && { loginHint }),
    ...(domainHint !== undefined && { domainHint }),
    ...(maxAge !== undefined && { maxAge }),
    ...(claims !== undefined && { claims }),
    ...(extraParams !== undefined && { extraParams }),
  }
}

/**
 * The URL at which a page visitor begins a sign-in: what scripts are told, and error pages link to.
 *
 * More than a return path is sealed: a link made by somebody else must not ask a user for other scopes.
 */
export async function loginUrl<User>(
  { origin, paths, loginRequests }: WebRuntime<User>,
  start: SignInStart,
): Promise<string> {
  const url = new URL(paths.login, origin)
  url.searchParams.set('return_to', start.returnTo)
  if (start.scopes !== undefined || start.parameters !== undefined) {
    const { scopes, needed, parameters } = start
    url.searchParams.set('request', await loginRequests.seal({ scopes, needed, parameters }))
  }
  return url.href
}

/** The login route: begins the sign-in that its URL asks for. */
export async function login<User>(runtime: WebRuntime<User>, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const sealed = searchParams.get('request')
  const asked = sealed === null ? undefined : await runtime.loginRequests.open(sealed)
  return beginSignIn(
    runtime,
    {
      ...(asked as Partial<SignInStart> | undefined),
      returnTo: returnPath(runtime, searchParams.get('return_to')),
    },
    { method: request.method },
  )
}

/** A return path that is safe to send a user to: the root for everything else, and for the routes of sign-in. */
export function returnPath<User>({ origin, paths }: WebRuntime<User>, value: unknown): string {
  const path = toReturnPath(value, origin)
  if (path === undefined) return '/'
  const { pathname } = new URL(path, origin)
  // Back to the logout route would end the session that was just begun.
  return Object.values(paths).includes(pathname) && pathname !== '/' ? '/' : path
}
