import { randomBytes } from 'node:crypto'
import {
  ApiAuth,
  Auth,
  type ApiAuthOptions,
  type AuthOptions,
  type Claims,
  type IdentityEvent,
  type TokenContext,
  type UserContext,
} from 'identity-web/fetch'
import { UsageError } from '../../command/usage-error.js'
import type { Output } from '../../output/output.js'
import type { Evidence } from '../doctor/evidence.js'
import { CheckError, withoutTrace } from '../doctor/explain-error.js'
import { graphScopeOf } from '../../subject/authorities.js'
import { providerOptions } from '../../subject/probe.js'
import type { Options, Subject } from '../../subject/subject.js'
import { Guide, type Arrival, type Task } from './guide.js'
import type { HiddenIds } from './hidden-ids.js'
import { changeWithoutHint, failed, type Outcome } from './outcome.js'
import {
  isLoopback,
  providerKindOf,
  settingOf,
  signInOptions,
  type ProviderKind,
} from './settings.js'
import { TokenRecorder } from './token-recorder.js'

/** The choices of the user that checks read. */
export interface TrialChoices {
  /** A scope of an API of the user. */
  readonly scope: string | undefined
  readonly consentScope: string | undefined
  /** The settings of the API of `scope`, if it has its own registration. */
  readonly api: Subject | undefined
  readonly acrs: string | undefined
  readonly resource: string | undefined
  readonly frontChannel: boolean
  readonly backChannel: boolean
  readonly waitSeconds: number
  readonly timeoutSeconds: number
}

/** A run: the objects of the library that it tests, and the pages for the person. */
export class Trial {
  readonly choices: TrialChoices
  readonly evidence: Evidence
  readonly output: Output
  /** Prints a line without IDs. */
  readonly print: (line: string) => void
  readonly ids: HiddenIds
  readonly kind: ProviderKind
  readonly recorder: TokenRecorder
  readonly auth: Auth
  readonly api: ApiAuth
  readonly guide: Guide
  readonly redirectUri: URL
  /** The claims of the ID token of the sign-in. */
  claims: Claims | undefined
  #lastFailure: IdentityEvent | undefined

  constructor(evidence: Evidence, choices: TrialChoices, ids: HiddenIds) {
    const { subject, output, redirectUri } = evidence
    if (redirectUri?.protocol !== 'http:' || !isLoopback(redirectUri))
      throw new UsageError(
        'verify needs a redirect URI with http://localhost, because it listens on this computer only. Register one, for example http://localhost:3000/redirect, and set IDENTITY_REDIRECT_URI to it. If you do not have a registration at Entra ID yet, add --create.',
      )
    this.evidence = evidence
    this.choices = choices
    this.output = output
    this.ids = ids
    this.print = (line) => output.print(ids.clean(line))
    this.redirectUri = redirectUri
    this.kind = providerKindOf(subject)
    this.recorder = new TokenRecorder(subject.options.fetch ?? fetch, (secret) =>
      output.hide(secret),
    )
    const common = { fetch: this.recorder.fetch, timeoutSeconds: choices.timeoutSeconds }
    this.auth = new Auth(this.#webOptions(subject, common), subject.variables.all)
    this.api = new ApiAuth(this.#apiOptions(common), (choices.api ?? subject).variables.all)
    this.guide = new Guide(this.auth, {
      origin: redirectUri.origin,
      home: homeOf(subject.options, redirectUri),
      waitSeconds: choices.waitSeconds,
      isForm: subject.options.responseMode === 'form_post',
    })
  }

  #webOptions(subject: Subject, common: Common): AuthOptions {
    const scopes = this.signInScopes
    return {
      ...providerOptions(subject.options),
      ...signInOptions(subject.options),
      ...common,
      ...(scopes.length > 0 && { scopes }),
      // Elsewhere, a scope names its API. The check "mcp-resource" adds the parameter there.
      ...(this.kind === 'oidc' &&
        this.choices.resource !== undefined && {
          extraParams: { ...subject.options.extraParams, resource: this.choices.resource },
        }),
      ...(this.isMicrosoft && { clientCapabilities: ['cp1'] }),
      session: { secret: randomBytes(32).toString('base64'), store: new Map() },
      environment: 'development',
      strictStart: false,
      logger: false,
      onEvent: (event) => this.record(event),
    } as AuthOptions
  }

  #apiOptions(common: Common): ApiAuthOptions {
    const { options } = this.choices.api ?? this.evidence.subject
    const { audience } = options
    return {
      ...providerOptions(options),
      ...(audience !== undefined && { audience }),
      ...common,
      environment: 'development',
      strictStart: false,
      logger: false,
      onEvent: (event: IdentityEvent) => this.record(event),
    }
  }

  /** Remembers the last failure that the library reported. */
  record(event: IdentityEvent): void {
    if ('reason' in event && 'code' in event) this.#lastFailure = event
  }

  /** `true` for Entra ID and External ID, which share scopes, claims and error codes. */
  get isMicrosoft(): boolean {
    return this.kind === 'entra' || this.kind === 'external-id'
  }

  /** The scope of Microsoft Graph with which users read their profile. `undefined` at other providers. */
  get graphScope(): string | undefined {
    const authority = settingOf(this.evidence.subject, 'authority', 'IDENTITY_AUTHORITY')
    return graphScopeOf(authority) === undefined ? undefined : 'User.Read'
  }

  /** The scopes of the sign-in, so that the person consents to them once. */
  get signInScopes(): readonly string[] {
    const { scope } = this.choices
    return [this.graphScope, scope].filter((one) => one !== undefined)
  }

  /** The name of the scope of the API, without the part that names the API. */
  get scopeName(): string {
    const { scope = '' } = this.choices
    return this.kind === 'oidc' ? scope : (scope.split('/').at(-1) ?? scope)
  }

  /** A scope for a token of the user, without another consent. `undefined` if the settings do not contain one. */
  get anyScope(): string | undefined {
    const { scope } = this.choices
    // Azure AD B2C issues a token for the app itself if its client ID is the scope.
    const own =
      this.kind === 'b2c'
        ? settingOf(this.evidence.subject, 'clientId', 'IDENTITY_CLIENT_ID')
        : undefined
    return this.graphScope ?? scope ?? own
  }

  /** The headers of the person's browser, for requests that this program sends to the library. */
  request(path: string): Request {
    const headers = { accept: 'text/html', cookie: this.guide.cookie }
    return new Request(new URL(path, this.redirectUri.origin), { headers })
  }

  /** Runs a function in a guarded handler, with the session of the person, as an application does. */
  async inSession<T>(
    scopes: string | undefined,
    use: (context: TokenContext) => Promise<T>,
  ): Promise<T> {
    let result: { readonly value: T } | undefined
    let problem: { readonly error: unknown } | undefined
    const guarded = this.auth.loginRequired(
      { ...(scopes !== undefined && { scopes }), challenge: 'unauthorized' },
      async (_request: Request, context) => {
        try {
          result = { value: await use(context as TokenContext) }
        } catch (error) {
          problem = { error }
        }
        return new Response()
      },
    )
    this.#lastFailure = undefined
    const request = this.request('/verify/session')
    const response = await this.auth.respond(request, () => guarded(request))
    if (problem !== undefined) throw problem.error
    if (result !== undefined) return result.value
    throw this.failure(`The guard did not call the handler (status ${response.status}).`)
  }

  /** Calls a guarded handler of the API. @returns The response, and the result of the handler. */
  async callApi<T>(
    token: string,
    scopes: string,
    use: (context: UserContext) => Promise<T> | T,
  ): Promise<{ readonly response: Response; readonly value: T | undefined }> {
    let value: T | undefined
    let problem: { readonly error: unknown } | undefined
    const guarded = this.api.authorizationRequired({ scopes: [scopes] }, async (_r, context) => {
      try {
        value = await use(context)
      } catch (error) {
        problem = { error }
      }
      return new Response()
    })
    this.#lastFailure = undefined
    const headers = { authorization: `Bearer ${token}` }
    const response = await guarded(
      new Request(`${this.redirectUri.origin}/verify/api`, { headers }),
    )
    if (problem !== undefined) throw problem.error
    return { response, value }
  }

  /** Asks the person to do something in the browser. @throws CheckError if the browser does not come back. */
  async ask<T>(task: Task<T>): Promise<T> {
    this.#lastFailure = undefined
    this.print(`  ${task.text}`)
    const arrival: Arrival<T> = await this.guide.ask(task)
    if (arrival.kind === 'arrived') return arrival.value
    if (arrival.kind === 'thrown') throw arrival.error
    if (arrival.kind === 'error')
      throw this.failure(
        `The library showed an error page (status ${arrival.status}).`,
        task.change,
      )
    throw new CheckError(
      arrival.waited === undefined
        ? 'The browser did not come back from the provider.'
        : `The browser did not come back from the provider within ${arrival.waited} seconds.`,
      `Read the page of the provider, which usually contains an error code, and look it up at https://login.microsoftonline.com/error for Microsoft. ${task.change ?? 'Check the redirect URIs of the registration.'}`,
    )
  }

  /**
   * Returns an error with the last failure that the library reported.
   *
   * @param change - The change to suggest if this failure does not contain a hint.
   */
  failure(found: string, change?: string): CheckError {
    const event = this.#lastFailure
    if (event === undefined || !('code' in event))
      return new CheckError(
        found,
        change ?? 'Run "npx --no-install identity-web-cli doctor" to check the settings.',
      )
    const { hint, oauthError, microsoftCodes = [], ...failure } = event as FailureEvent
    const message = withoutTrace(failure.message)
    const codes = [oauthError, ...microsoftCodes].filter((code) => code !== undefined)
    const missing = codes.filter((code) => !message.includes(code))
    return new CheckError(
      `${message}${missing.length === 0 ? '' : ` (${missing.join(', ')})`}`,
      hint ?? change ?? changeWithoutHint(message),
    )
  }

  /** Returns the failure of a response, with the cause that the library reported. */
  failed(found: string, change?: string): Outcome {
    const failure = this.failure(found, change)
    const { message } = failure
    return failed(message === found ? found : `${found} ${message}`, failure.change)
  }

  close(): void {
    this.guide.close()
    this.auth.close()
    this.api.close()
    this.evidence.close()
  }
}

/** Returns the path to which users return after a sign-out. */
function homeOf({ postLogoutRedirectUri, homePath = '/' }: Options, { origin }: URL): string {
  const url = new URL(postLogoutRedirectUri ?? homePath, origin)
  return url.origin === origin ? url.pathname : homePath
}

interface Common {
  readonly fetch: typeof fetch
  readonly timeoutSeconds: number
}

interface FailureEvent {
  readonly message: string
  readonly hint?: string
  readonly oauthError?: string
  readonly microsoftCodes?: readonly string[]
}
