import type { ProviderRecord, RecordedRequest } from '../support/scripted-provider/script.ts'
import type { ModuleResult } from './module.ts'

/** Decides the result of a module. */
type Judge = (record: ProviderRecord) => ModuleResult

const requestsTo = (
  { requests }: ProviderRecord,
  endpoint: RecordedRequest['endpoint'],
): readonly RecordedRequest[] => requests.filter((request) => request.endpoint === endpoint)

const counts = (record: ProviderRecord, endpoint: RecordedRequest['endpoint']): number =>
  requestsTo(record, endpoint).length

/** A module passes if its condition is true and no request was wrong. */
const passesIf =
  (condition: (record: ProviderRecord) => boolean): Judge =>
  (record) =>
    record.problems.length === 0 && condition(record) ? 'PASSED' : 'FAILED'

/** The application accepts the ID token and calls UserInfo. */
export const callsUserInfo = passesIf((record) => counts(record, 'userinfo') > 0)

/** The application redeems the code, rejects the ID token, and does not call UserInfo. */
export const stopsBeforeUserInfo = passesIf(
  (record) => counts(record, 'token') > 0 && counts(record, 'userinfo') === 0,
)

/** The application may accept an ID token without a signature. If it rejects the token, the suite skips the module. */
export const mayStopBeforeUserInfo: Judge = (record) => {
  if (record.problems.length > 0 || counts(record, 'token') === 0) return 'FAILED'
  return counts(record, 'userinfo') > 0 ? 'PASSED' : 'SKIPPED'
}

/** The application reads the metadata, and does not send the user to the provider. */
export const stopsBeforeAuthorization = passesIf(
  (record) => counts(record, 'metadata') > 0 && counts(record, 'authorization') === 0,
)

/** The application reads the metadata and then the keys. */
export const readsMetadataAndKeys = passesIf(({ requests }) => {
  const order = requests.map(({ endpoint }) => endpoint)
  return order.includes('jwks') && order.indexOf('metadata') < order.indexOf('jwks')
})

/** The application reads the keys again, and calls UserInfo after the second sign-in. */
export const readsKeysAgain = passesIf(
  (record) => counts(record, 'jwks') > 1 && counts(record, 'userinfo') > 1,
)

/** The scopes of the authorization request ask for claims of the user. */
export const asksForClaims = passesIf((record) => {
  const [request] = requestsTo(record, 'authorization')
  const scopes = request?.parameters['scope']?.split(' ') ?? []
  const hasScope = ['profile', 'email', 'phone', 'address'].some((one) => scopes.includes(one))
  return hasScope && counts(record, 'userinfo') > 0
})

/** The authorization request asks for a form post, for no page, and for a new authentication. */
export const asksForSilentFormPost = passesIf((record) => {
  const [request, ...others] = requestsTo(record, 'authorization')
  return (
    others.length === 0 &&
    request?.parameters['response_mode'] === 'form_post' &&
    request.parameters['max_age'] === '0' &&
    request.parameters['prompt'] === 'none'
  )
})

/** The application sends the user to the end of the session at the provider, with a state. */
export const endsSession = passesIf(
  (record) => requestsTo(record, 'end-session')[0]?.parameters['state'] !== undefined,
)

/** The iframe of the front-channel logout has loaded. */
export const loadsFrontChannel = passesIf((record) => counts(record, 'front-channel') > 0)

/** The application responds to a logout token with a status, and forbids caches. */
export const respondsToLogoutToken = (status: number): Judge =>
  passesIf((record) => {
    const [delivery] = requestsTo(record, 'back-channel')
    return (
      counts(record, 'end-session') > 0 &&
      delivery?.status === status &&
      (delivery.parameters['cache-control'] ?? '').includes('no-store')
    )
  })

/** The application refreshes the tokens, and calls UserInfo with the new access token. */
export const refreshes = passesIf((record) => {
  const tokens = new Set(requestsTo(record, 'userinfo').map(authorizationOf))
  return hasRefreshed(record) && tokens.size > 1
})

/** The application refreshes the tokens, and does not use the new access token. */
export const stopsAfterRefresh = passesIf((record) => {
  const refreshed = record.requests.findIndex(({ grantType }) => grantType === 'refresh_token')
  const later = record.requests.slice(refreshed + 1)
  const hasCalled = later.some(({ endpoint }) => endpoint === 'userinfo')
  return hasRefreshed(record) && !hasCalled
})

function hasRefreshed(record: ProviderRecord): boolean {
  return requestsTo(record, 'token').some(({ grantType }) => grantType === 'refresh_token')
}

function authorizationOf({ parameters }: RecordedRequest): string | undefined {
  return parameters['authorization']
}
