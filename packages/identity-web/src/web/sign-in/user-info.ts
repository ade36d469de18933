// Adds claims of UserInfo at sign-in.
import { own } from '../../own.ts'
import {
  fetchUserInfo,
  hasUserInfo,
  parseScopes,
  signInScopes,
  type OAuthClient,
  type SignIn,
} from '../../client/index.ts'
import { isAboutOther } from './session-updates.ts'
import { IdentityError } from '../../errors.ts'
import { failureOf } from '../../event-emitter.ts'
import { clientOf, type UserInfoMode } from '../runtime/provider.ts'
import type { Transaction } from '../runtime/transaction.ts'
import type { AppServices } from '../runtime/services.ts'

/** The maximum time in seconds that a sign-in waits for UserInfo in the mode `auto`. */
const AUTO_SECONDS = 3

/**
 * The maximum length, in characters, of the JSON of a claim that the mode `auto` adds. Sessions in cookies have little
 * space.
 */
const MAX_AUTO_LENGTH = 1000

const NAMES = ['name', 'preferred_username', 'given_name', 'nickname']

/** The claims that say who signed in, how and where. */
export const SIGN_IN_CLAIMS: readonly string[] =
  'iss sub aud exp iat nbf auth_time acr acrs sid oid tid login_hint'.split(' ')

// These claims describe the ID token or the sign-in, and not the user. Only the ID token, which is verified, has them.
const NOT_OF_USER: ReadonlySet<string> = new Set([
  ...SIGN_IN_CLAIMS,
  ...'jti azp nonce amr at_hash c_hash s_hash'.split(' '),
])

// Refreshes do not read UserInfo again. A user who lost a role would keep it until the session ends, so only an
// application that sets the mode `true` gets them.
const ACCESS: ReadonlySet<string> = new Set(['roles', 'groups', 'wids'])

/**
 * Adds the claims of the UserInfo endpoint that the ID token does not contain. Many providers keep the name and the e-mail
 * address out of the ID token (OpenID Connect Core, section 5.4).
 *
 * @returns The sign-in with these claims.
 * @throws IdentityError `invalid_token` if UserInfo is about another user. In the mode `true`, every error.
 */
export async function withUserInfo(
  services: AppServices,
  signIn: SignIn,
  transaction: Transaction,
): Promise<SignIn> {
  const { events, provider } = services
  if (provider.userInfo === false || transaction.userFlow === 'edit_profile') return signIn
  const { client } = clientOf(provider, transaction)
  if (provider.userInfo === 'auto' && !(await lacksClaims(client, signIn, transaction)))
    return signIn
  try {
    return await addClaims(client, signIn, provider.userInfo)
  } catch (error) {
    const isWrong = IdentityError.is(error) && error.code === 'invalid_token'
    if (provider.userInfo === true || isWrong || !IdentityError.is(error)) throw error
    events.emit('user_info.failed', {
      level: 'warn',
      ...failureOf(error),
      message: `UserInfo could not be read, so the user has only the claims of the ID token. ${error.message}`,
    })
    return signIn
  }
}

async function lacksClaims(
  client: OAuthClient,
  { claims, response }: SignIn,
  { scopes: requested }: Transaction,
): Promise<boolean> {
  const lacks = (name: string): boolean => own(claims, name) === undefined
  const lacksName = NAMES.every(lacks)
  if ((!lacksName && !lacks('email')) || !(await hasUserInfo(client))) return false
  const granted =
    response.scope === undefined
      ? await signInScopes(client, requested)
      : parseScopes(response.scope)
  return (lacksName && granted.includes('profile')) || (lacks('email') && granted.includes('email'))
}

async function addClaims(client: OAuthClient, signIn: SignIn, mode: UserInfoMode): Promise<SignIn> {
  const { claims, response } = signIn
  const isAuto = mode === 'auto'
  const found = await fetchUserInfo(client, {
    accessToken: response.accessToken,
    sub: claims.sub,
    timeoutSeconds: isAuto ? AUTO_SECONDS : undefined,
  })
  const added = Object.entries(found).filter(
    ([name, value]) =>
      own(claims, name) === undefined &&
      !NOT_OF_USER.has(name) &&
      value !== null &&
      !isAboutOther(name, claims, found) &&
      !(isAuto && (ACCESS.has(name) || JSON.stringify(value).length > MAX_AUTO_LENGTH)),
  )
  return {
    ...signIn,
    claims: { ...Object.fromEntries(added), ...claims },
    userInfoClaims: added.map(([name]) => name),
  }
}
