import { ownMembers } from '../../own.ts'
import { docsUrlWarnings } from '../../docs-url.ts'
import { isSecureUrl } from '../../authority/index.ts'
import { parseScopes } from '../../client/index.ts'
import { secretFault } from '../../settings/check-secrets.ts'
import { failedChecks, isScopes, isStringList, type Checks } from '../../settings/check-values.ts'
import { resolveEnvironment, type AppEnvironment } from '../../settings/environment.ts'
import {
  B2C_NAMES,
  PROVIDER_NAMES,
  emptyRestrictions,
  ownOptions,
  prefixed,
  unknownOptionChecks,
} from '../../settings/option-names.ts'
import {
  toProblems,
  type ConfigurationProblem,
  type FailedCheck,
  type OptionInfo,
} from '../../settings/problems.ts'
import type { Environment } from '../../settings/provider-options.ts'
import {
  definedOnly,
  providerWarnings,
  resolveProvider,
  withProviderEnvironment,
  type ResolvedProvider,
} from '../../settings/resolve-provider.ts'
import { type TokenStore, keyvErrorsOf } from '../../store.ts'
import type { OptionsExtension, ResolvedExtension } from './extension.ts'
import type { ApiAuthOptions, LongRunningOptions } from './options.ts'

/** The checked options with their defaults. */
export interface ResolvedApiOptions extends ResolvedProvider {
  /** The class that the developer has written, as messages name it. */
  readonly owner: string
  readonly audience: readonly string[]
  /** In lower case. */
  readonly allowedClients: readonly string[] | undefined
  readonly resource: URL | undefined
  readonly longRunning:
    | { readonly store: TokenStore; readonly secrets: readonly string[] }
    | undefined
  readonly now: (() => number) | undefined
  readonly environment: AppEnvironment
  /** The changes of an extension, such as `McpAuth`. */
  readonly extended: ResolvedExtension
}

/** Either the resolved options, or all problems with them. */
export interface ApiResolution {
  readonly resolved: ResolvedApiOptions | undefined
  readonly problems: readonly ConfigurationProblem[]
  readonly warnings: readonly string[]
  readonly environment: AppEnvironment
}

// Typed as records, so that an option without an entry fails the build.
const API_NAMES: Record<keyof ApiAuthOptions, OptionInfo> = {
  ...PROVIDER_NAMES,
  audience: {
    variable: 'IDENTITY_AUDIENCE',
    example: "'api://todos.contoso.com'",
    restricts: true,
  },
  allowedClients: { example: "['11111111-2222-3333-4444-555555555555']", restricts: true },
  resource: { variable: 'IDENTITY_RESOURCE', example: "'https://api.contoso.com'" },
  longRunning: { example: '{ store: redisStore(client) }' },
}
const LONG_RUNNING_NAMES: Record<keyof LongRunningOptions, OptionInfo> = {
  store: { example: 'redisStore(client)' },
  secret: {
    variable: 'IDENTITY_SESSION_SECRET',
    example: 'the output of `openssl rand -base64 32`',
  },
}

/** All options of `ApiAuth` by their whole names, such as `longRunning.store`. */
export const API_OPTIONS: Readonly<Record<string, OptionInfo>> = {
  ...API_NAMES,
  ...prefixed('longRunning.', LONG_RUNNING_NAMES),
  ...prefixed('b2c.', B2C_NAMES),
}

const API_CHECKS: Checks = {
  audience: {
    isValid: (value) => isScopes(value) && parseScopes(value as string).length > 0,
    message:
      "audience must be a list of strings or a space-separated string. Change ApiAuth({ audience }) or IDENTITY_AUDIENCE, for example ApiAuth({ audience: 'api://todos.contoso.com' }).",
  },
  allowedClients: {
    isValid: (value) => isStringList(value) && (value as readonly string[]).length > 0,
    message:
      "allowedClients must be a list of client IDs, for example ApiAuth({ allowedClients: ['11111111-2222-3333-4444-555555555555'] }). Omit it to allow every client.",
  },
  resource: {
    isValid: isResource,
    message:
      'resource must be the https:// URL of the API (http:// only on localhost), without a query or a fragment. Change ApiAuth({ resource }) or IDENTITY_RESOURCE, for example https://api.contoso.com.',
  },
  'longRunning.store': {
    isValid: isStore,
    message:
      'longRunning.store must have get, set and delete, and a Keyv 5 must have throwOnErrors: true. Change ApiAuth({ longRunning: { store } }), for example to new Map() in development.',
  },
}

/** Applies the environment variables and the defaults, and checks all options. All problems are reported together. */
export function resolveApiOptions(
  written: ApiAuthOptions,
  variables: Environment,
  { owner, names, resolve }: OptionsExtension,
): ApiResolution {
  const known = { ...API_OPTIONS, ...names }
  const options = ownOptions(written, known)
  const given: ApiAuthOptions = ownMembers({
    ...definedOnly({
      audience: variables['IDENTITY_AUDIENCE'],
      resource: variables['IDENTITY_RESOURCE'],
    }),
    ...withProviderEnvironment(options, variables),
  })
  const environment = resolveEnvironment(given, variables, authoritiesOf(given))
  const problems: FailedCheck[] = [
    ...unknownOptionChecks([
      { owner, known: { ...API_NAMES, ...names }, given: options },
      { owner, known: B2C_NAMES, given: options.b2c, prefix: 'b2c.' },
      { owner, known: LONG_RUNNING_NAMES, given: options.longRunning, prefix: 'longRunning.' },
    ]),
    ...emptyRestrictions(owner, known, options),
  ]
  const audience = parseScopes(isScopes(given.audience) ? given.audience : [])
  const provider = resolveProvider(withClientId(given, audience), options, problems)
  const { longRunning } = given
  problems.push(
    ...failedChecks(
      {
        ...given,
        'longRunning.store': longRunning === undefined ? undefined : storeOf(longRunning),
      },
      API_CHECKS,
    ),
  )
  const secrets = [longRunning?.secret ?? (variables['IDENTITY_SESSION_SECRET'] || [])].flat()
  const fault = secrets.length === 0 ? 'is missing' : secretFault(secrets)
  if (longRunning !== undefined && fault !== undefined) {
    problems.push({
      option: 'longRunning.secret',
      message: `longRunning.secret ${fault}. Set ApiAuth({ longRunning: { secret } }) or IDENTITY_SESSION_SECRET, for example to the output of \`openssl rand -base64 32\`.`,
    })
  }
  const extension = resolve?.({ given, provider, environment })
  const stricter = extension?.problems ?? []
  const warnings = [
    ...providerWarnings(provider, environment),
    ...docsUrlWarnings(variables),
    ...(extension?.warnings ?? []),
  ].map((message) => toOwnMessage(owner, message))
  // The message of the extension says more about an option that both check.
  const failed = problems.filter(({ option }) => !stricter.some((one) => one.option === option))
  const found = [...failed, ...stricter]
  if (found.length > 0 || provider === undefined) {
    const all = found.map(({ option, message }) => ({
      option,
      message: toOwnMessage(owner, message),
    }))
    return { resolved: undefined, problems: toProblems(all, known), warnings, environment }
  }
  return {
    problems: [],
    warnings,
    environment,
    resolved: ownMembers({
      ...provider,
      owner,
      audience,
      allowedClients: given.allowedClients?.map((client) => client.toLowerCase()),
      resource: given.resource === undefined ? undefined : new URL(given.resource),
      longRunning: longRunning && { store: longRunning.store, secrets },
      now: given.now,
      environment,
      extended: extension?.resolved ?? {},
    }),
  }
}

/** Returns the URLs of the configured authority. Azure AD B2C never runs on this machine. */
function authoritiesOf({
  authority,
  oidcAuthority,
  b2c,
}: ApiAuthOptions): readonly (string | undefined)[] {
  return [authority, oidcAuthority, b2c && 'https://b2clogin.com']
}

/** Only Microsoft requires that an API is registered as a client. Elsewhere, the first audience replaces the client ID. */
function withClientId(given: ApiAuthOptions, [first]: readonly string[]): ApiAuthOptions {
  const needsClientId = Boolean(given.oidcAuthority) && !given.clientId
  return needsClientId && first !== undefined ? ownMembers({ ...given, clientId: first }) : given
}

/** Replaces the class in a message about an option that several classes have. */
function toOwnMessage(owner: string, message: string): string {
  return message.replaceAll(/\b(?:Api)?Auth\(\{/g, `${owner}({`)
}

function isResource(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const url = new URL(value)
  return isSecureUrl(url) && !/[?#]/.test(value) && url.username === '' && url.password === ''
}

// In JavaScript the store may be missing. The checks skip undefined values, so a missing store needs another value.
function storeOf(given: Partial<LongRunningOptions> | null): unknown {
  return given?.store ?? 'missing'
}

function isStore(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    keyvErrorsOf(value) !== 'hidden' &&
    ['get', 'set', 'delete'].every(
      (name) => typeof (value as Record<string, unknown>)[name] === 'function',
    )
  )
}
