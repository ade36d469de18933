// `azureCredential()`, for SDKs that expect a TokenCredential.
import type { SourceOptions, TokenSource } from '../client/index.ts'
import { configurationError } from '../errors.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import { readMembers, refusedKind } from '../own.ts'
import { unknownNameMessages } from '../options/rows.ts'
import { TOKEN_SOURCE, type TokenResult } from '../tokens.ts'
import { createGetToken, TENANT, type AzureCredential } from './get-token.ts'

export type * from '../register.ts'

export type { TokenResult } from '../tokens.ts'
export type {
  AbortSignalLike,
  AzureAccessToken,
  AzureCredential,
  AzureTokenOptions,
} from './get-token.ts'

/**
 * A request's context, which belongs to a session or to an API's caller.
 *
 * @example
 * ```ts
 * const blobsOf = (context: ContextSource) => new BlobServiceClient(accountUrl, azureCredential(context))
 * ```
 * @public
 */
export type ContextSource =
  | {
      /** The kind of the context. */
      readonly kind: 'session'
      /** Reads the user's claims from the provider. */
      readonly userInfo: () => Promise<unknown>
    }
  | {
      /** The kind of the context. */
      readonly kind: 'bearer'
      /** Returns an access token on behalf of the user. */
      readonly getTokenOnBehalfOf: (scopes: string | readonly string[]) => Promise<TokenResult>
    }

/**
 * The application itself: an `Auth`, an `ApiAuth` or an `McpAuth`.
 *
 * @typeParam Issuer - The names in the option `issuers` of an `ApiAuth`.
 * @example
 * ```ts
 * const vaultOf = (application: ApplicationSource) => new SecretClient(vaultUrl, azureCredential(application))
 * ```
 * @public
 */
export interface ApplicationSource<Issuer extends string = string> {
  /** Returns an access token for the application, without a user. */
  getTokenForClient(
    scopes: string | readonly string[],
    options?: { readonly issuer?: Issuer },
  ): Promise<TokenResult>
}

/**
 * The options that `azureCredential` has for an application.
 *
 * @typeParam Issuer - The names in the option `issuers` of an `ApiAuth`.
 * @example
 * ```ts
 * const options: AzureCredentialOptions = { longRunningKey: job.key }
 * ```
 * @public
 */
export interface AzureCredentialOptions<Issuer extends string = string> {
  /**
   * The IDs or domains of other tenants whose tokens an SDK may request. Azure services tell the SDK which tenant they
   * belong to, so a service could otherwise choose the tenant at which the application authenticates.
   *
   * @defaultValue only the application's tenant
   * @example
   * ```ts
   * import { azureCredential } from 'identity-web/azure'
   *
   * const tenants = ['11111111-2222-3333-4444-555555555555']
   * const credential = azureCredential(auth, { additionallyAllowedTenants: tenants })
   * ```
   */
  readonly additionallyAllowedTenants?: readonly string[] | undefined
  /**
   * The issuer that the tokens come from, by its name in the `ApiAuth` option `issuers`.
   *
   * @defaultValue the only issuer
   * @example
   * ```ts
   * import { azureCredential } from 'identity-web/azure'
   *
   * const credential = azureCredential(api, { issuer: 'workforce' })
   * ```
   */
  readonly issuer?: Issuer | undefined
  /**
   * The key of a long-running process, from `context.startLongRunningProcess()`, so that the tokens belong to the user
   * who started the process.
   *
   * @defaultValue none: the tokens belong to the application
   * @example
   * ```ts
   * import { azureCredential } from 'identity-web/azure'
   *
   * const { key } = await queue.next()
   * const credential = azureCredential(api, { longRunningKey: key })
   * ```
   */
  readonly longRunningKey?: string
}

const OPTIONS: Record<keyof AzureCredentialOptions, true> = {
  additionallyAllowedTenants: true,
  issuer: true,
  longRunningKey: true,
}

/**
 * Returns a credential for the Azure and Microsoft Graph SDKs. They get their access tokens from a session, on behalf
 * of an API's caller, or for the application itself.
 *
 * Create a credential with a context, and the SDK's client, **in the handler of each request**. A client keeps its
 * token, so a client that several requests share would read one user's data for all users. You can share a client
 * between requests only if its credential belongs to the application.
 *
 * If the user must consent or meet a Conditional Access policy, the SDK's call fails. Do not catch this error, so that
 * the guard can send the user to the provider, or the API can tell its caller.
 *
 * @param source - A session's or an API's context, or an `Auth`, `ApiAuth` or `McpAuth` for the application itself.
 * @param options - The options for an application, and the key of a long-running process.
 * @returns A `TokenCredential` as `@azure/core-auth` defines it.
 * @throws IdentityError `configuration` for a wrong source or option. The SDK passes on the errors of its `getToken`.
 *
 * @example
 * ```ts
 * import { BlobServiceClient } from '@azure/storage-blob'
 * import { azureCredential } from 'identity-web/azure'
 *
 * app.get('/files', auth.loginRequired(async (req, res, context) => {
 *   const blobs = new BlobServiceClient('https://contoso.blob.core.windows.net', azureCredential(context))
 *   res.json(await Array.fromAsync(blobs.getContainerClient('files').listBlobsFlat()))
 * }))
 * ```
 * @public
 */
export function azureCredential(source: ContextSource): AzureCredential
/**
 * Returns a credential for the Azure and Microsoft Graph SDKs, which gets tokens for the application or a long-running
 * process.
 *
 * @param source - An `Auth`, `ApiAuth` or `McpAuth`.
 * @param options - The other tenants, the issuer, and the key of a long-running process.
 * @returns A `TokenCredential` as `@azure/core-auth` defines it.
 * @throws IdentityError `configuration` for a wrong source or option. The SDK passes on the errors of its `getToken`.
 *
 * @example
 * ```ts
 * import { SecretClient } from '@azure/keyvault-secrets'
 * import { azureCredential } from 'identity-web/azure'
 *
 * const vault = new SecretClient('https://contoso.vault.azure.net', azureCredential(auth))
 * ```
 * @public
 */
export function azureCredential<Issuer extends string = string>(
  source: ApplicationSource<Issuer>,
  options?: AzureCredentialOptions<NoInfer<Issuer>>,
): AzureCredential
export function azureCredential(
  source: ContextSource | ApplicationSource,
  given: AzureCredentialOptions = {},
): AzureCredential {
  const kind = refusedKind(given)
  if (kind !== undefined) {
    throw configurationError(
      `The second argument of azureCredential() must be an object, for example { longRunningKey: job.key }, but received ${kind}.`,
    )
  }
  const options = readMembers(given, Object.keys(OPTIONS))
  const sourceOf = (
    Object(source) as { [TOKEN_SOURCE]?: (of: SourceOptions) => MaybePromise<TokenSource> }
  )[TOKEN_SOURCE]
  if (typeof sourceOf !== 'function') {
    throw configurationError(
      'The first argument of azureCredential() must be the context of a guarded handler, or an Auth, ApiAuth or McpAuth. Pass the object itself and not a copy of its members.',
    )
  }
  const isContext = 'kind' in source
  const [problem] = isContext ? contextProblems(options) : applicationProblems(source, options)
  if (problem !== undefined) throw configurationError(problem)
  const { additionallyAllowedTenants: tenants = [], issuer, longRunningKey } = options
  return {
    // An application's options may come from a request's environment, so its source is not known at the start.
    getToken: createGetToken(
      () => Reflect.apply(sourceOf, source, [{ issuer, longRunningKey }]),
      tenants.map((tenant) => tenant.toLowerCase()),
    ),
  }
}

function contextProblems(options: AzureCredentialOptions): string[] {
  const [name] = Object.keys(options)
  return name === undefined
    ? []
    : [
        `azureCredential(context) has no options, but ${name} was passed. Remove the second argument.`,
      ]
}

function applicationProblems(source: object, options: AzureCredentialOptions): string[] {
  const { additionallyAllowedTenants: tenants = [], longRunningKey } = options
  const unknown = unknownNameMessages(OPTIONS, { owner: 'azureCredential()', given: options })
  const isKey = typeof longRunningKey === 'string' && longRunningKey !== ''
  const isTenant = (tenant: unknown): boolean => typeof tenant === 'string' && TENANT.test(tenant)
  const ofApi = (['issuer', 'longRunningKey'] as const).find((name) => options[name] !== undefined)
  return [
    ...unknown,
    ...(ofApi !== undefined && !('getTokenInLongRunningProcess' in source)
      ? [
          `The option ${ofApi} of azureCredential() is for an ApiAuth or an McpAuth, but the first argument is an Auth. Remove ${ofApi}, or pass the ApiAuth or McpAuth.`,
        ]
      : []),
    // Without this check, a job whose key is missing would act as the application.
    ...('longRunningKey' in options && !isKey
      ? [
          'The option longRunningKey of azureCredential() is not a key. Set it to the key that context.startLongRunningProcess() returned.',
        ]
      : []),
    ...(Array.isArray(tenants) && tenants.every(isTenant)
      ? []
      : [
          'The option additionallyAllowedTenants of azureCredential() must be a list of tenant IDs or domains, for example ["contoso.onmicrosoft.com"]. A wildcard is not allowed.',
        ]),
  ]
}
