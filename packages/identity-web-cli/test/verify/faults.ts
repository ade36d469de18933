import type {
  AppAddresses,
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
  /** The addresses of the app, as soon as its port is known. */
  readonly addresses?: (origin: string) => AppAddresses
}

type Row = readonly [
  name: string,
  fault: Partial<Behaviour> | Deviation,
  found: RegExp,
  change?: RegExp,
]

/** Makes faults of rows with one check. */
function rows(check: string, given: Partial<Fault>, list: readonly Row[]): readonly Fault[] {
  return list.map(([name, fault, found, change = ISSUE]) => ({
    check,
    name,
    behaviour: typeof fault === 'string' ? { deviations: [fault] } : fault,
    found,
    change,
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

/** The changes that several faults have. */
const LATER = /^Wait a few minutes, and run the command again/
const ISSUE = /open an issue with this report/
const PROXY = /HTML page, so a proxy, a firewall or another web server may have sent it/
const HOST = /Check the host in .*IDENTITY_AUTHORITY/
const FIREWALL = /^A firewall may block the connection/
const CLOCK = /^Check the clock of this server/
const CONSENT_HINT = /grant admin consent under API permissions/
const SECRET_HINT = /set clientCredential \(IDENTITY_CLIENT_SECRET\) to the value of the secret/
const STUCK = /^Read the page of the provider, .*error code.*redirect URI/
const HOLE = /^Do not use this provider for APIs/
const NONE = /^$/

const SETTINGS: Fault = {
  check: 'settings',
  name: 'the client ID is missing',
  env: { IDENTITY_CLIENT_ID: '' },
  found: /^clientId is not configured.*IDENTITY_CLIENT_ID/,
  change: /doctor" to check the settings/,
}

const DISCOVERY = rows('discovery', {}, [
  ['the metadata returns 500', at('metadata', STATUS_500), /returned 500 for metadata/, LATER],
  ['the metadata is an HTML page', at('metadata', { kind: 'html' }), /not a JSON object/, PROXY],
  [
    'the metadata is too large',
    at('metadata', { kind: 'huge', bytes: 2_000_000 }),
    /larger than 1000000 bytes/,
  ],
  ['the connection drops', at('metadata', { kind: 'drop' }), /closed the connection/, HOST],
  ['the metadata hangs', at('metadata', { kind: 'hang' }), /within 1 second/, FIREWALL],
  [
    'the metadata is of another issuer',
    'metadata-other-issuer',
    /contains the issuer https:\/\/other-issuer/,
    /^Check the authority/,
  ],
  ['the keys return 500', at('keys', STATUS_500), /returned 500 for keys/, LATER],
  ['the keys are an HTML page', at('keys', { kind: 'html' }), /not a JSON object/, PROXY],
  ['the list of keys is empty', 'keys-missing', /list of keys is empty/, /^Create a signing key/],
])

const SIGN_IN = rows('sign-in', {}, [
  ['the ID token is missing', 'id-token-missing', /does not contain an ID token/],
  ['the ID token has no nonce', 'id-token-without-nonce', /its nonce is not the nonce/],
  ['the ID token has another nonce', 'id-token-other-nonce', /its nonce is not/],
  ['the ID token is for another app', 'id-token-other-audience', /another application/],
  ['the ID token is of another issuer', 'id-token-other-issuer', /its issuer is not/],
  ['the ID token has expired', 'id-token-expired', /it has expired \(exp\)/, CLOCK],
  ['the ID token is not signed', 'id-token-unsigned', /algorithm none is not allowed/],
  ['its signature is wrong', 'id-token-wrong-signature', /its signature is wrong/],
  ['its key is unknown', 'id-token-unknown-key', /its key is unknown/],
  ['tid is missing', 'id-token-without-tid', /its tid is not a tenant ID/],
  ['the access token is missing', 'access-token-missing', /response .* is not valid/],
  [
    'the state is another one',
    'response-other-state',
    /state .* was not created by this application/,
    /IDENTITY_SESSION_SECRET/,
  ],
  ['the state is missing', 'response-without-state', /not contain the parameter state/],
  ['the code is missing', 'response-without-code', /not contain a code/],
  ['iss is another one', 'response-other-issuer', /parameter iss .* is not the issuer/],
  ['the clock is an hour ahead', { clockOffsetSeconds: 3600 }, /not valid yet \(nbf\)/, CLOCK],
  ['the clock is two hours late', { clockOffsetSeconds: -7200 }, /has expired/, CLOCK],
  [
    'the user is not allowed',
    at('authorize', { kind: 'error', error: 'access_denied', codes: [50105] }),
    /access_denied \(AADSTS50105/,
    /^The user is not assigned to the application/,
  ],
  ['the page returns 500', at('authorize', STATUS_500), /browser did not come back/, STUCK],
  ['the page drops', at('authorize', { kind: 'drop' }), /browser did not come back/, STUCK],
  ['the page hangs', at('authorize', { kind: 'hang' }), /not come back within 2 seconds/, STUCK],
  ['the consent is not stored', 'consent-forgotten', /AADSTS65001/, CONSENT_HINT],
  [
    'the client is refused',
    refuses('authorization_code', 'invalid_client', 7000215),
    /invalid_client \(AADSTS7000215/,
    SECRET_HINT,
  ],
  ['the token endpoint returns 500', at('token', STATUS_500), /returned 500 for tokens/, LATER],
  [
    'the token endpoint returns 429',
    at('token', { kind: 'status', status: 429, retryAfter: '60' }),
    /returned 429 for tokens/,
    LATER,
  ],
  ['the tokens are an HTML page', at('token', { kind: 'html' }), /without a JSON object/, PROXY],
  ['the token endpoint drops', at('token', { kind: 'drop' }), /closed the connection/, HOST],
  ['the token endpoint hangs', at('token', { kind: 'hang' }), /within 1 second/, FIREWALL],
])

const CLAIMS = rows('id-token-claims', {}, [
  ['oid is missing', 'id-token-without-oid', /not contain oid/],
  ['the name is missing', 'id-token-without-name', /not contain preferred_username/],
])

const NO_REFRESH_TOKEN = /did not return a refresh token/
const REFRESH_TOKEN = [
  ...rows('refresh-token', {}, [
    ['it is missing', 'refresh-token-missing', NO_REFRESH_TOKEN, /Allow the scope offline_access/],
  ]),
  ...rows('refresh-token', { at: 'oidc' }, [
    ['it is missing', 'refresh-token-missing', NO_REFRESH_TOKEN, /the grant type refresh_token/],
  ]),
]

const USER_TOKEN = [
  ...rows('user-token', {}, [
    ['Graph returns 500', at('graph', STATUS_500), /returned 500 for \/me/, LATER],
    [
      'Graph returns 403',
      at('graph', { kind: 'status', status: 403 }),
      /returned 403 for \/me/,
      /^Add the delegated permission User\.Read/,
    ],
    [
      'Graph returns an HTML page',
      at('graph', { kind: 'html' }),
      /not contain an id/,
      /^A proxy or a firewall/,
    ],
    ['Graph hangs', at('graph', { kind: 'hang' }), /not respond to \/me within 1 s/, FIREWALL],
    ['Graph returns another user', 'user-info-other-user', /profile of another user/],
    ['Graph rejects the token', 'access-token-wrong-signature', /returned 401 for \/me/],
    ['the token is for another API', 'access-token-other-audience', /returned 401/],
    ['the scope was not granted', 'scope-reduced', /granted fewer scopes than requested/],
  ]),
  ...rows('user-token', { at: 'oidc' }, [
    ['UserInfo returns another user', 'user-info-other-user', /another user \(sub\)/],
    [
      'UserInfo rejects the token',
      'access-token-wrong-signature',
      /UserInfo endpoint returned 401/,
      /must contain the scope openid/,
    ],
  ]),
]

const CONSENT = rows('consent', { from: 'consent' }, [
  [
    'the user refuses',
    at('authorize', { kind: 'error', error: 'access_denied', codes: [65004] }),
    /access_denied \(AADSTS65004/,
    /^The user declined to consent/,
  ],
  ['the consent is not stored', 'consent-forgotten', /AADSTS65001/, CONSENT_HINT],
  ['the scope is still missing', 'scope-reduced', /requires User\.ReadBasic\.All/],
  ['the page returns 500', at('authorize', STATUS_500), /browser did not come back/, STUCK],
])

const REFRESH = [
  ...rows('refresh', {}, [
    [
      'a refresh is refused',
      refuses('refresh_token', 'invalid_grant', 50173),
      /invalid_grant \(AADSTS50173\)/,
      /^The refresh token was revoked/,
    ],
    [
      'a refresh returns 500',
      at('token', { ...STATUS_500, grantType: 'refresh_token' }),
      /returned 500 for tokens/,
      LATER,
    ],
    [
      'a refresh hangs',
      at('token', { kind: 'hang', grantType: 'refresh_token' }),
      /within 1 second/,
      FIREWALL,
    ],
    [
      'a refresh returns another user',
      'refreshed-id-token-other-user',
      /it belongs to another user/,
    ],
  ]),
  ...rows('refresh-rotation', {}, [
    ['the second refresh is refused', 'second-refresh-rejected', /invalid_grant/, /./],
  ]),
  ...rows('refresh-rotation', { verdict: 'not-applicable' }, [
    ['the token stays the same', 'refresh-token-not-replaced', /does not replace/, NONE],
  ]),
]

const APP_TOKEN = rows('app-token', {}, [
  [
    'the app does not exist',
    refuses('client_credentials', 'unauthorized_client', 700016),
    /unauthorized_client \(AADSTS700016\)/,
    /Check clientId/,
  ],
  [
    'the secret is wrong',
    refuses('client_credentials', 'invalid_client', 7000215),
    /invalid_client \(AADSTS7000215\)/,
    SECRET_HINT,
  ],
  [
    'the token endpoint returns 500',
    at('token', { ...STATUS_500, grantType: 'client_credentials' }),
    /returned 500 for tokens/,
    LATER,
  ],
  ['the token is missing', 'access-token-missing', /app-only token is not valid/],
])

const API_TOKEN = rows('api-token', {}, [
  [
    'the token has expired',
    'access-token-expired',
    /401.*it has expired \(exp\)/,
    /request a new token/,
  ],
  ['the token is for another API', 'access-token-other-audience', /it is for \[id \d+\]/],
  ['the token is of another issuer', 'access-token-other-issuer', /its issuer is https/],
  ['the signature is wrong', 'access-token-wrong-signature', /signature is wrong/],
  ['the key is unknown', 'access-token-unknown-key', /its key is unknown/],
  ['the token is opaque', 'access-token-opaque', /not a JSON Web Token/],
  ['scp is missing', 'access-token-without-scopes', /no scopes \(scp\)/],
  ['the user is missing', 'access-token-without-user', /does not contain a user/],
  [
    'the user did not consent',
    refuses('refresh_token', 'invalid_grant', 65001),
    /invalid_grant \(AADSTS65001\)/,
    CONSENT_HINT,
  ],
])

/** Changes the claims of all access tokens. */
function changed(change: (claims: Record<string, unknown>) => object) {
  return (): Tamper => ({
    accessToken: (claims, sign) => sign({ ...claims, ...change(claims) }),
  })
}

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
    found: /status 200 for a token for Microsoft Graph/,
    change: HOLE,
  },
  {
    check: 'api-rejects-app',
    name: 'app-only tokens contain the scopes and the ID of a user',
    tamper: changed(({ scp }) =>
      scp === undefined ? { scp: 'Todos.Read', idtyp: undefined } : {},
    ),
    found: /status 200 for an app-only token/,
    change: HOLE,
  },
]

const ON_BEHALF_OF = rows('on-behalf-of', {}, [
  [
    'the user must interact',
    refuses(JWT_BEARER, 'interaction_required', 50079),
    /AADSTS50079/,
    /multi-factor/,
  ],
  ['consent is missing', refuses(JWT_BEARER, 'invalid_grant', 65001), /AADSTS65001/, /consent/],
  [
    'the API does not exist',
    refuses(JWT_BEARER, 'unauthorized_client', 700016),
    /AADSTS700016/,
    /Check clientId/,
  ],
  [
    'the secret of the API is wrong',
    refuses(JWT_BEARER, 'invalid_client', 7000215),
    /AADSTS7000215/,
    SECRET_HINT,
  ],
  [
    'the token endpoint hangs',
    at('token', { kind: 'hang', grantType: JWT_BEARER }),
    /within 1 second/,
    FIREWALL,
  ],
  ['Graph returns another user', 'user-info-other-user', /profile of another user/],
  ['Graph returns 500', at('graph', STATUS_500), /returned 500 for \/me/, LATER],
  ['Graph hangs', at('graph', { kind: 'hang' }), /not respond to \/me within 1 s/, FIREWALL],
])

const CLAIMS_REFUSED = /AADSTS900144: The parameter 'claims' is not supported/
const STEP_UP = [
  ...rows('claims-challenge', {}, [
    ['claims are refused', 'claims-rejected', CLAIMS_REFUSED],
    [
      'a refresh needs the user',
      refuses('refresh_token', 'interaction_required', 50076),
      /interaction_required \(AADSTS50076/,
      /multi-factor/,
    ],
  ]),
  ...rows('step-up', { from: 'step-up' }, [
    [
      'a policy blocks the sign-in',
      at('authorize', { kind: 'error', error: 'access_denied', codes: [53003] }),
      /access_denied \(AADSTS53003/,
      /Conditional Access policy blocks the sign-in/,
    ],
    ['claims are refused', 'claims-rejected', CLAIMS_REFUSED],
  ]),
]

const REPEATED: Fault = {
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
}

const MCP = [
  ...rows('mcp-resource', {}, [
    [
      'resource is refused',
      'resource-rejected',
      /invalid_target \(AADSTS9010010/,
      /Set "resource" .* to an Application ID URI/,
    ],
  ]),
  ...rows('mcp-audience', {}, [
    [
      'the token is for another API',
      'access-token-other-audience',
      /status 401\. Its audience is another value/,
      /IDENTITY_AUDIENCE/,
    ],
  ]),
  ...rows(
    'mcp-audience',
    { at: 'oidc', args: ['--scope', 'todos.read', ...API_ARGS.slice(2), '--resource', TODO_API] },
    [
      [
        'resource is ignored',
        'resource-ignored',
        /status 401\. Its audience is another value/,
        /^The provider does not use resource/,
      ],
    ],
  ),
]

const FRONT_CHANNEL: Partial<Fault> = {
  args: ['--front-channel'],
  addresses: (origin) => ({ frontChannelLogoutUri: `${origin}/front-channel-logout` }),
}
const BACK_CHANNEL: Partial<Fault> = {
  at: 'oidc',
  args: ['--back-channel'],
  addresses: (origin) => ({ backChannelLogoutUri: `${origin}/back-channel-logout` }),
}
const NOT_CALLED = /did not send a request to \/(?:front|back)-channel-logout/
const REGISTER = /^Register http:\/\/localhost:\d+\/(?:front|back)-channel-logout/
const NOT_ENDED = /did not end the session/
const REJECTED = /rejected the request of the provider with status 400\. .*/

const CHANNELS = [
  ...rows('front-channel', FRONT_CHANNEL, [
    ['the provider does not call', 'front-channel-not-called', NOT_CALLED, REGISTER],
    ['the session is another one', 'front-channel-other-session', NOT_ENDED, /claim sid/],
    ['the ID token has no sid', 'id-token-without-sid', NOT_ENDED, /Add the optional claim sid/],
  ]),
  ...rows('back-channel', BACK_CHANNEL, [
    ['the provider does not call', 'back-channel-not-called', NOT_CALLED, REGISTER],
    [
      'the signature is wrong',
      'logout-token-wrong-signature',
      new RegExp(`${REJECTED.source}signature is wrong`),
    ],
    ['the session is another one', 'logout-token-other-session', NOT_ENDED, /sub or the sid/],
    [
      'the event is missing',
      'logout-token-without-event',
      new RegExp(`${REJECTED.source}logout event`),
    ],
  ]),
]

const NOT_BACK = /browser did not come back/
const HOME = /Register http:\/\/localhost:\d+\/ as a redirect URI/
const SIGN_OUT = [
  ...rows('sign-out', {}, [
    ['the provider does not redirect', 'sign-out-without-redirect', NOT_BACK, HOME],
    ['the sign-out returns 500', at('logout', STATUS_500), NOT_BACK, HOME],
    ['the sign-out drops', at('logout', { kind: 'drop' }), NOT_BACK, HOME],
  ]),
  ...rows('sign-out', { verdict: 'not-applicable' }, [
    ['it is not in the metadata', 'metadata-without-sign-out', /end_session_endpoint/, NONE],
  ]),
]

const STILL_THERE = /^The app registration still exists\. Run .* verify --cleanup/
const CLEANUP = rows('cleanup', { at: 'created', from: 'sign-in' }, [
  ['Graph returns 500', at('graph', STATUS_500), /Graph returned 500/, STILL_THERE],
  [
    'Graph returns 403',
    at('graph', { kind: 'status', status: 403 }),
    /returned 403.*Application\.ReadWrite\.All/,
    STILL_THERE,
  ],
  ['the connection drops', at('graph', { kind: 'drop' }), /does not respond/, STILL_THERE],
])

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
  ...CHANNELS,
  ...SIGN_OUT,
  ...CLEANUP,
]
