import { randomUUID } from 'node:crypto'
import type { TokenChanges } from '../controls/access-token-request.js'
import { deviatingSign } from '../controls/deviations.js'
import type { LogoutTokenRequest } from '../controls/sign-out-request.js'
import { findApp } from '../profiles/find-app.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { createSign, keyOf } from '../profiles/sign-token.js'
import { notInTenant, plainProvider } from '../profiles/tenants.js'
import type { ProviderContext } from '../state/context.js'
import { findAccounts } from '../state/sessions.js'
import { requireUser } from '../state/users.js'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

// Back-Channel Logout 1.0, section 2.4 recommends at most two minutes.
const LIFETIME_SECONDS = 120

/** The contents of a logout token. */
export interface LogoutTokenContents {
  readonly clientId: string
  readonly sub: string | undefined
  readonly sid: string | undefined
  readonly changes?: TokenChanges
}

/** Creates a logout token. All logout tokens come from this function. */
export async function createLogoutToken(
  context: ProviderContext,
  profile: IssuerProfile,
  { clientId, sub, sid, changes = {} }: LogoutTokenContents,
): Promise<string> {
  const now = context.issueSeconds()
  const lifetime = changes.expiresIn ?? LIFETIME_SECONDS
  const claims = {
    iss: profile.issuer,
    aud: clientId,
    // An expired token was valid before, so `iat` is earlier than `exp`.
    iat: lifetime > 0 ? now : now + lifetime - LIFETIME_SECONDS,
    exp: now + lifetime,
    jti: randomUUID(),
    events: { [EVENT]: {} },
    ...(sub !== undefined && { sub }),
    ...(sid !== undefined && { sid }),
    ...changes.claims,
  }
  const base = createSign(await context.keys.main())
  const overrideKey = await keyOf(context.keys, changes.key)
  const sign = deviatingSign(context, 'logoutToken', (body, header, key = overrideKey) =>
    base(body, { typ: 'logout+jwt', ...changes.header, ...header }, key),
  )
  const { logoutToken } = context.tamper
  return logoutToken === undefined ? sign(claims) : logoutToken(claims, sign)
}

/**
 * Creates the logout token that a test requests, without sending it.
 *
 * @throws TypeError when the user does not exist, or when `as`, `sub` and `sid` are all missing.
 * @throws OAuthError when the app does not exist.
 */
export function createRequestedLogoutToken(
  context: ProviderContext,
  request: LogoutTokenRequest,
): Promise<string> {
  const profile = plainProvider(context.resolveProfile)
  const { as, sub, sid, app, ...changes } = request
  if ((as ?? sub ?? sid) === undefined) {
    throw new TypeError('The logout token has no subject. Set the option "as", "sub" or "sid".')
  }
  const { clientId } = findApp(context.config, profile, app ?? context.config.apps[0]?.clientId)
  if (as === undefined) return createLogoutToken(context, profile, { clientId, sub, sid, changes })
  const user = requireUser(context.store.users, as)
  const tenantAccount = profile.tenantAccountOf(user)
  if (tenantAccount === undefined) throw new TypeError(notInTenant(user.username, profile.title))
  const latest = findAccounts(context, { user })
    .map(({ account }) => account)
    .filter(({ realm, apps }) => realm === profile.sessionRealm && apps.has(clientId))
    .at(-1)
  return createLogoutToken(context, profile, {
    clientId,
    sub: sub ?? profile.subjectOf(tenantAccount, clientId),
    sid: sid ?? latest?.sid,
    changes,
  })
}
