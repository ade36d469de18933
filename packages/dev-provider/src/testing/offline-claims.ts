import { defaultBehaviour } from '../controls/behaviour.js'
import type { DevProviderConfig } from '../config/config.js'
import type { Control } from '../controls/control.js'
import { resolveConfig } from '../config/resolve-config.js'
import type { UserTokensRequest } from '../controls/user-tokens-request.js'
import type { KeyRing } from '../profiles/key-ring.js'
import { createProfiles } from '../profiles/tenants.js'
import { createRequestHistory } from '../state/request-details.js'
import type { ProviderContext } from '../state/context.js'
import { createStore } from '../state/store.js'
import { requestedIdTokenClaims } from '../tokens/requested-user-tokens.js'
import type { AuthAccess, TestClaims } from './access.js'

/**
 * Returns a user's claims without a running provider. The user is an account in the default configuration.
 *
 * @throws TypeError when the account does not exist.
 */
export function offlineClaims(access: AuthAccess, request: UserTokensRequest): TestClaims {
  const { pathname } = new URL(access.authority)
  const context = contextOf(access)
  const path = pathname.replace(/^\/+|(\/v2\.0)?\/*$/g, '')
  const isKnown = context.resolveProfile(path) !== undefined
  const claims = requestedIdTokenClaims(context, {
    ...request,
    app: access.clientId,
    authority: isKnown ? path : similarPath(access, context.config),
  })
  // Otherwise, the sessions of all tests would stay in memory.
  context.store.clear()
  return { ...claims, ...(isKnown ? {} : ownIssuer(access, path)), ...request.claims } as TestClaims
}

/** Returns the path in the default configuration whose tokens resemble the authority's tokens. */
function similarPath({ kind }: AuthAccess, { tenants }: DevProviderConfig): string {
  if (kind === 'adfs' || kind === 'oidc') return kind
  const tenant = tenants.find((entry) => (entry.kind ?? 'entra') === kind)
  if (tenant === undefined) return 'oidc'
  return tenant.userFlows === undefined
    ? tenant.id
    : `${tenant.id}/${tenant.userFlows.signUpSignIn}`
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Returns the claims that name the authority, if the default configuration does not contain it. */
function ownIssuer({ kind, authority }: AuthAccess, path: string): Record<string, unknown> {
  if (kind === 'oidc' || kind === 'adfs') return { iss: authority }
  const [tenant = ''] = path.split('/')
  if (kind !== 'entra' || !GUID.test(tenant)) return {}
  return { iss: `${new URL(authority).origin}/${tenant}/v2.0`, tid: tenant }
}

const contexts = new WeakMap<AuthAccess['now'], ProviderContext>()

/** Returns the provider of an application, which exists only in memory. */
function contextOf(access: AuthAccess): ProviderContext {
  const known = contexts.get(access.now)
  if (known !== undefined) return known
  const context = createOfflineContext(access)
  contexts.set(access.now, context)
  return context
}

function createOfflineContext({ authority, clientId, now }: AuthAccess): ProviderContext {
  const { origin } = new URL(authority)
  const config: DevProviderConfig = {
    ...resolveConfig(),
    // The client ID of the application, because it is the audience of the ID token.
    apps: [{ name: 'Application under test', redirectUris: 'loopback', clientId }],
  }
  const behaviour = { ...defaultBehaviour }
  return {
    origin,
    isOwnHost: () => true,
    history: createRequestHistory(),
    // Only the home page shows it, which exists only while a provider runs.
    sessionSecret: '',
    startBehaviour: behaviour,
    get control(): Control {
      throw new Error('A provider that does not run cannot change.')
    },
    clockShiftSeconds: 0,
    config,
    get keys(): KeyRing {
      throw new Error('A provider that does not run cannot sign tokens.')
    },
    store: createStore(now, config.users),
    resolveProfile: createProfiles({ origin, config, behaviour: () => behaviour }),
    log: { records: [], logger: undefined, errorLogger: undefined },
    nowMs: () => now() * 1000,
    nowSeconds: now,
    issueSeconds: now,
    behaviour,
    tamper: {},
  }
}
