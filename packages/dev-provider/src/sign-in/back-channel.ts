import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { AppConfig } from '../config/config.js'
import { deviates } from '../controls/deviations.js'
import { appendRecord, writeLogLine, type RequestRecord } from '../controls/request-log.js'
import type { LogoutDelivery, SignOutOptions } from '../controls/sign-out-request.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { plainProvider } from '../profiles/tenants.js'
import type { ProviderContext } from '../state/context.js'
import type { SessionAccount } from '../state/records.js'
import type { SeenToken } from '../state/request-details.js'
import { findAccounts, signOutAccounts } from '../state/sessions.js'
import { requireUser } from '../state/users.js'
import { createLogoutToken } from './logout-token.js'

/**
 * Ends sessions as if their users had signed out elsewhere, and sends logout tokens to the apps.
 */
export async function endSessions(
  context: ProviderContext,
  { as, sid }: SignOutOptions = {},
): Promise<readonly LogoutDelivery[]> {
  const profile = plainProvider(context.resolveProfile)
  const user = as === undefined ? undefined : requireUser(context.store.users, as)
  const found = findAccounts(context, { user, sid })
  for (const { session, account } of found) signOutAccounts(context, session, [account])
  return sendLogoutTokens(
    context,
    profile,
    found.map(({ account }) => account).filter(({ realm }) => realm === profile.sessionRealm),
  )
}

/**
 * Sends a logout token to each app that the accounts signed in to and that has a
 * `backChannelLogoutUri`.
 *
 * All requests start at the same time (OpenID Connect Back-Channel Logout 1.0, section 2.5). When
 * an app fails, the request log contains the failure and the sign-out continues.
 */
export function sendLogoutTokens(
  context: ProviderContext,
  profile: IssuerProfile,
  signedOut: readonly SessionAccount[],
): Promise<readonly LogoutDelivery[]> {
  if (!profile.sendsLogoutTokens || deviates(context, 'back-channel-not-called')) {
    return Promise.resolve([])
  }
  return Promise.all(
    signedOut.flatMap((account) =>
      context.config.apps
        .filter(({ clientId }) => account.apps.has(clientId))
        .flatMap(({ clientId, backChannelLogoutUri: uri }) =>
          uri === undefined ? [] : [sendLogoutToken(context, profile, account, { clientId, uri })],
        ),
    ),
  )
}

async function sendLogoutToken(
  context: ProviderContext,
  profile: IssuerProfile,
  { user, sid }: SessionAccount,
  { clientId, uri }: Pick<AppConfig, 'clientId'> & { readonly uri: string },
): Promise<LogoutDelivery> {
  const tenantAccount = profile.tenantAccountOf(user)
  const token = await createLogoutToken(context, profile, {
    clientId,
    sub: tenantAccount && profile.subjectOf(tenantAccount, clientId),
    sid,
  })
  const [path = uri] = uri.split('?')
  const record: RequestRecord = {
    method: 'POST',
    path,
    endpoint: 'appLogout',
    params: { logout_token: '(hidden)' },
    at: context.nowMs(),
  }
  appendRecord(context.log.records, record)
  const details = context.history.of(record)
  details.clientId = clientId
  details.tokens = decodeSent(context, token)
  const startedAt = performance.now()
  const result = await postLogoutToken(uri, token, context.behaviour.logoutTimeoutSeconds)
  details.durationMs = performance.now() - startedAt
  if (result.status !== undefined) record.status = result.status
  if (result.failure !== undefined) record.failure = result.failure
  writeLogLine(context.log, record)
  return { clientId, uri, sid, ...result }
}

/** Decodes a logout token for the page of requests. A hook can replace it with any string. */
function decodeSent(context: ProviderContext, token: string): readonly SeenToken[] {
  try {
    return [
      {
        place: 'logout_token',
        header: { ...decodeProtectedHeader(token) },
        claims: decodeJwt(token),
        isSigned:
          context.tamper.logoutToken === undefined &&
          !deviates(context, 'logout-token-wrong-signature'),
      },
    ]
  } catch {
    return []
  }
}

async function postLogoutToken(
  uri: string,
  token: string,
  timeoutSeconds: number,
): Promise<Omit<LogoutDelivery, 'clientId' | 'uri' | 'sid'>> {
  try {
    const response = await fetch(uri, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
      // A redirect must not send the logout token to another URL.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    })
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    }
  } catch (error) {
    return { failure: nameOf(error) }
  }
}

/**
 * Returns the code of the socket error when there is one, because the message `fetch failed` does
 * not name the reason.
 */
function nameOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } }
  return cause?.code ?? name ?? 'Error'
}
