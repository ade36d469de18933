import { decodeProtectedHeader, jwtVerify } from 'jose'
import type { AppConfig, UserConfig } from '../config/config.js'
import { deviates } from '../controls/deviations.js'
import type { ProviderContext } from '../state/context.js'
import {
  param,
  paramsOf,
  toRedirect,
  type ProviderResponse,
  type ProviderRequest,
} from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { sendLogoutTokens } from './back-channel.js'
import { signedOutPage, signOutPickerPage } from './pages/sign-out-page.js'
import type { SessionAccount } from '../state/records.js'
import { isRegisteredRedirectUri } from '../profiles/redirect-uris.js'
import { accountsAt, findSession, signOutAccounts } from '../state/sessions.js'
import { findHintedUser } from '../profiles/subject.js'

const KEPT_PARAMS = ['post_logout_redirect_uri', 'state', 'client_id', 'id_token_hint'] as const

/**
 * Handles `/logout`, which ends the session of one account and redirects to a registered URL of the
 * app.
 */
export async function signOut(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): Promise<ProviderResponse> {
  // The provider's form and the app's link use the same endpoint. A form can also have a query.
  const params = new URLSearchParams([...request.url.searchParams, ...paramsOf(request)])
  const session = findSession(context, request)
  const users = context.store.users.all()
  // The signed-in users come first, because the hint usually identifies one of them. This saves a
  // hash for each of thousands of users.
  const hint = await readIdTokenHint(context, profile, param(params, 'id_token_hint'), [
    ...accountsAt(profile, session).map(({ user }) => user),
    ...users,
  ])
  const accounts = accountsAt(profile, session)
  const signedIn = accounts.map((account) => account.user)
  const returnUri = deviates(context, 'sign-out-without-redirect')
    ? undefined
    : findReturnUri(context, profile, params, hint?.app)
  const named =
    users.find((user) => user.username === request.form.get('account')) ??
    findHintedUser(users, opaqueHint(params)) ??
    hint?.user
  if (session !== undefined) {
    if (named === undefined && signedIn.length > 1) {
      const kept = new Map(KEPT_PARAMS.map((name) => [name, params.get(name) ?? ''] as const))
      for (const [name, value] of kept) if (value === '') kept.delete(name)
      return signOutPickerPage(profile, signedIn, kept, returnUri)
    }
    const signedOut = accounts.filter(({ user }) => named === undefined || user === named)
    const frames = frontChannelUris(context, profile, signedOut)
    signOutAccounts(context, session, signedOut)
    await sendLogoutTokens(context, profile, signedOut)
    if (frames.length > 0) return signedOutPage(frames, returnUri)
  }
  return returnUri === undefined ? signedOutPage() : toRedirect(returnUri)
}

/**
 * Returns the front-channel logout URLs of the accounts' apps. Entra ID sends `sid` without `iss`,
 * AD FS sends both.
 */
function frontChannelUris(
  context: ProviderContext,
  profile: IssuerProfile,
  signedOut: readonly SessionAccount[],
): string[] {
  if (deviates(context, 'front-channel-not-called')) return []
  return context.config.apps.flatMap(({ clientId, frontChannelLogoutUri }) =>
    frontChannelLogoutUri === undefined
      ? []
      : signedOut
          .filter(({ apps }) => apps.has(clientId))
          .map(({ sid }) => {
            const url = new URL(frontChannelLogoutUri)
            url.searchParams.set(
              'sid',
              deviates(context, 'front-channel-other-session') ? 'another-session' : sid,
            )
            if (profile.kind === 'adfs') url.searchParams.set('iss', profile.issuer)
            return url.href
          }),
  )
}

/**
 * Returns the `login_hint` claim in `logout_hint`. Entra ID does not accept a user name there
 * (v2-protocols-oidc).
 */
function opaqueHint(params: URLSearchParams): string | undefined {
  const hint = param(params, 'logout_hint')
  return hint?.startsWith('O.') === true ? hint : undefined
}

/**
 * Returns the URL to redirect to. Without a client in the request, the URL can belong to any app.
 */
function findReturnUri(
  context: ProviderContext,
  profile: IssuerProfile,
  params: URLSearchParams,
  hinted: AppConfig | undefined,
): string | undefined {
  const uri = param(params, 'post_logout_redirect_uri')
  if (uri === undefined || !URL.canParse(uri)) return undefined
  const clientId = param(params, 'client_id')?.toLowerCase()
  const named =
    clientId === undefined
      ? hinted
      : context.config.apps.find((app) => app.clientId.toLowerCase() === clientId)
  const candidates = named === undefined ? context.config.apps : [named]
  const isRegistered = candidates.some((app) => isRegisteredRedirectUri(app, uri, profile))
  if (!isRegistered && !allowsAnyUrl(profile, params, uri)) return undefined
  const state = param(params, 'state')
  if (state === undefined) return uri
  return `${uri}${uri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`
}

/**
 * Returns whether any URL is allowed. Azure AD B2C allows it when no ID token identifies the app
 * (openid-connect).
 */
function allowsAnyUrl(profile: IssuerProfile, params: URLSearchParams, uri: string): boolean {
  const hasNoApp = profile.kind === 'b2c' && param(params, 'id_token_hint') === undefined
  return hasNoApp && /^https?:$/.test(new URL(uri).protocol)
}

/**
 * Returns the app and the user of an ID token, or `undefined` when its signature is not valid. An
 * expired token is accepted.
 */
async function readIdTokenHint(
  context: ProviderContext,
  profile: IssuerProfile,
  token: string | undefined,
  users: readonly UserConfig[],
): Promise<{ app: AppConfig; user: UserConfig | undefined } | undefined> {
  if (token === undefined) return undefined
  try {
    const { kid } = decodeProtectedHeader(token)
    const published = (await context.keys.published()).find(({ key }) => key.kid === kid)
    if (published === undefined) return undefined
    const { payload } = await jwtVerify(token, published.key.publicKey, {
      algorithms: ['RS256'],
      // RP-Initiated Logout 1.0, section 2 allows an expired token as a hint.
      currentDate: new Date(0),
      clockTolerance: Number.MAX_SAFE_INTEGER,
    })
    const app = context.config.apps.find((entry) => entry.clientId === payload.aud)
    if (app === undefined) return undefined
    const user = users.find((entry) => {
      const tenant = typeof payload['tid'] === 'string' ? payload['tid'] : profile.key
      const issuer = context.resolveProfile(tenant)
      const tenantAccount = issuer?.tenantAccountOf(entry)
      return (
        tenantAccount !== undefined &&
        issuer?.subjectOf(tenantAccount, app.clientId) === payload.sub
      )
    })
    return { app, user }
  } catch {
    return undefined
  }
}
