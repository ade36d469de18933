import { CLOCK_TOLERANCE_SECONDS, isGuid, MAX_CLOCK_TOLERANCE_SECONDS } from '../authority/index.ts'
import { credentialProblems, methodProblem } from '../client/index.ts'
import { DEFAULT_CACHE_ENTRIES } from '../caches.ts'
import type { FailedCheck } from './problems.ts'
import type { ProviderOptions } from './provider-options.ts'

/** The check of an option, and the message if it fails. Missing values are not checked. */
interface Check {
  readonly isValid: (value: unknown) => boolean
  /** The problem, the option, its variable and an example. */
  readonly message: string
}

/** The checks of options, by option name. */
export type Checks = Readonly<Record<string, Check>>

// A larger number is a mistake, because the cache would need several GB.
const MAX_CACHE_ENTRIES = 1_000_000

const PROVIDER_CHECKS: Checks = {
  clientId: {
    isValid: isString,
    message:
      'clientId must be a string. Set Auth({ clientId }) or IDENTITY_CLIENT_ID, for example 11111111-2222-3333-4444-555555555555.',
  },
  clientSecret: {
    isValid: isString,
    message:
      'clientSecret must be a string. Set Auth({ clientSecret }) or IDENTITY_CLIENT_SECRET to the secret value from Certificates & secrets of the app registration.',
  },
  tenants: {
    isValid: (value) =>
      value === 'any' || value === 'work' || (Array.isArray(value) && value.every(isGuid)),
    message:
      "tenants must be 'any', 'work' or a list of tenant IDs. Set, for example, Auth({ tenants: ['11111111-2222-3333-4444-555555555555'] }).",
  },
  clientCapabilities: {
    isValid: isStringList,
    message:
      "clientCapabilities must be a list of strings. Set, for example, Auth({ clientCapabilities: ['cp1'] }).",
  },
  environment: {
    isValid: (value) => value === 'production' || value === 'development',
    message:
      "environment must be 'production' or 'development'. Set, for example, Auth({ environment: 'production' }).",
  },
  strictStart: {
    isValid: (value) => typeof value === 'boolean',
    message: 'strictStart must be true or false. Set, for example, Auth({ strictStart: false }).',
  },
  logger: {
    isValid: isLogger,
    message:
      'logger must be an object with the functions info, warn and error, or false. Set, for example, Auth({ logger: console }).',
  },
  onEvent: {
    isValid: (value) => typeof value === 'function',
    message:
      'onEvent must be a function. Set, for example, Auth({ onEvent: (event) => console.log(event) }).',
  },
  includePersonalData: {
    isValid: (value) => typeof value === 'boolean',
    message:
      'includePersonalData must be true or false. Set, for example, Auth({ includePersonalData: true }).',
  },
  cacheEntries: {
    isValid: (value) =>
      Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_CACHE_ENTRIES,
    message: `cacheEntries must be a whole number from 1 to ${MAX_CACHE_ENTRIES}, for example Auth({ cacheEntries: 10_000 }). Omit it for ${DEFAULT_CACHE_ENTRIES}.`,
  },
  clockToleranceSeconds: {
    isValid: (value) =>
      Number.isFinite(value) && Number(value) >= 0 && Number(value) <= MAX_CLOCK_TOLERANCE_SECONDS,
    message: `clockToleranceSeconds must be a number from 0 to ${MAX_CLOCK_TOLERANCE_SECONDS}. Set, for example, Auth({ clockToleranceSeconds: ${CLOCK_TOLERANCE_SECONDS} }). Correct the clock of this server if the difference is larger.`,
  },
  timeoutSeconds: {
    isValid: isDuration,
    message:
      'timeoutSeconds must be a number greater than 0. Set, for example, Auth({ timeoutSeconds: 10 }).',
  },
}

/** Returns a message for each provider option whose value is not valid. */
export function providerProblems(given: ProviderOptions): FailedCheck[] {
  const { clientCredential, clientSecret } = given
  const option = 'clientCredential'
  const messages = clientCredential === undefined ? [] : credentialProblems(clientCredential)
  const hasTwo = clientCredential !== undefined && clientSecret !== undefined
  if (hasTwo && clientCredential !== clientSecret) {
    messages.push(
      'clientCredential and clientSecret are both configured, with different values. Set only Auth({ clientCredential }), for example Auth({ clientCredential: process.env.IDENTITY_CLIENT_SECRET }).',
    )
  }
  const wrongMethod = methodProblem(given.clientAuthentication, clientCredential ?? clientSecret)
  return [
    ...messages.map((message) => ({ option, message })),
    ...(wrongMethod === undefined
      ? []
      : [{ option: 'clientAuthentication', message: wrongMethod }]),
    ...failedChecks(given, PROVIDER_CHECKS),
  ]
}

/** Returns a message for each value that fails its check. */
export function failedChecks(values: object, checks: Checks): FailedCheck[] {
  const byName: ReadonlyMap<string, unknown> = new Map(Object.entries(values))
  return Object.entries(checks)
    .filter(([name, { isValid }]) => byName.get(name) !== undefined && !isValid(byName.get(name)))
    .map(([option, { message }]) => ({ option, message }))
}

/** Whether a value is a logger, or `false`. */
export function isLogger(value: unknown): boolean {
  return value === false || (typeof value === 'object' && value !== null)
}

export function isString(value: unknown): boolean {
  return typeof value === 'string'
}

export function isStringList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isString)
}

export function isScopes(value: unknown): boolean {
  return isString(value) || isStringList(value)
}

export function isDuration(value: unknown): boolean {
  return Number.isFinite(value) && Number(value) > 0
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
