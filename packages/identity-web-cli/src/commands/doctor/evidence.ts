import type { Auth } from 'identity-web/fetch'
import type { AccessToken } from '../../graph/access-token.js'
import type { Output } from '../../output/output.js'
import { readServerMetadata, withResource, type ServerMetadata } from './network/mcp-server.js'
import { recordFetch, type RecordingFetch } from './network/record-fetch.js'
import { graphScopeOf } from '../../subject/authorities.js'
import {
  checkSettings,
  createApp,
  createProbe,
  createProviderProbe,
  type SettingsResult,
} from '../../subject/probe.js'
import type { AppObject, Options, Subject } from '../../subject/subject.js'

/** The choices of the user. */
export interface Choices {
  /** The URL of the deployed application. */
  readonly url: URL | undefined
  readonly store: string | undefined
  /** The table of the sessions in PostgreSQL. */
  readonly table: string | undefined
  readonly tenant: string | undefined
  readonly idTokenFile: string | undefined
  readonly claims: readonly string[]
  /** The clients of an MCP server. */
  readonly clients: readonly string[]
  /** The URL of Microsoft Graph that the user passed. */
  readonly graph: string | undefined
  /** Returns a token of Microsoft Graph. `undefined` if the user did not allow it. */
  readonly readGraphToken: (() => Promise<AccessToken>) | undefined
  /** The time limit of a check, in seconds. */
  readonly timeoutSeconds: number
}

/** The response of the provider to the request for its metadata. */
export interface ProviderResult {
  /** The error. `undefined` if the metadata and the keys are correct. */
  readonly error: unknown
  /** The URL of the metadata. `undefined` if no request was sent. */
  readonly url: URL | undefined
  readonly metadata: Readonly<Record<string, unknown>> | undefined
  readonly exchanges: RecordingFetch['exchanges']
}

/** An app-only token, or the error. */
export type AppTokenResult =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'error'; readonly error: unknown }

/** The error of the provider for a request without a credential. */
export interface TokenError {
  /** The code of RFC 6749, section 5.2. */
  readonly error: string
  /** The codes of Microsoft. */
  readonly codes: readonly string[]
}

/** The facts that several checks use. Each fact is determined only once, when the first check needs it. */
export class Evidence {
  readonly subject: Subject
  readonly choices: Choices
  readonly folder: string
  readonly output: Output
  /** The claims of the user who signed in for this run. */
  signedIn: Readonly<Record<string, unknown>> | undefined
  readonly #recording: RecordingFetch
  readonly #opened: AppObject[] = []

  constructor(given: {
    readonly subject: Subject
    readonly choices: Choices
    readonly folder: string
    readonly output: Output
  }) {
    this.subject = given.subject
    this.choices = given.choices
    this.folder = given.folder
    this.output = given.output
    this.#recording = recordFetch(given.subject.options.fetch ?? fetch)
  }

  /** Sends a request as the application would, without following redirects. */
  fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const signal = AbortSignal.timeout(this.#requestSeconds * 1000)
    return (this.subject.options.fetch ?? fetch)(url, { redirect: 'manual', signal, ...init })
  }

  /** The value of an option, or of its variable. */
  setting(option: keyof Options, variable: string): string | undefined {
    const value: unknown = this.subject.options[option] ?? this.subject.variables.all[variable]
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  /** The URL of the Microsoft authority. `undefined` for other providers. */
  get authority(): string | undefined {
    return this.setting('authority', 'IDENTITY_AUTHORITY')
  }

  get clientId(): string | undefined {
    return this.setting('clientId', 'IDENTITY_CLIENT_ID')
  }

  get redirectUri(): URL | undefined {
    const value = this.setting('redirectUri', 'IDENTITY_REDIRECT_URI')
    return value !== undefined && URL.canParse(value) ? new URL(value) : undefined
  }

  readonly settings: () => SettingsResult = once(() => checkSettings(this.subject))

  /** Requests the metadata and the keys of the provider. `undefined` if the settings do not contain a provider. */
  readonly provider: () => Promise<ProviderResult | undefined> = once(async () => {
    const probe = createProviderProbe(this.subject, this.#changes(false))
    if (probe === undefined) return undefined
    const error = await probe.ready().then(
      () => undefined,
      (cause: unknown) => cause,
    )
    probe.close()
    const { exchanges } = this.#recording
    const first = exchanges.find(({ url }) => url.pathname.includes('/.well-known/'))
    return { error, url: first?.url, metadata: await first?.document, exchanges }
  })

  /** An `Auth` with the settings of the application, and with its credential. `undefined` if settings are missing. */
  readonly app: () => Auth<unknown> | undefined = once(() =>
    this.#keep(createProbe(this.subject, this.#changes(true))),
  )

  /** The same `Auth` with the authority of one tenant, because app-only tokens need a tenant. */
  readonly appOfTenant: () => Auth<unknown> | undefined = once(() =>
    this.choices.tenant === undefined ? this.app() : this.#createApp(this.#recording.fetch),
  )

  /** The metadata of the MCP server at `--url`, or of the object that the application exports. */
  readonly metadata: () => Promise<ServerMetadata | undefined> = once(() =>
    readServerMetadata({
      url: this.choices.url,
      object: this.subject.object,
      fetch: (url) => this.fetch(url),
    }),
  )

  /** The evidence of each issuer of an API with several, whose options do not have variables. */
  readonly issuers: () => readonly (readonly [name: string, evidence: Evidence])[] = once(() => {
    const { options, variables } = this.subject
    const { issuers, ...shared } = options
    const all = Object.fromEntries(
      Object.entries(variables.all).filter(([name]) => !name.startsWith('IDENTITY_')),
    )
    return Object.entries(issuers ?? {}).map(([name, own]) => {
      const subject = {
        ...this.subject,
        options: { ...shared, ...own },
        variables: { ...variables, all },
      }
      const { choices, folder, output } = this
      return [name, new Evidence({ subject, choices, folder, output })] as const
    })
  })

  /** The URL of the MCP server, from its metadata or its settings. */
  readonly resource: () => Promise<string | undefined> = once(async () => {
    const metadata = await this.metadata().catch(() => undefined)
    return metadata?.resource ?? this.setting('resource', 'IDENTITY_RESOURCE')
  })

  /** Requests an app-only token for the MCP server. `undefined` if settings are missing. */
  readonly resourceToken: () => Promise<AppTokenResult | undefined> = once(async () => {
    const resource = await this.resource()
    if (resource === undefined) return undefined
    const app =
      this.subject.object ?? this.#createApp(withResource(this.#recording.fetch, resource))
    return this.#requestToken(`${resource}/.default`, app)
  })

  /** Requests an app-only token for the application itself. `undefined` if settings are missing. */
  readonly ownToken: () => Promise<AppTokenResult | undefined> = once(() =>
    this.#requestToken(this.#ownScope),
  )

  /**
   * Requests any app-only token, to see whether the provider accepts the credential. Entra ID issues an app-only token
   * for Microsoft Graph to every application. `undefined` if settings are missing.
   */
  readonly anyToken: () => Promise<AppTokenResult | undefined> = once(async () => {
    const graph = graphScopeOf(this.authority)
    if (graph === undefined) return this.ownToken()
    if (this.subject.kind === 'web') return this.#requestToken(graph)
    const own = await this.ownToken()
    return own?.kind === 'token' ? own : this.#requestToken(graph)
  })

  /**
   * Sends an authorization code that does not exist, without a credential. Providers authenticate the app before they
   * look at the
   * code (RFC 6749, section 4.1.3), so the error shows whether they require a credential. `undefined` without an error
   * response.
   */
  async sendCodeWithoutCredential(): Promise<TokenError | undefined> {
    const { metadata } = (await this.provider()) ?? {}
    const { clientId, redirectUri } = this
    const endpoint = metadata?.['token_endpoint']
    if (typeof endpoint !== 'string' || clientId === undefined) return undefined
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      code: 'identity-web-cli-doctor',
      code_verifier: 'identity-web-cli-doctor'.padEnd(43, '-'),
      ...(redirectUri !== undefined && { redirect_uri: redirectUri.href }),
    })
    const response = await this.fetch(endpoint, { method: 'POST', body })
    const json: unknown = await response.json().catch(() => undefined)
    const { error, error_description: description } = Object(json) as Record<string, unknown>
    if (typeof error !== 'string') return undefined
    return {
      error,
      codes:
        String(description)
          .match(/AAD(?:STS|B2C)\d+/g)
          ?.slice(0, 1) ?? [],
    }
  }

  /** Requests a token as a client that does not exist. An app with the same error may not exist either. */
  async errorOfNobody(): Promise<unknown> {
    const nobody = {
      clientId: 'identity-web-cli-doctor',
      clientCredential: 'identity-web-cli-doctor',
    }
    const options = { ...this.subject.options, ...nobody, clientSecret: undefined }
    const app = createProbe({ ...this.subject, options }, this.#changes(true))
    const result = await this.#requestToken(this.#ownScope, this.#keep(app))
    return result?.kind === 'error' ? result.error : undefined
  }

  async #requestToken(
    scope: string,
    app: AppObject | undefined = this.subject.object ?? this.appOfTenant() ?? this.#api(),
  ): Promise<AppTokenResult | undefined> {
    if (app === undefined) return undefined
    try {
      const { accessToken } = await app.getTokenForClient(scope)
      this.output.hide(accessToken)
      return { kind: 'token', token: accessToken }
    } catch (error) {
      return { kind: 'error', error }
    }
  }

  /** Stops the timers of the objects that the checks used. */
  close(): void {
    for (const app of this.#opened) app.close()
    for (const [, evidence] of this.issuers()) evidence.close()
    this.subject.object?.close()
  }

  /** Creates an `Auth` with the authority of the tenant of `--tenant`. */
  #createApp(send: typeof fetch): Auth<unknown> | undefined {
    const { authority } = this
    const { tenant } = this.choices
    let { options } = this.subject
    if (tenant !== undefined && authority !== undefined) {
      const url = new URL(authority)
      url.pathname = tenant
      options = { ...options, authority: url.href }
    }
    const changes = { ...this.#changes(true), fetch: send }
    return this.#keep(createProbe({ ...this.subject, options }, changes))
  }

  /** An API without problems. It says why it does not send a secret that a web app would not start with. */
  #api(): AppObject | undefined {
    const { kind, options, variables } = this.subject
    if (kind === 'web' || this.settings().problems.length > 0) return undefined
    const { fetch: send } = this.#recording
    return this.#keep(createApp(kind, { ...options, fetch: send }, variables.all))
  }

  #keep<App extends AppObject>(app: App | undefined): App | undefined {
    if (app !== undefined) this.#opened.push(app)
    return app
  }

  /** The scope for a token of the application for itself. Azure AD B2C requires the whole App ID URI. */
  get #ownScope(): string {
    const { b2c } = this.subject.options
    const tenant = b2c?.tenantName ?? this.subject.variables.all['IDENTITY_B2C_TENANT_NAME']
    const [, ofHost] = /^https:\/\/([\w-]+)\.b2clogin\.com\//.exec(this.authority ?? '') ?? []
    const name = tenant ?? ofHost
    return name === undefined
      ? `${this.clientId}/.default`
      : `https://${name}.onmicrosoft.com/${this.clientId}/.default`
  }

  #changes(hasCredential: boolean) {
    return {
      fetch: this.#recording.fetch,
      timeoutSeconds: this.#requestSeconds,
      hasCredential,
    }
  }

  /**
   * The time limit of a request. It is shorter than the time limit of a check, so that the check can report which
   * request took too long.
   */
  get #requestSeconds(): number {
    return this.choices.timeoutSeconds * 0.8
  }
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined
  return () => (found ??= { value: find() }).value
}
