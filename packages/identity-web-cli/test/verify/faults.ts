import type {
  Behaviour,
  Deviation,
  DevProvider,
  Fault as EndpointFault,
  Tamper,
} from 'identity-web-dev'
import type { TestBrowser } from 'identity-web-dev/testing'

/** A difference of the provider, and what `verify` says about it. */
export interface Fault {
  /** The check that must notice it. */
  readonly check: string
  readonly name: string
  /** The verdict. The default is `failed`. */
  readonly verdict?: 'skipped'
  readonly found: RegExp
  readonly change?: RegExp
  /** The issuer. The default is `entra`. */
  readonly at?: 'oidc'
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Switches of the provider, from the start, or from the moment when the person opens the page of the check. */
  readonly behaviour?: Partial<Behaviour>
  /** The person opens this page before the switches are on. */
  readonly from?: string
  readonly tamper?: (provider: DevProvider) => Tamper
  readonly setUp?: (provider: DevProvider) => void
  /** What the person does instead of following the link. */
  readonly act?: (check: string, page: TestBrowser, provider: DevProvider) => Promise<boolean>
}

type Row = readonly [
  name: string,
  fault: Partial<Behaviour> | Deviation,
  found: RegExp,
  change?: RegExp,
]

/** Makes faults of rows with one check. */
function rows(check: string, given: Partial<Fault>, list: readonly Row[]): readonly Fault[] {
  return list.map(([name, fault, found, change]) => ({
    check,
    name,
    behaviour: typeof fault === 'string' ? { deviations: [fault] } : fault,
    found,
    ...(change !== undefined && { change }),
    ...given,
  }))
}

/** Lets an endpoint fail. */
function at(endpoint: keyof Behaviour['faults'], fault: EndpointFault): Partial<Behaviour> {
  return { faults: { [endpoint]: fault } }
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** An OAuth error of the token endpoint, for one grant. */
function refuses(grantType: string, error: string, code: number): Partial<Behaviour> {
  return at('token', { kind: 'error', error, codes: [code], grantType })
}

const STATUS_500 = { kind: 'status', status: 500 } as const
const X = /(?:)/

const DISCOVERY = rows('discovery', {}, [
  ['the metadata returns 500', at('metadata', STATUS_500), X],
  ['the metadata is an HTML page', at('metadata', { kind: 'html' }), X],
  ['the metadata is too large', at('metadata', { kind: 'huge', bytes: 20_000_000 }), X],
  ['the connection for the metadata drops', at('metadata', { kind: 'drop' }), X],
  ['the metadata hangs', at('metadata', { kind: 'hang' }), X],
  ['the metadata is of another issuer', 'metadata-other-issuer', X],
  ['the keys return 500', at('keys', STATUS_500), X],
  ['the keys are an HTML page', at('keys', { kind: 'html' }), X],
  ['the list of keys is empty', 'keys-missing', X],
])

const SIGN_IN = rows('sign-in', {}, [
  ['the ID token is missing', 'id-token-missing', X],
  ['the ID token has no nonce', 'id-token-without-nonce', X],
  ['the ID token has another nonce', 'id-token-other-nonce', X],
  ['the ID token is for another app', 'id-token-other-audience', X],
  ['the ID token is of another issuer', 'id-token-other-issuer', X],
  ['the ID token has expired', 'id-token-expired', X],
  ['the ID token is not signed', 'id-token-unsigned', X],
  ['the signature of the ID token is wrong', 'id-token-wrong-signature', X],
  ['the key of the ID token is unknown', 'id-token-unknown-key', X],
  ['tid is missing', 'id-token-without-tid', X],
  ['the access token is missing', 'access-token-missing', X],
  ['the state is another one', 'response-other-state', X],
  ['the state is missing', 'response-without-state', X],
  ['the code is missing', 'response-without-code', X],
  ['iss of the response is another one', 'response-other-issuer', X],
  ['the clock of the provider is an hour ahead', { clockOffsetSeconds: 3600 }, X],
  ['the clock of the provider is two hours late', { clockOffsetSeconds: -7200 }, X],
  [
    'the user is not allowed',
    at('authorize', { kind: 'error', error: 'access_denied', codes: [50105] }),
    X,
  ],
  ['the sign-in page returns 500', at('authorize', STATUS_500), X],
  ['the sign-in page drops', at('authorize', { kind: 'drop' }), X],
  ['the consent is not stored', 'consent-forgotten', X],
  ['the client is refused', refuses('authorization_code', 'invalid_client', 7000215), X],
  ['the token endpoint returns 500', at('token', STATUS_500), X],
  [
    'the token endpoint returns 429',
    at('token', { kind: 'status', status: 429, retryAfter: '60' }),
    X,
  ],
  ['the token endpoint returns an HTML page', at('token', { kind: 'html' }), X],
  ['the token endpoint drops', at('token', { kind: 'drop' }), X],
  ['the token endpoint hangs', at('token', { kind: 'hang' }), X],
])

const CLAIMS = rows('id-token-claims', {}, [
  ['oid is missing', 'id-token-without-oid', X],
  ['preferred_username is missing', 'id-token-without-name', X],
])

const SETTINGS: Fault = {
  check: 'settings',
  name: 'the client ID is missing',
  env: { IDENTITY_CLIENT_ID: '' },
  found: X,
}

const REFRESH_TOKEN = [
  ...rows('refresh-token', {}, [['it is missing', 'refresh-token-missing', X]]),
  ...rows('refresh-token', { at: 'oidc' }, [['it is missing', 'refresh-token-missing', X]]),
]

const USER_TOKEN = [
  ...rows('user-token', {}, [
    ['Graph returns 500', at('graph', STATUS_500), X],
    ['Graph returns 403', at('graph', { kind: 'status', status: 403 }), X],
    ['Graph returns an HTML page', at('graph', { kind: 'html' }), X],
    ['Graph hangs', at('graph', { kind: 'hang' }), X],
    ['Graph returns another user', 'user-info-other-user', X],
    ['Graph does not accept the token', 'access-token-wrong-signature', X],
    ['the token is for another API', 'access-token-other-audience', X],
    ['the scope was not granted', 'scope-reduced', X],
  ]),
  ...rows('user-token', { at: 'oidc' }, [
    ['UserInfo returns another user', 'user-info-other-user', X],
    ['UserInfo does not accept the token', 'access-token-wrong-signature', X],
  ]),
]

const CONSENT = rows('consent', { from: 'consent' }, [
  [
    'the user refuses',
    at('authorize', { kind: 'error', error: 'access_denied', codes: [65004] }),
    X,
  ],
  ['the consent is not stored', 'consent-forgotten', X],
  ['the scope is still missing', 'scope-reduced', X],
  ['the page of the provider returns 500', at('authorize', STATUS_500), X],
])

const REFRESH = [
  ...rows('refresh', {}, [
    ['a refresh is refused', refuses('refresh_token', 'invalid_grant', 50173), X],
    ['a refresh returns 500', at('token', { ...STATUS_500, grantType: 'refresh_token' }), X],
    ['a refresh hangs', at('token', { kind: 'hang', grantType: 'refresh_token' }), X],
    ['a refresh returns another user', 'refreshed-id-token-other-user', X],
  ]),
  ...rows('refresh-rotation', {}, [
    ['the second refresh is refused', 'second-refresh-rejected', X],
  ]),
  ...rows('refresh-rotation', { verdict: 'skipped' }, [
    ['the refresh token stays the same', 'refresh-token-not-replaced', X],
  ]),
]

const APP_TOKEN = rows('app-token', {}, [
  ['the grant is not allowed', refuses('client_credentials', 'unauthorized_client', 700016), X],
  ['the secret is wrong', refuses('client_credentials', 'invalid_client', 7000215), X],
  [
    'the token endpoint returns 500',
    at('token', { ...STATUS_500, grantType: 'client_credentials' }),
    X,
  ],
  ['the token is missing', 'access-token-missing', X],
])

const API_TOKEN = rows('api-token', {}, [
  ['the token has expired', 'access-token-expired', X],
  ['the token is for another API', 'access-token-other-audience', X],
  ['the token is of another issuer', 'access-token-other-issuer', X],
  ['the signature is wrong', 'access-token-wrong-signature', X],
  ['the key is unknown', 'access-token-unknown-key', X],
  ['the token is opaque', 'access-token-opaque', X],
  ['scp is missing', 'access-token-without-scopes', X],
  ['oid and sub are missing', 'access-token-without-user', X],
  ['the API refuses the user', refuses('refresh_token', 'invalid_grant', 65001), X],
])

/** A token for the API of the test, and for the app, with changed claims. */
function tokens(change: (claims: Record<string, unknown>, api: string) => object) {
  return ({ api }: DevProvider): Tamper => ({
    accessToken: (claims, sign) => sign({ ...claims, ...change(claims, api.clientId) }),
  })
}

const isGraph = (claims: Record<string, unknown>): boolean =>
  String(claims['aud']).includes('graph')

const API: readonly Fault[] = [
  {
    check: 'api-token',
    name: 'the API gets tokens of version 1',
    setUp: (provider) => {
      const apps = provider.config.apps.map((app) =>
        app.clientId === provider.api.clientId ? { ...app, accessTokenVersion: 1 as const } : app,
      )
      provider.configure({ ...provider.config, apps })
    },
    found: X,
  },
  {
    check: 'api-scope',
    name: 'the token contains a scope that was not granted',
    tamper: tokens(() => ({ scp: 'Todos.Read Verify.Missing' })),
    found: X,
  },
  {
    check: 'api-rejects-changed',
    name: 'the keys are not available after the sign-in',
    tamper: (provider) => ({
      tokenResponse(body) {
        provider.behave({ faults: { keys: STATUS_500 } })
        return body
      },
    }),
    found: X,
  },
  {
    check: 'api-rejects-other',
    name: 'tokens for Graph have the audience of the API',
    tamper: tokens((claims, aud) => (isGraph(claims) ? { aud, scp: 'Todos.Read' } : {})),
    found: X,
  },
  {
    check: 'api-rejects-app',
    name: 'app-only tokens contain the scopes and the ID of a user',
    tamper: tokens((claims) =>
      claims['scp'] === undefined
        ? { scp: 'Todos.Read', oid: 'a1e00000-0000-4000-8000-000000000011', idtyp: undefined }
        : {},
    ),
    found: X,
  },
]

const ON_BEHALF_OF = rows('on-behalf-of', {}, [
  ['the user must interact', refuses(JWT_BEARER, 'interaction_required', 50079), X],
  ['consent is missing', refuses(JWT_BEARER, 'invalid_grant', 65001), X],
  ['the API is not allowed', refuses(JWT_BEARER, 'unauthorized_client', 700016), X],
  ['the secret of the API is wrong', refuses(JWT_BEARER, 'invalid_client', 7000215), X],
  ['the token endpoint hangs', at('token', { kind: 'hang', grantType: JWT_BEARER }), X],
  ['Graph returns another user', 'user-info-other-user', X],
  ['Graph returns 500', at('graph', STATUS_500), X],
])

const STEP_UP = [
  ...rows('claims-challenge', {}, [
    ['claims are refused', 'claims-rejected', X],
    ['a refresh is refused', refuses('refresh_token', 'interaction_required', 50076), X],
  ]),
  ...rows('step-up', { from: 'step-up' }, [
    [
      'the sign-in is refused',
      at('authorize', { kind: 'error', error: 'access_denied', codes: [53003] }),
      X,
    ],
    ['claims are refused', 'claims-rejected', X],
  ]),
  ...rows('step-up', { from: 'step-up', args: ['--acrs', 'c1'] }, [
    ['the authentication context is ignored', 'claims-ignored', X],
  ]),
]

let repeated: string | undefined
const REPEATED: Fault = {
  check: 'claims-challenge',
  name: 'the same token comes again',
  tamper: ({ api }) => {
    repeated = undefined
    return {
      accessToken: async (claims, sign) => {
        const token = await sign(claims)
        return claims['aud'] === api.clientId ? (repeated ??= token) : token
      },
    }
  },
  found: X,
}

const MCP = [
  ...rows('mcp-resource', {}, [['resource is refused', 'resource-rejected', X]]),
  ...rows('mcp-audience', {}, [['the token is for another API', 'access-token-other-audience', X]]),
  ...rows('mcp-audience', { at: 'oidc', args: ['--resource', 'http://localhost:3000/mcp'] }, [
    ['resource is ignored', 'resource-ignored', X],
  ]),
]

const SIGN_OUT = [
  ...rows('sign-out', {}, [
    ['the provider does not redirect', 'sign-out-without-redirect', X],
    ['the sign-out returns 500', at('logout', STATUS_500), X],
    ['the sign-out drops', at('logout', { kind: 'drop' }), X],
  ]),
  ...rows('sign-out', { verdict: 'skipped' }, [
    ['the metadata has no end_session_endpoint', 'metadata-without-sign-out', X],
  ]),
]

export const FAULTS: readonly Fault[] = [
  SETTINGS,
  ...DISCOVERY,
  ...SIGN_IN,
  ...CLAIMS,
  ...REFRESH_TOKEN,
  ...USER_TOKEN,
  ...CONSENT,
  ...REFRESH,
  ...APP_TOKEN,
  ...API_TOKEN,
  ...API,
  ...ON_BEHALF_OF,
  ...STEP_UP,
  REPEATED,
  ...MCP,
  ...SIGN_OUT,
]
