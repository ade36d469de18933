import type {
  Behaviour,
  Deviation,
  DevProvider,
  Fault as EndpointFault,
  Tamper,
} from 'identity-web-dev'
import { TODO_API, TODO_SCOPE } from './setups.js'

/** The options for the checks that need an API. */
export const API_ARGS = ['--scope', TODO_SCOPE, '--api-env', 'api.env']

/** A difference of the provider, and what `verify` says about it. */
export interface Fault {
  /** The check that must notice it. */
  readonly check: string
  readonly name: string
  /** The verdict. The default is `failed`. */
  readonly verdict?: 'not-applicable'
  readonly found: RegExp
  /** The change that the report suggests. It is empty if the check did not run. */
  readonly change: RegExp
  /** The plain OpenID provider, or an app registration that `--create` makes. The default is Entra ID. */
  readonly at?: 'oidc' | 'created'
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Switches of the provider, from the start, or from the moment when the person opens the page of the check. */
  readonly behaviour?: Partial<Behaviour>
  /** The person opens this page before the switches are on. */
  readonly from?: string
  readonly tamper?: (provider: DevProvider) => Tamper
  readonly setUp?: (provider: DevProvider) => void
}

type Row = readonly [fault: Partial<Behaviour> | Deviation, found: RegExp, change?: RegExp]

/** Makes faults of rows with one check. */
function rows(check: string, given: Partial<Fault>, list: readonly Row[]): readonly Fault[] {
  return list.map(([fault, found, change = ISSUE]) => ({
    check,
    name: typeof fault === 'string' ? fault : JSON.stringify(fault),
    behaviour: typeof fault === 'string' ? { deviations: [fault] } : fault,
    found,
    change,
    ...given,
  }))
}

type Endpoint = keyof Behaviour['faults']

/** Lets an endpoint fail, for one grant. */
const at = (endpoint: Endpoint, fault: EndpointFault, grantType?: string): Partial<Behaviour> => ({
  faults: { [endpoint]: { ...fault, ...(grantType !== undefined && { grantType }) } },
})

/** An OAuth error of an endpoint, with a code of Microsoft. */
const oauth = (error: string, code: number): EndpointFault => ({
  kind: 'error',
  error,
  codes: [code],
})

const CODE = 'authorization_code'
const REFRESH = 'refresh_token'
const CLIENT = 'client_credentials'
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const DROP = { kind: 'drop' } as const
const HANG = { kind: 'hang' } as const
const HTML = { kind: 'html' } as const
const HUGE = { kind: 'huge', bytes: 2_000_000 } as const
const status = (code: number): EndpointFault => ({ kind: 'status', status: code })
const WRONG_SECRET = oauth('invalid_client', 7000215)
const NO_APP = oauth('unauthorized_client', 700016)

/** The facts and the changes that several faults have. */
const LATER = /^Wait a few minutes, and run the command again/
const ISSUE = /open an issue with this report/
const PROXY = /HTML page, so a proxy, a firewall or another web server may have sent it/
const HOST = /Check the host in .*IDENTITY_AUTHORITY/
const FIREWALL = /^A firewall may block the connection/
const CLOCK = /^Check the clock of this server/
const CONSENT_HINT = /grant admin consent under API permissions/
const SECRET_HINT = /set clientCredential \(IDENTITY_CLIENT_SECRET\) to the value of the secret/
const STUCK = /^Read the page of the provider, .*error code.*redirect URI/
const NOT_BACK = /browser did not come back/
const HOLE = /^Do not use this provider for APIs/
const IN_TIME = /within 1 second/
const TOKENS_500 = /returned 500 for tokens/
const OTHER_PROFILE = /profile of another user/
const CLAIMS_REFUSED = /AADSTS900144: The parameter 'claims' is not supported/
const OTHER_AUDIENCE = /status 401\. Its audience is another value/
const NOT_CALLED = /did not send a request to \/(?:front|back)-channel-logout/
const REGISTER = /^Register http:\/\/localhost:\d+\/(?:front|back)-channel-logout/
const NOT_ENDED = /did not end the session/
const HOME = /Register http:\/\/localhost:\d+\/ as a redirect URI/
const STILL_THERE = /^The app registration still exists\. Run .* verify --cleanup/

/** Changes the claims of all access tokens. */
function changed(change: (claims: Record<string, unknown>) => object) {
  return (): Tamper => ({
    accessToken: (claims, sign) => sign({ ...claims, ...change(claims) }),
  })
}

/** Faults that need more than the switches of the provider. */
const OTHERS: readonly Fault[] = [
  {
    check: 'settings',
    name: 'the client ID is missing',
    env: { IDENTITY_CLIENT_ID: '' },
    found: /^clientId is not configured.*IDENTITY_CLIENT_ID/,
    change: /doctor" to check the settings/,
  },
  {
    check: 'api-token',
    name: 'the API gets tokens of version 1',
    setUp: (provider) => {
      const apps = provider.config.apps.map((app) =>
        app.clientId === provider.api.clientId ? { ...app, accessTokenVersion: 1 as const } : app,
      )
      provider.configure({ ...provider.config, apps })
    },
    found: /rejects the token, which has version "1\.0"/,
    change: /^Set api\.requestedAccessTokenVersion to 2/,
  },
  {
    check: 'api-scope',
    name: 'the token contains a scope that was not granted',
    tamper: changed(() => ({ scp: 'Todos.Read Verify.Missing' })),
    found: /status 200 instead of 403/,
    change: HOLE,
  },
  {
    check: 'api-rejects-other',
    name: 'tokens for Graph have the audience of the API',
    // The signature of a token for Graph does not match its header, so this token is signed like one for the API.
    tamper: (provider) => ({
      accessToken: (claims, sign) =>
        String(claims['aud']).includes('graph')
          ? provider.sign({ ...claims, aud: provider.api.clientId, scp: 'Todos.Read' })
          : sign(claims),
    }),
    found: /status 200 instead of 401 for a token for Microsoft Graph/,
    change: HOLE,
  },
  {
    check: 'api-rejects-app',
    name: 'app-only tokens contain the scopes and the ID of a user',
    tamper: changed(({ scp }) =>
      scp === undefined ? { scp: 'Todos.Read', idtyp: undefined } : {},
    ),
    found: /status 200 instead of 401 or 403 for a token without a user/,
    change: HOLE,
  },
  {
    check: 'claims-challenge',
    name: 'the same token comes again',
    tamper: ({ api }) => {
      let first: string | undefined
      return {
        accessToken: async (claims, sign) => {
          const token = await sign(claims)
          return claims['aud'] === api.clientId ? (first ??= token) : token
        },
      }
    },
    found: /returned the same token again/,
    change: ISSUE,
  },
]

const OIDC: Partial<Fault> = { at: 'oidc' }
const NOT_APPLICABLE: Partial<Fault> = { verdict: 'not-applicable' }
const MCP_AT_OIDC: Partial<Fault> = {
  at: 'oidc',
  args: ['--scope', 'todos.read', ...API_ARGS.slice(2), '--resource', TODO_API],
}
const FRONT: Partial<Fault> = { args: ['--front-channel'] }
const BACK: Partial<Fault> = { at: 'oidc', args: ['--back-channel'] }

export const FAULTS: readonly Fault[] = [
  ...OTHERS,
  ...rows('discovery', {}, [
    [at('metadata', status(500)), /returned 500 for metadata/, LATER],
    [at('metadata', HTML), /not a JSON object/, PROXY],
    [at('metadata', HUGE), /larger than 1000000 bytes/],
    [at('metadata', DROP), /closed the connection/, HOST],
    [at('metadata', HANG), IN_TIME, FIREWALL],
    ['metadata-other-issuer', /contains the issuer https:\/\/other-issuer/, /^Check the authority/],
    [at('keys', status(500)), /returned 500 for keys/, LATER],
    [at('keys', HTML), /not a JSON object/, PROXY],
    ['keys-missing', /list of keys is empty/, /^Create a signing key/],
  ]),
  ...rows('responses', {}, [
    [at('token', WRONG_SECRET, CLIENT), /error-7000215-invalid-secret-2026 \(status: other\)/],
    [at('token', DROP, CLIENT), /fetch failed/, /doctor" to check the settings/],
  ]),
  ...rows('sign-in', {}, [
    ['id-token-missing', /does not contain an ID token/],
    ['id-token-without-nonce', /its nonce is not the nonce/],
    ['id-token-other-nonce', /its nonce is not/],
    ['id-token-other-audience', /another application/],
    ['id-token-other-issuer', /its issuer is not/],
    ['id-token-expired', /it has expired \(exp\)/, CLOCK],
    ['id-token-unsigned', /algorithm none is not allowed/],
    ['id-token-wrong-signature', /its signature is wrong/],
    ['id-token-unknown-key', /its key is unknown/],
    ['id-token-without-tid', /its tid is not a tenant ID/],
    ['access-token-missing', /response .* is not valid/],
    ['response-other-state', /state .* was not created by this app/, /IDENTITY_SESSION_SECRET/],
    ['response-without-state', /not contain the parameter state/],
    ['response-without-code', /not contain a code/],
    ['response-other-issuer', /parameter iss .* is not the issuer/],
    [{ clockOffsetSeconds: 3600 }, /not valid yet \(nbf\)/, CLOCK],
    [{ clockOffsetSeconds: -7200 }, /has expired/, CLOCK],
    [at('authorize', oauth('access_denied', 50105)), /AADSTS50105/, /^The user is not assigned/],
    [at('authorize', status(500)), NOT_BACK, STUCK],
    [at('authorize', DROP), NOT_BACK, STUCK],
    [at('authorize', HANG), /not come back within 2 seconds/, STUCK],
    ['consent-forgotten', /AADSTS65001/, CONSENT_HINT],
    [at('token', WRONG_SECRET, CODE), /invalid_client \(AADSTS7000215/, SECRET_HINT],
    [at('token', status(500)), TOKENS_500, LATER],
    [at('token', status(429)), /returned 429 for tokens/, LATER],
    [at('token', HTML), /without a JSON object/, PROXY],
    [at('token', DROP), /closed the connection/, HOST],
    [at('token', HANG), IN_TIME, FIREWALL],
  ]),
  ...rows('id-token-claims', {}, [
    ['id-token-without-oid', /not contain oid/],
    ['id-token-without-name', /not contain preferred_username/],
  ]),
  ...rows('refresh-token', {}, [
    ['refresh-token-missing', /did not return a refresh token/, /^Allow the scope offline_access/],
  ]),
  ...rows('refresh', {}, [
    [at('token', oauth('invalid_grant', 50173), REFRESH), /AADSTS50173/, /token was revoked/],
    [at('token', status(500), REFRESH), TOKENS_500, LATER],
    [at('token', HANG, REFRESH), IN_TIME, FIREWALL],
    ['refreshed-id-token-other-user', /it belongs to another user/],
  ]),
  ...rows('refresh-rotation', {}, [['second-refresh-rejected', /invalid_grant/, /./]]),
  ...rows('refresh-rotation', NOT_APPLICABLE, [
    ['refresh-token-not-replaced', /does not replace/, /^$/],
  ]),
  ...rows('user-token', {}, [
    [at('graph', status(500)), /returned 500 for \/me/, LATER],
    [at('graph', status(403)), /returned 403 for \/me/, /^Add the delegated permission User\.Read/],
    [at('graph', HTML), /not contain an id/, /^A proxy or a firewall/],
    [at('graph', HANG), /not respond to \/me within 1 s/, FIREWALL],
    ['user-info-other-user', OTHER_PROFILE],
    ['access-token-wrong-signature', /returned 401 for \/me/],
    ['access-token-other-audience', /returned 401/],
    ['scope-reduced', /granted fewer scopes than requested/],
  ]),
  ...rows('user-token', OIDC, [
    ['user-info-other-user', /another user \(sub\)/],
    ['access-token-wrong-signature', /UserInfo endpoint returned 401/, /the scope openid/],
  ]),
  ...rows('consent', { from: 'consent' }, [
    [
      at('authorize', oauth('access_denied', 65004)),
      /AADSTS65004/,
      /^The user declined to consent/,
    ],
    ['consent-forgotten', /AADSTS65001/, CONSENT_HINT],
    ['scope-reduced', /requires User\.ReadBasic\.All/],
    [at('authorize', status(500)), NOT_BACK, STUCK],
  ]),
  ...rows('app-token', {}, [
    [at('token', NO_APP, CLIENT), /unauthorized_client \(AADSTS700016\)/, /Check clientId/],
    [at('token', WRONG_SECRET, CLIENT), /invalid_client \(AADSTS7000215\)/, SECRET_HINT],
    [at('token', status(500), CLIENT), TOKENS_500, LATER],
    ['access-token-missing', /app-only token is not valid/],
  ]),
  ...rows('api-token', {}, [
    ['access-token-expired', /401.*it has expired \(exp\)/, /request a new token/],
    ['access-token-other-audience', /it is for \[id \d+\]/],
    ['access-token-other-issuer', /its issuer is https/],
    ['access-token-wrong-signature', /signature is wrong/],
    ['access-token-unknown-key', /its key is unknown/],
    ['access-token-opaque', /not a JSON Web Token/],
    ['access-token-without-scopes', /no scopes \(scp\)/],
    ['access-token-without-user', /does not contain a user/],
    [at('token', oauth('invalid_grant', 65001), REFRESH), /AADSTS65001/, CONSENT_HINT],
  ]),
  ...rows('on-behalf-of', {}, [
    [at('token', oauth('interaction_required', 50079), JWT_BEARER), /AADSTS50079/, /multi-factor/],
    [at('token', oauth('invalid_grant', 65001), JWT_BEARER), /AADSTS65001/, /consent/],
    [at('token', NO_APP, JWT_BEARER), /AADSTS700016/, /Check clientId/],
    [at('token', WRONG_SECRET, JWT_BEARER), /AADSTS7000215/, SECRET_HINT],
    [at('token', HANG, JWT_BEARER), IN_TIME, FIREWALL],
    ['user-info-other-user', OTHER_PROFILE],
    [at('graph', status(500)), /returned 500 for \/me/, LATER],
    [at('graph', HANG), /not respond to \/me within 1 s/, FIREWALL],
  ]),
  ...rows('claims-challenge', {}, [
    ['claims-rejected', CLAIMS_REFUSED],
    [at('token', oauth('interaction_required', 50076), REFRESH), /AADSTS50076/, /multi-factor/],
  ]),
  ...rows('step-up', { from: 'step-up' }, [
    [at('authorize', oauth('access_denied', 53003)), /AADSTS53003/, /policy blocks the sign-in/],
    ['claims-rejected', CLAIMS_REFUSED],
  ]),
  ...rows('mcp-resource', {}, [
    ['resource-rejected', /invalid_target \(AADSTS9010010/, /Set "resource" .* Application ID URI/],
  ]),
  ...rows('mcp-audience', {}, [
    ['access-token-other-audience', OTHER_AUDIENCE, /IDENTITY_AUDIENCE/],
  ]),
  ...rows('mcp-audience', MCP_AT_OIDC, [
    ['resource-ignored', OTHER_AUDIENCE, /^The provider does not use resource/],
  ]),
  ...rows('sign-out', {}, [
    ['sign-out-without-redirect', NOT_BACK, HOME],
    [at('logout', status(500)), NOT_BACK, HOME],
    [at('logout', DROP), NOT_BACK, HOME],
  ]),
  ...rows('sign-out', NOT_APPLICABLE, [
    ['metadata-without-sign-out', /end_session_endpoint/, /^$/],
  ]),
  ...rows('front-channel', FRONT, [
    ['front-channel-not-called', NOT_CALLED, REGISTER],
    ['front-channel-other-session', NOT_ENDED, /claim sid/],
    ['id-token-without-sid', NOT_ENDED, /Add the optional claim sid/],
  ]),
  // The command has registered the URL itself.
  ...rows('front-channel', { at: 'created' }, [['front-channel-not-called', NOT_CALLED, ISSUE]]),
  ...rows('back-channel', BACK, [
    ['back-channel-not-called', NOT_CALLED, REGISTER],
    ['logout-token-wrong-signature', /rejected the request .* 400\. .*signature is wrong/],
    ['logout-token-other-session', NOT_ENDED, /sub or the sid/],
    ['logout-token-without-event', /rejected the request .* 400\. .*logout event/],
  ]),
  ...rows('cleanup', { at: 'created', from: 'sign-in' }, [
    [at('graph', status(500)), /Graph returned 500/, STILL_THERE],
    [at('graph', status(403)), /returned 403.*Application\.ReadWrite\.All/, STILL_THERE],
    [at('graph', DROP), /does not respond/, STILL_THERE],
  ]),
]
