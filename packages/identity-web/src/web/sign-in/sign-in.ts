import {
  adminConsentUrl,
  authenticationContextClaims,
  authorizationUrl,
  mergeClaims,
  signInScopes,
} from '../../client/index.ts'
import { redirect, withCookies } from '../http/answers.ts'
import { loginUrl } from '../http/login-url.ts'
import type { SignInParameters } from '../options/options.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import type { SignInPurpose, SignInStart, Transaction } from '../runtime/transaction.ts'

/** @param attempt - How many times this sign-in was begun anew by itself: it must come to an end. */
export async function beginSignIn<User>(
  runtime: WebRuntime<User>,
  start: SignInStart,
  { method = 'GET', attempt = 0 }: { readonly method?: string; readonly attempt?: number } = {},
): Promise<Response> {
  const { redirectUri } = runtime.options
  // Their own page is where users of the device code flow go.
  if (redirectUri === undefined) return redirect(await loginUrl(runtime, start), method)
  const purpose = toPurpose(runtime, start)
  const { transaction, state, cookie } = await runtime.transactions.begin({ ...purpose, attempt })
  const url = await providerUrl(runtime, transaction, { redirectUri, state })
  return withCookies(redirect(url.href, method), [cookie])
}

/** Completes a start by the options. */
export function toPurpose<User>(
  { options }: WebRuntime<User>,
  { scopes, needed = [], acrs = [], parameters, ...start }: SignInStart,
): SignInPurpose {
  const defaults = defaultParameters(options)
  // Who is known need not be picked, and who is to be picked is not known: a hint and the picker exclude each other.
  const isKnown = parameters?.loginHint !== undefined
  return {
    ...start,
    // Nobody edits a profile for an API's sake.
    scopes: scopes ?? (start.userFlow === 'edit_profile' ? [] : options.scopes),
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

async function providerUrl<User>(
  { options, clientOf }: WebRuntime<User>,
  transaction: Transaction,
  { redirectUri, state }: { readonly redirectUri: string; readonly state: string },
): Promise<URL> {
  const { client } = clientOf(transaction.userFlow)
  if (transaction.adminConsent === true) return adminConsentUrl(client, { redirectUri, state })
  return authorizationUrl(client, {
    ...transaction.parameters,
    claims: askedClaims(transaction),
    redirectUri,
    responseMode: options.responseMode,
    scopes: await signInScopes(client, transaction.scopes),
    state,
    nonce: transaction.nonce,
    codeVerifier: transaction.codeVerifier,
  })
}

/** The claims that a sign-in asks for: those of its parameters, and the authentication contexts. */
export function askedClaims({ parameters, acrs }: SignInPurpose): string | undefined {
  return mergeClaims(
    parameters.claims,
    acrs.length === 0 ? undefined : authenticationContextClaims(acrs),
  )
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
