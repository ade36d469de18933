import { randomBytes } from 'node:crypto'
import {
  ApiAuth,
  Auth,
  type AuthOptions,
  type Claims,
  type IdentityEvent,
  type UserContext,
} from 'identity-web/fetch'
import { graphScopeOf, kindOf, type ProviderKind } from '../../subject/authorities.js'
import type { Variables } from '../../subject/read-variables.js'
import { CheckError, explainFailure, type Failure } from '../doctor/explain-error.js'
import { changeWithoutHint, DOCTOR } from './advice.js'
import type { HiddenIds } from '../../output/hidden-ids.js'
import type { Proof } from './proof.js'
import type { TrialSettings } from './settings.js'
import { TokenRecorder, urlOf } from './token-recorder.js'

/** A task for the person or the program in the browser. */
export interface Task<T> {
  /** The instruction, in one or two sentences. */
  readonly text: string
  /** The change to suggest if the browser does not come back, or if an error does not contain a hint. */
  readonly change?: string | undefined
  /**
   * The pages of the task by their paths. The browser opens the first one. Then one of them calls `done` with the
   * result.
   */
  readonly pages: Readonly<Record<string, (done: (value: T) => Response) => Handler>>
}

export type Handler = (request: Request) => Response | Promise<Response>

/** A request of the browser or of the provider, after its response. */
export interface Seen {
  readonly path: string
  readonly status: number
  /** The `Location` of the response. */
  readonly location: string | undefined
}

/** The browser that signs in, at the origin of the redirect URI. */
export interface Browser {
  readonly origin: string
  /** The header `Cookie` of the browser. */
  readonly cookie: string
  readonly seen: readonly Seen[]
  /** `true` after the person has left, so that the run stops. */
  readonly isStopped: boolean
  /**
   * Opens the first page of a task, and waits for the result.
   *
   * @throws CheckError if the browser does not come back, or comes to an error page. NotRun if the person stops the run.
   */
  visit<T>(task: Task<T>): Promise<T>
}

/** The subject of the checks: the objects of the library, with the settings of an application, and the browser. */
export class Trial {
  readonly settings: TrialSettings
  /** The variables of the API: its own, or those of the application. */
  readonly apiVariables: Variables
  readonly ids: HiddenIds
  readonly recorder: TokenRecorder
  /** The options of all objects of the library. */
  readonly common: AuthOptions
  readonly auth: Auth
  readonly api: ApiAuth
  /** Set it before the first check. */
  browser!: Browser
  /** Responds to the requests for `OWN_API`. */
  ownApi: (request: Request) => Response | Promise<Response> = () => new Response()
  /** The other statements that the running check has proved. */
  readonly proofs: Proof[] = []
  /** The claims of the ID token of the sign-in. */
  claims: Claims | undefined
  /** The failures that the library reported. */
  readonly #failures: Failure[] = []

  constructor(settings: TrialSettings, ids: HiddenIds) {
    this.settings = settings
    this.apiVariables = settings.api ?? settings.app
    this.ids = ids
    this.recorder = new TokenRecorder(fetch, (secret) => ids.output.hide(secret))
    this.common = {
      fetch: async (input, init) =>
        urlOf(input) === OWN_API
          ? this.ownApi(new Request(input, init))
          : this.recorder.fetch(input, init),
      timeoutSeconds: settings.timeoutSeconds,
      environment: 'development',
      strictStart: false,
      logger: false,
      onEvent: (event: IdentityEvent) => {
        if ('reason' in event && 'code' in event) this.#failures.push(event)
      },
    }
    this.auth = new Auth(this.#webOptions(), settings.app)
    this.api = new ApiAuth(this.common, this.apiVariables)
  }

  #webOptions(): AuthOptions {
    const { scope, resource } = this.settings
    // The person consents to all of them at once.
    const scopes = [this.graphScope, scope].filter((one) => one !== undefined)
    // Elsewhere, a scope names its API. The check "mcp-resource" adds the parameter there.
    const hasResource = this.kind === 'oidc' && resource !== undefined
    return {
      ...this.common,
      ...(scopes.length > 0 && { scopes }),
      ...(hasResource && { extraParams: { resource } }),
      ...(this.isMicrosoft && { clientCapabilities: ['cp1'] }),
      session: { secret: randomBytes(32).toString('base64'), store: new Map() },
    }
  }

  /** The kind of the provider. */
  get kind(): ProviderKind {
    const { IDENTITY_AUTHORITY: authority, IDENTITY_B2C_TENANT_NAME: b2c } = this.settings.app
    return b2c ? 'b2c' : kindOf(authority, String(this.recorder.metadata['issuer']))
  }

  /** `true` for Entra ID and External ID, which share scopes, claims and error codes. */
  get isMicrosoft(): boolean {
    return this.kind === 'entra' || this.kind === 'external-id'
  }

  /** The scope of Microsoft Graph with which users read their profile. `undefined` at other providers. */
  get graphScope(): string | undefined {
    const { IDENTITY_AUTHORITY: authority } = this.settings.app
    return graphScopeOf(authority) === undefined ? undefined : 'User.Read'
  }

  /** The name of the scope of the API, without the part that names the API. */
  get scopeName(): string {
    const { scope = '' } = this.settings
    return this.kind === 'oidc' ? scope : (scope.split('/').at(-1) ?? scope)
  }

  /** Aborts a request of a check. */
  get signal(): AbortSignal {
    return AbortSignal.timeout(this.settings.timeoutSeconds * 1000)
  }

  /** A request of the browser, which this program sends to the library. */
  request(): Request {
    const { origin, cookie } = this.browser
    return new Request(`${origin}/verify/session`, { headers: { cookie } })
  }

  /** Returns an access token of the user, without the browser. @param scope - The default is the scope of the API. */
  async token(scope: string = this.settings.scope ?? ''): Promise<string> {
    return (await this.auth.getTokenForUser(this.request(), scope)).accessToken
  }

  /** Calls another API in a guarded handler, with a token of the user, as an application does. */
  async fetch(scopes: string, url: string): Promise<Response> {
    const request = this.request()
    const guarded = this.auth.loginRequired(
      { scopes, challenge: 'unauthorized' },
      (_request: Request, context) => context.fetch(url, { signal: this.signal }),
    )
    this.#failures.length = 0
    const response = await this.auth.respond(request, () => guarded(request))
    if (this.#failures.length > 0) throw this.failure('')
    return response
  }

  /** Calls a guarded handler of the API with a token. */
  async callApi(
    token: string,
    scope: string = this.scopeName,
    call?: (context: UserContext) => Promise<Response>,
  ): Promise<Response> {
    const guarded = this.api.authorizationRequired(
      { scopes: [scope] },
      (_request, context) => call?.(context) ?? new Response(),
    )
    this.#failures.length = 0
    const headers = { authorization: `Bearer ${token}` }
    const response = await guarded(new Request(`${this.browser.origin}/verify/api`, { headers }))
    if (call !== undefined && this.#failures.length > 0) throw this.failure('')
    return response
  }

  /** Asks the person to do something in the browser. */
  ask<T>(task: Task<T>): Promise<T> {
    this.#failures.length = 0
    return this.browser.visit(task)
  }

  /** Ends a check because of a response, with the cause that the library reported. */
  fail(found: string, change?: string): never {
    const failure = this.failure(found, change)
    const { message } = failure
    throw new CheckError(message === found ? found : `${found} ${message}`, failure.change)
  }

  /** Returns the cause that the library reported. @param found - The message if it did not report one. */
  failure(found: string, change?: string): CheckError {
    const failure = this.#failures.at(-1)
    if (failure === undefined) return new CheckError(found, change ?? DOCTOR)
    const explained = explainFailure(failure, change ?? changeWithoutHint(failure.message))
    return new CheckError(explained.found, explained.change)
  }
}

/** The URL of an API that the checks imitate. */
export const OWN_API = 'https://own-api.invalid/'
