import { isSecureUrl } from '../../authority/index.ts'
import { parseScopes } from '../../client/index.ts'
import { faultsOf, isScopes, isTexts, type Checks } from '../../settings/check-values.ts'
import { B2C_NAMES, PROVIDER_NAMES, unknownNames } from '../../settings/option-names.ts'
import type { Environment } from '../../settings/provider-options.ts'
import {
  definedOnly,
  resolveProvider,
  withProviderEnvironment,
  type ResolvedProvider,
} from '../../settings/resolve-provider.ts'
import type { TokenStore } from '../../store.ts'
import type { ApiAuthOptions, LongRunningOptions } from './options.ts'

/** The options after defaults, checked. */
export interface ResolvedApiOptions extends ResolvedProvider {
  readonly audience: readonly string[]
  /** In lower case. */
  readonly allowedClients: readonly string[] | undefined
  readonly resource: URL | undefined
  readonly longRunning:
    { readonly store: TokenStore; readonly secrets: readonly string[] } | undefined
  readonly now: (() => number) | undefined
}

/** What came of the options: something to work with, or all that is wrong with them. */
export interface ApiResolution {
  readonly resolved: ResolvedApiOptions | undefined
  readonly problems: readonly string[]
}

// Typed as records, so that an option without an entry fails the build.
const NAMES: Record<keyof ApiAuthOptions, true> = {
  ...PROVIDER_NAMES,
  audience: true,
  allowedClients: true,
  resource: true,
  longRunning: true,
}
const LONG_RUNNING_NAMES: Record<keyof LongRunningOptions, true> = { store: true, secret: true }

const CHECKS: Checks = {
  audience: {
    isValid: isScopes,
    message:
      "audience must be a list of strings or one string with spaces between them. Change ApiAuth({ audience }) or IDENTITY_AUDIENCE, for example ApiAuth({ audience: 'api://todos.contoso.com' }).",
  },
  allowedClients: {
    isValid: (value) => isTexts(value) && (value as readonly string[]).length > 0,
    message:
      "allowedClients must be a list of client ids, for example ApiAuth({ allowedClients: ['11111111-2222-3333-4444-555555555555'] }). Leave it out where any client may call.",
  },
  resource: {
    isValid: isResource,
    message:
      "resource must be the API's own https:// URL (http:// only on localhost) without query and fragment. Change ApiAuth({ resource }) or IDENTITY_RESOURCE, for example https://api.contoso.com.",
  },
  'longRunning.store': {
    isValid: isStore,
    message:
      'longRunning.store must have get, set and delete. Change ApiAuth({ longRunning: { store } }), for example to new Map() in development.',
  },
}

const MIN_SECRET = 32

/** Applies the environment and the defaults, and checks everything: all faults are reported together. */
export function resolveApiOptions(
  options: ApiAuthOptions,
  environment: Environment,
): ApiResolution {
  const problems: string[] = []
  const given: ApiAuthOptions = {
    ...definedOnly({
      audience: environment['IDENTITY_AUDIENCE'],
      resource: environment['IDENTITY_RESOURCE'],
    }),
    ...withProviderEnvironment(options, environment),
  }
  problems.push(
    ...unknownNames(NAMES, { owner: 'ApiAuth', given: options }),
    ...unknownNames(B2C_NAMES, { owner: 'ApiAuth', given: options.b2c, prefix: 'b2c.' }),
    ...unknownNames(LONG_RUNNING_NAMES, {
      owner: 'ApiAuth',
      given: options.longRunning,
      prefix: 'longRunning.',
    }),
  )
  const audience = parseScopes(isScopes(given.audience) ? given.audience : [])
  const provider = resolveProvider(withClientId(given, audience), options, problems)
  const { longRunning } = given
  problems.push(
    ...faultsOf(
      {
        ...given,
        'longRunning.store': longRunning === undefined ? undefined : storeOf(longRunning),
      },
      CHECKS,
    ),
  )
  const secrets = [longRunning?.secret ?? (environment['IDENTITY_SESSION_SECRET'] || [])].flat()
  if (longRunning !== undefined && !areSecrets(secrets)) {
    problems.push(
      `longRunning.secret is missing or shorter than ${MIN_SECRET} characters. Set ApiAuth({ longRunning: { secret } }) or IDENTITY_SESSION_SECRET, for example to the output of \`openssl rand -base64 32\`.`,
    )
  }
  if (problems.length > 0 || provider === undefined) {
    return { resolved: undefined, problems: problems.map(ofApiAuth) }
  }
  return {
    problems: [],
    resolved: {
      ...provider,
      audience,
      allowedClients: given.allowedClients?.map((client) => client.toLowerCase()),
      resource: given.resource === undefined ? undefined : new URL(given.resource),
      longRunning: longRunning && { store: longRunning.store, secrets },
      now: given.now,
    },
  }
}

/** Elsewhere than at Microsoft an API needs no registration as a client, and its audience is its name. */
function withClientId(given: ApiAuthOptions, [first]: readonly string[]): ApiAuthOptions {
  const isPlain = Boolean(given.oidcAuthority) && !given.clientId
  return isPlain && first !== undefined ? { ...given, clientId: first } : given
}

/** The sentences about the provider's options are written for `Auth`; options of the same name are meant. */
function ofApiAuth(sentence: string): string {
  return sentence.replaceAll(/\bAuth\(\{/g, 'ApiAuth({')
}

function isResource(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const url = new URL(value)
  return isSecureUrl(url) && !/[?#]/.test(value) && url.username === '' && url.password === ''
}

// From JavaScript it may be missing, which must be told, too.
function storeOf(given: Partial<LongRunningOptions> | null): unknown {
  return given?.store ?? 'missing'
}

function isStore(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['get', 'set', 'delete'].every(
      (name) => typeof (value as Record<string, unknown>)[name] === 'function',
    )
  )
}

function areSecrets(secrets: readonly unknown[]): secrets is readonly string[] {
  return (
    secrets.length > 0 &&
    secrets.every((secret) => typeof secret === 'string' && secret.length >= MIN_SECRET)
  )
}
