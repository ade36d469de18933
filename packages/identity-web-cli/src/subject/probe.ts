import { randomBytes } from 'node:crypto'
import {
  ApiAuth,
  Auth,
  McpAuth,
  type ConfigurationProblem,
  type IdentityEvent,
} from 'identity-web/fetch'
import type { AppKind, AppObject, Options, Subject } from './subject.js'
import type { Variables } from './read-variables.js'

/** The problems of the settings, and warnings about settings that work but should be changed. */
export interface SettingsResult {
  readonly problems: readonly ConfigurationProblem[]
  readonly warnings: readonly string[]
}

/** Checks the settings as the application itself does when it starts. */
export function checkSettings({ kind, options, variables, object }: Subject): SettingsResult {
  // Its own log has told the warnings.
  if (object !== undefined) return { problems: object.problems, warnings: [] }
  const warnings: string[] = []
  const onEvent = (event: IdentityEvent): void => {
    if (event.type === 'configuration.warning') warnings.push(event.message)
  }
  const app = createApp(kind, { ...options, onEvent }, variables.all)
  app.close()
  return { problems: app.problems, warnings }
}

/** A redirect URI for objects that only request metadata and tokens. */
const PLACEHOLDER = 'http://localhost:3000/redirect'

/** The changes of the settings for an object that sends the requests of a check. */
export interface ProbeChanges {
  readonly fetch: typeof fetch
  readonly timeoutSeconds: number
  /** `true` if the object has the credential of the application. */
  readonly hasCredential: boolean
}

/**
 * Creates an `Auth` that can ask the provider although other settings are missing. It has another session secret and
 * does not have a store, and it never gets the requests of a user.
 *
 * @returns `undefined` if settings of the provider are missing or wrong.
 */
export function createProbe(subject: Subject, changes: ProbeChanges): Auth<unknown> | undefined {
  return probe(subject, changes, ['redirectUri'])
}

/** Creates the same object with any client ID, for requests that do not contain a client ID. */
export function createProviderProbe(
  subject: Subject,
  changes: ProbeChanges,
): Auth<unknown> | undefined {
  return probe(subject, changes, ['redirectUri', 'clientId'])
}

function probe(
  { options, variables, kind }: Subject,
  { fetch, timeoutSeconds, hasCredential }: ProbeChanges,
  replaceable: readonly ('redirectUri' | 'clientId')[],
): Auth<unknown> | undefined {
  const {
    session: _session,
    signIn: _signIn,
    onEvent: _onEvent,
    clientCredential,
    clientSecret,
    ...others
  } = kind === 'web' ? options : providerOptions(options)
  const given: Options = {
    ...others,
    // Every other method is a problem without a credential.
    ...(hasCredential
      ? definedOnly({ clientCredential, clientSecret })
      : { clientAuthentication: 'none' as const }),
    session: { secret: randomBytes(32).toString('base64') },
    environment: 'development',
    fetch,
    timeoutSeconds,
  }
  const all = hasCredential ? variables.all : { ...variables.all, IDENTITY_CLIENT_SECRET: '' }
  const first = createApp('web', given, all) as Auth<unknown>
  if (first.problems.length === 0) return first
  const wrong = replaceable.filter((name) => first.problems.some(({ option }) => option === name))
  const values = { redirectUri: PLACEHOLDER, clientId: '00000000-0000-4000-8000-000000000000' }
  const replaced = Object.fromEntries(wrong.map((name) => [name, values[name]]))
  const second = createApp('web', { ...given, ...replaced }, all) as Auth<unknown>
  return second.problems.length === 0 ? second : undefined
}

/** Returns the options that identify the provider and the application, without those of a web app or of an API. */
function providerOptions(options: Options): Options {
  const { authority, oidcAuthority, b2c, tenants, clientId, clientAuthentication } = options
  const { clientCredential, clientSecret, clockToleranceSeconds } = options
  return definedOnly({
    authority,
    oidcAuthority,
    b2c,
    tenants,
    clientId,
    clientAuthentication,
    clientCredential,
    clientSecret,
    clockToleranceSeconds,
  })
}

/** Creates the object of the library, without its log. */
export function createApp(kind: AppKind, options: Options, variables: Variables): AppObject {
  const quiet = { ...options, logger: false as const, strictStart: false }
  if (kind === 'web') return new Auth<unknown>(quiet, variables)
  return kind === 'api' ? new ApiAuth(quiet, variables) : new McpAuth(quiet, variables)
}

function definedOnly<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
