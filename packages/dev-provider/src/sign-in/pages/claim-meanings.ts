import type { AppConfig, UserConfig } from '../../config/config.js'
import { groupName } from '../../config/groups.js'
import { GRAPH_CLIENT_ID, GRAPH_URI } from '../../profiles/graph-permissions.js'
import { findResource } from '../../profiles/resources.js'
import type { ProviderContext } from '../../state/context.js'
import type { ExplainedClaim } from './claims-list.js'
import { describeTime } from './describe-time.js'

/** The parts of the context that the explanations need. */
type Context = Pick<ProviderContext, 'config' | 'nowMs' | 'origin'> & {
  /** The accounts that an `oid` can name. */
  readonly users: readonly UserConfig[]
}

type Meaning = (value: unknown, claims: Claims, context: Context) => string | undefined

type Claims = Readonly<Record<string, unknown>>

/**
 * Returns the claims of a token, each with an explanation if it is known.
 *
 * @param users - The accounts that the token can name.
 */
export function explainClaims(
  provider: ProviderContext,
  claims: Claims,
  users: readonly UserConfig[] = provider.store.users.all(),
): readonly ExplainedClaim[] {
  const context = { ...provider, users }
  return Object.entries(claims).map(([name, value]) => ({
    name,
    value,
    meaning: Object.hasOwn(MEANINGS, name) ? MEANINGS[name]?.(value, claims, context) : undefined,
  }))
}

/** Returns the name of the app or API that an identifier in a token stands for. */
export function nameOfAudience(
  { config, origin }: Pick<ProviderContext, 'config' | 'origin'>,
  id: unknown,
): string | undefined {
  if (typeof id !== 'string') return undefined
  if (id === GRAPH_URI || id === GRAPH_CLIENT_ID) return 'Microsoft Graph'
  if (id === `${origin}/oidc`) return 'the user information endpoint of this provider'
  if (id === 'urn:microsoft:userinfo') return 'the user information endpoint of AD FS'
  return appOf(config.apps, id)?.name ?? findResource(config, id)?.name
}

function appOf(apps: readonly AppConfig[], id: unknown): AppConfig | undefined {
  return apps.find(({ clientId }) => clientId.toLowerCase() === String(id).toLowerCase())
}

function tenantName({ config }: Context, id: unknown): string | undefined {
  return config.tenants.find((tenant) => tenant.id.toLowerCase() === id)?.name
}

function userOf({ users }: Context, oid: unknown): UserConfig | undefined {
  return users.find((user) => user.oid === oid || user.guestOf?.some((guest) => guest.oid === oid))
}

const always =
  (meaning: string): Meaning =>
  () =>
    meaning

const time =
  (past: string, future = past): Meaning =>
  (value, _claims, { nowMs }) => {
    if (typeof value !== 'number') return undefined
    const now = nowMs()
    return `${value * 1000 > now ? future : past} ${describeTime(value, now)}.`
  }

const client: Meaning = (value, _claims, context) => {
  const app = appOf(context.config.apps, value)
  return app === undefined ? 'The app that requested the token.' : `Requested by ${app.name}.`
}

const forMicrosoft = always('This claim is only for Microsoft. Ignore it.')

const MEANINGS: Readonly<Record<string, Meaning>> = {
  aud: (value, _claims, context) => {
    const name = nameOfAudience(context, value)
    return name === undefined
      ? 'The API or app that is allowed to accept the token.'
      : `The token is for ${name}. All other apps and APIs must reject it.`
  },
  iss: always('The issuer. Accept only the issuers that you trust.'),
  exp: time('The token expired', 'The token expires'),
  iat: time('The token was issued'),
  nbf: time('The token became valid', 'The token becomes valid'),
  auth_time: time('The user signed in'),
  sub: (_value, claims) =>
    claims['idtyp'] === 'app' || claims['sub'] === claims['oid']
      ? 'The ID of the user or app.'
      : 'The ID of the user for this app. Other apps get another value.',
  oid: (value, _claims, context) => {
    const user = userOf(context, value)
    return user === undefined
      ? 'The object ID in the tenant.'
      : `The object ID of ${user.name} in the tenant. Store tid and oid as the key of a user.`
  },
  tid: (value, _claims, context) => {
    const name = tenantName(context, value)
    return name === undefined ? 'The tenant of the user.' : `The tenant ${name}.`
  },
  scp: always('The scopes that the user granted to the calling app.'),
  scope: always('The scopes that the user granted to the calling app.'),
  roles: (_value, claims) =>
    claims['scp'] === undefined && claims['name'] === undefined
      ? 'The app permissions of the calling app. No user is signed in.'
      : 'The app roles of the user.',
  groups: (value, _claims, { config }) => {
    const ids: unknown[] = Array.isArray(value) ? value : []
    const names = ids.map((id) => groupName(config, String(id))).filter((id) => !ids.includes(id))
    return `The groups of the user${names.length > 0 ? `: ${names.join(', ')}` : ''}.`
  },
  _claim_names: always(
    'The user has too many groups for a token (overage). Ask Microsoft Graph for the groups.',
  ),
  appid: client,
  azp: client,
  client_id: client,
  azpacr: (value) => AUTHENTICATION[String(value)],
  appidacr: (value) => AUTHENTICATION[String(value)],
  idtyp: always('The value app means that the token is an app-only token.'),
  name: always('The display name. It can change.'),
  preferred_username: always('The user name. It can change, so do not use it as a key.'),
  upn: always('The user name. It can change, so do not use it as a key.'),
  email: always('The email address. It can change, so do not use it as a key.'),
  emails: always('The email addresses of the customer.'),
  nonce: always('The app must compare this value with the nonce that it sent.'),
  events: always('The token is a logout token.'),
  jti: always('The ID of the token. An app uses it to reject a token that it received before.'),
  sid: always('The session at the provider. A sign-out request contains it.'),
  acct: (value) => (value === 1 ? 'The user is a guest.' : 'The user is a member of the tenant.'),
  acrs: always('The authentication contexts that the sign-in satisfied.'),
  xms_cc: always(
    'The capabilities of the calling app. cp1 means that it handles claims challenges.',
  ),
  login_hint: always('Send it as login_hint or logout_hint to select this account.'),
  tfp: always('The user flow (policy) of Azure AD B2C.'),
  ver: (value) => `The token has the format of version ${String(value)}.`,
  aio: forMicrosoft,
  rh: forMicrosoft,
  uti: forMicrosoft,
}

const AUTHENTICATION: Readonly<Record<string, string>> = {
  0: 'The app is a public client.',
  1: 'The app authenticated with a secret.',
  2: 'The app authenticated with a certificate or another assertion.',
}
