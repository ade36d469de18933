import type { ClientCredential } from '../client/index.ts'
import { providerProblems } from './check-values.ts'
import type { Logger } from './logger.ts'
import { missing } from './missing.ts'
import type { Environment, ProviderOptions } from './provider-options.ts'
import {
  resolveAuthority,
  withB2cEnvironment,
  type ResolvedAuthority,
} from './resolve-authority.ts'

/** Who the application is and who issues its tokens, after defaults. */
export interface ResolvedProvider extends ResolvedAuthority {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  readonly capabilities: readonly string[]
  readonly logger: Logger
  readonly fetch: typeof fetch
  readonly timeout: number
}

/** The provider's options with those of the environment: what the code says, under whatever name, outranks it. */
export function withProviderEnvironment<T extends ProviderOptions>(
  options: T,
  environment: Environment,
): T {
  const fromEnvironment: ProviderOptions = {
    authority: environment['IDENTITY_AUTHORITY'],
    oidcAuthority: environment['IDENTITY_OIDC_AUTHORITY'],
    clientId: environment['IDENTITY_CLIENT_ID'],
    clientCredential:
      options.clientSecret === undefined ? environment['IDENTITY_CLIENT_SECRET'] : undefined,
  }
  return {
    ...definedOnly(fromEnvironment),
    ...definedOnly(options),
    b2c: withB2cEnvironment(options.b2c, environment),
  }
}

/** An empty variable, as `.env` files leave them, is one that was not set. */
export function definedOnly<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as T
}

/**
 * Applies the defaults and checks everything.
 *
 * @param given - With the environment's values.
 * @param inCode - Without them.
 * @param problems - Gets a sentence for each fault.
 */
export function resolveProvider(
  given: ProviderOptions,
  inCode: ProviderOptions,
  problems: string[],
): ResolvedProvider | undefined {
  const authority = resolveAuthority(given, inCode, problems)
  if (!given.clientId) {
    problems.push(
      missing({
        name: 'client_id',
        option: 'clientId',
        variable: 'IDENTITY_CLIENT_ID',
        example: 'the Application (client) ID of the app registration',
      }),
    )
  }
  problems.push(...providerProblems(given))
  return (
    authority && {
      ...authority,
      clientId: given.clientId ?? '',
      credential: given.clientCredential ?? given.clientSecret,
      capabilities: Object.freeze([...(given.clientCapabilities ?? [])]),
      logger: given.logger ?? {},
      // Workers refuse the global one as a method of another object.
      fetch: given.fetch ?? ((input, init) => fetch(input, init)),
      timeout: given.timeout ?? 10,
    }
  )
}
