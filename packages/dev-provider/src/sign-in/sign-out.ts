import { decodeProtectedHeader, jwtVerify } from 'jose'
import type { AppConfig, UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import {
  param,
  paramsOf,
  toRedirect,
  type ProviderReply,
  type ProviderRequest,
} from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { tellApps } from './back-channel.js'
import { signedOutPage, signOutPickerPage } from './pages/sign-out-page.js'
import type { SessionAccount } from '../state/records.js'
import { isRegisteredRedirectUri } from './redirect-uris.js'
import { accountsAt, findSession, signOutAccounts } from '../state/sessions.js'
import { findHintedUser } from '../profiles/subject.js'

const KEPT_PARAMS = ['post_logout_redirect_uri', 'state', 'client_id', 'id_token_hint'] as const

/** `/logout`: ends the session of one account, and goes back to the app if its address is registered. */
export async function signOut(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): Promise<ProviderReply> {
  // The page's own form and the app's link arrive here alike; a form may also hang on a query.
  const params = new URLSearchParams([...request.url.searchParams, ...paramsOf(request)])
  const session = findSession(context, request)
  const users = context.store.users.all()
  // Mostly the hint is of somebody who is signed in, which spares thousands of users a hash each.
  const hint = await readIdTokenHint(context, profile, param(params, 'id_token_hint'), [
    ...accountsAt(profile, session).map(({ user }) => user),
    ...users,
  ])
  const accounts = accountsAt(profile, session)
  const signedIn = accounts.map((account) => account.user)
  const returnUri = findReturnUri(context, profile, params, hint?.app)
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
    const leaving = accounts.filter(({ user }) => named === undefined || user === named)
    const frames = frontChannelUris(context, profile, leaving)
    signOutAccounts(context, session, leaving)
    await tellApps(context, profile, leaving)
    if (frames.length > 0) return signedOutPage(frames, returnUri)
  }
  return returnUri === undefined ? signedOutPage() : toRedirect(returnUri)
}

/** The pages of the accounts' apps that must hear of it. Entra sends `sid` and no `iss`, AD FS both. */
function frontChannelUris(
  context: ProviderContext,
  profile: IssuerProfile,
  leaving: readonly SessionAccount[],
): string[] {
  return context.config.apps.flatMap(({ clientId, frontChannelLogoutUri }) =>
    frontChannelLogoutUri === undefined
      ? []
      : leaving
          .filter(({ apps }) => apps.has(clientId))
          .map(({ sid }) => {
            const url = new URL(frontChannelLogoutUri)
            url.searchParams.set('sid', sid)
            if (profile.kind === 'adfs') url.searchParams.set('iss', profile.issuer)
            return url.href
          }),
  )
}

/** Entra takes only the opaque claim here, not a user name (v2-protocols-oidc). */
function opaqueHint(params: URLSearchParams): string | undefined {
  const hint = param(params, 'logout_hint')
  return hint?.startsWith('O.') === true ? hint : undefined
}

/** Where to go afterwards; without a client in the request, any registered app's address will do. */
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
  const isRegistered = candidates.some((app) => isRegisteredRedirectUri(app, uri))
  if (!isRegistered && !goesAnywhere(profile, params, uri)) return undefined
  const state = param(params, 'state')
  if (state === undefined) return uri
  return `${uri}${uri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`
}

/** Azure AD B2C redirects to any address unless an ID token says whose app it is (openid-connect). */
function goesAnywhere(profile: IssuerProfile, params: URLSearchParams, uri: string): boolean {
  const isAsked = profile.kind === 'b2c' && param(params, 'id_token_hint') === undefined
  return isAsked && /^https?:$/.test(new URL(uri).protocol)
}

/** Whom an ID token names. One that does not verify names nobody; its age does not matter. */
async function readIdTokenHint(
  context: ProviderContext,
  profile: IssuerProfile,
  token: string | undefined,
  users: readonly UserConfig[],
): Promise<{ app: AppConfig; user: UserConfig | undefined } | undefined> {
  if (token === undefined) return undefined
  try {
    const { kid } = decodeProtectedHeader(token)
    const published = context.keys.published().find(({ key }) => key.kid === kid)
    if (published === undefined) return undefined
    const { payload } = await jwtVerify(token, published.key.publicKey, {
      algorithms: ['RS256'],
      // RP-Initiated Logout 1.0, 2: an expired token is still a good hint.
      currentDate: new Date(0),
      clockTolerance: Number.MAX_SAFE_INTEGER,
    })
    const app = context.config.apps.find((entry) => entry.clientId === payload.aud)
    if (app === undefined) return undefined
    const user = users.find((entry) => {
      const tenant = typeof payload['tid'] === 'string' ? payload['tid'] : profile.key
      const issuer = context.resolveProfile(tenant)
      const seat = issuer?.seat(entry)
      return seat !== undefined && issuer?.subjectOf(seat, app.clientId) === payload.sub
    })
    return { app, user }
  } catch {
    return undefined
  }
}
