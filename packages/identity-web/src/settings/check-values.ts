import { isGuid } from '../authority/index.ts'
import { credentialProblems } from '../client/index.ts'
import type { ProviderOptions } from './provider-options.ts'

/** What the value of an option must be, and what to say of one that isn't. Absent values are not checked. */
interface Check {
  readonly isValid: (value: unknown) => boolean
  /** What is wrong, the option, its variable, an example. */
  readonly message: string
}

/** The checks of options, by their names. */
export type Checks = Readonly<Record<string, Check>>

const PROVIDER_CHECKS: Checks = {
  clientId: {
    isValid: isText,
    message:
      'clientId must be a string. Change Auth({ clientId }) or IDENTITY_CLIENT_ID, for example 11111111-2222-3333-4444-555555555555.',
  },
  clientSecret: {
    isValid: isText,
    message:
      'clientSecret must be a string. Change Auth({ clientSecret }) or IDENTITY_CLIENT_SECRET, for example the value under Certificates & secrets of the app registration.',
  },
  tenants: {
    isValid: (value) =>
      value === 'any' || value === 'work' || (Array.isArray(value) && value.every(isGuid)),
    message:
      "tenants must be 'any', 'work' or a list of tenant ids, for example Auth({ tenants: ['11111111-2222-3333-4444-555555555555'] }).",
  },
  clientCapabilities: {
    isValid: isTexts,
    message:
      "clientCapabilities must be a list, for example Auth({ clientCapabilities: ['cp1'] }).",
  },
  timeout: {
    isValid: isDuration,
    message: 'timeout must be a number of seconds above 0, for example Auth({ timeout: 10 }).',
  },
}

/** A sentence for each value of the provider's options that can't be used. */
export function providerProblems(given: ProviderOptions): string[] {
  const { clientCredential, clientSecret } = given
  const problems = clientCredential === undefined ? [] : credentialProblems(clientCredential)
  const hasTwo = clientCredential !== undefined && clientSecret !== undefined
  if (hasTwo && clientCredential !== clientSecret) {
    problems.push(
      'client_credential and client_secret are both configured, with different values. Set Auth({ clientCredential }) alone, for example Auth({ clientCredential: process.env.IDENTITY_CLIENT_SECRET }).',
    )
  }
  return [...problems, ...faultsOf(given, PROVIDER_CHECKS)]
}

/** A sentence for each value that fails its check. */
export function faultsOf(values: object, checks: Checks): string[] {
  const byName: ReadonlyMap<string, unknown> = new Map(Object.entries(values))
  return Object.entries(checks)
    .filter(([name, { isValid }]) => byName.get(name) !== undefined && !isValid(byName.get(name)))
    .map(([, { message }]) => message)
}

export function isText(value: unknown): boolean {
  return typeof value === 'string'
}

export function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

export function isScopes(value: unknown): boolean {
  return isText(value) || isTexts(value)
}

export function isDuration(value: unknown): boolean {
  return Number.isFinite(value) && Number(value) > 0
}
