import { createServer } from 'node:http'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import {
  createClientCertificate,
  defaultConfig,
  startEasyAuth,
  type DevProvider,
  type DevProviderOptions,
  type SignInOptions,
} from '../../src/index.js'
import { assertionParams, signAssertion } from '../support/assertion.js'
import type { Clock } from '../support/clock.js'
import {
  ALL_IDENTITY,
  authorizeUrl,
  cookieHeader,
  getCode,
  getTokens,
  REDIRECT_URI,
  TODO_API,
  type Params,
} from '../support/flow.js'
import { post, type CallGraph, type Sender } from '../support/graph.js'
import { close, listen } from '../support/listen.js'
import { api, AS_API, getAssertion, GRAPH } from '../support/on-behalf-of.js'
import type { Answer } from '../../../identity-web-cli/src/reality/compare.js'
import { OPEN_REQUESTS, send } from '../../../identity-web-cli/src/reality/open-requests.js'

/** What a cause needs: the provider in its initial state, its clock, and a client of Graph. */
export interface World {
  readonly provider: DevProvider
  readonly clock: Clock
  readonly call: CallGraph
}

type Cause = (world: World) => Promise<Answer>

const [app, ...apps] = defaultConfig.apps
const contoso = defaultConfig.tenants[0]!.id
const B2C = 'fabrikamb2c.onmicrosoft.com/B2C_1_susi'
const B2C_TODOS = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'
const CUSTOMERS = 'contosocustomers.onmicrosoft.com'
const PERSONAL = { as: 'charlie', tenant: 'consumers' }
const V1_API = 'api://old.contoso.example'
const NOBODY = '00000000-0000-0000-0000-00000000000f'
const NO_GUID = '00000000-0000-0000-0000-000000000000'
const EMPTY_CHALLENGE = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
const CP1 = '{"access_token":{"xms_cc":{"values":["cp1"]}}}'
const ALEX = 'alex@contoso.onmicrosoft.com'
const certificate = createClientCertificate()

/**
 * The app has a certificate and a URL for sign-out, and no optional claims or app permissions. One API has tokens of version 1
 * with groups.
 */
export const providerOptions: DevProviderOptions = {
  config: {
    apps: [
      {
        ...app!,
        appPermissions: [],
        optionalClaims: [],
        certificates: [certificate.cert],
        frontChannelLogoutUri: 'http://localhost:3999/front-channel',
      },
      ...apps,
      {
        ...api,
        clientId: '55555555-6666-4777-8888-999999999999',
        idUri: V1_API,
        accessTokenVersion: 1,
        optionalClaims: ['groups'],
      },
    ],
  },
}

const submit = (url: string, form: Params, headers: Record<string, string> = {}): Promise<Answer> =>
  send(url, { method: 'POST', headers, body: new URLSearchParams(form) })

const at = ({ provider }: World, path: string, tenant?: string): string =>
  `${provider.authority(tenant)}/${path}`

/** Requests a token as the default app. An empty value removes a parameter. */
function token(world: World, params: Params, tenant?: string, headers?: Record<string, string>) {
  const { clientId, clientSecret = '' } = world.provider.app
  const all = { client_id: clientId, client_secret: clientSecret, ...params }
  const form = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
  return submit(at(world, 'oauth2/v2.0/token', tenant), form, headers)
}

const appToken = (world: World, params: Params = {}, headers?: Record<string, string>) =>
  token(
    world,
    { grant_type: 'client_credentials', scope: `${TODO_API}/.default`, ...params },
    undefined,
    headers,
  )

const redeem = (world: World, code: string, params: Params = {}, tenant?: string) =>
  token(
    world,
    { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...params },
    tenant,
  )

const refresh = (world: World, refreshToken = '', tenant?: string) =>
  token(world, { grant_type: 'refresh_token', refresh_token: refreshToken }, tenant)

const onBehalfOf = (world: World, assertion: string, params: Params = {}) =>
  token(world, {
    ...AS_API,
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    scope: `${GRAPH}/User.Read`,
    assertion,
    ...params,
  })

/** Returns the header and the claims of a token. */
function decode(jwt: unknown): Answer {
  const encoded = String(jwt)
  return { members: { header: decodeProtectedHeader(encoded), payload: decodeJwt(encoded) } }
}

const member = ({ members }: Answer, name: string): string =>
  String((members as Record<string, unknown>)[name])

/** Returns the parameters with which a page sends the user back to the app. */
async function comeBack({ provider }: World, url: string | URL, options: SignInOptions = {}) {
  const { url: back } = await provider.signIn(url, options)
  return { members: Object.fromEntries(back.searchParams) }
}

/** Starts a sign-in of a device, and asks for its tokens before or after the user's sign-in. */
async function device(world: World, as?: string, isAdfs = false): Promise<Answer> {
  const { provider, clock } = world
  const start = await startDevice(world, isAdfs)
  const login = member(start, 'verification_uri')
  if (as !== undefined) await provider.answerDevice(login, member(start, 'user_code'), { as })
  clock.advance(10)
  return submit(`${deviceBase(provider, isAdfs)}token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: provider.app.clientId,
    device_code: member(start, 'device_code'),
    client_info: '1',
  })
}

const startDevice = ({ provider }: World, isAdfs = false): Promise<Answer> =>
  submit(`${deviceBase(provider, isAdfs)}devicecode`, {
    client_id: provider.app.clientId,
    scope: isAdfs ? 'openid' : `${ALL_IDENTITY} ${GRAPH}/.default`,
  })

const deviceBase = (provider: DevProvider, isAdfs: boolean): string =>
  isAdfs ? `${provider.adfsAuthority}/oauth2/` : `${provider.authority()}/oauth2/v2.0/`

async function graph({ call }: World, path: string, sender?: Sender, init?: RequestInit) {
  const { status, headers, body } = await call(path, sender, init)
  return { status, headers, members: body }
}

const READER: Sender = { as: 'sam', scopes: ['User.Read.All', 'Group.Read.All'] }
const WRITER: Sender = { as: 'sam', scopes: ['Application.ReadWrite.All'] }

/** Creates an app with a secret in Graph, and returns the secret's answer to a request for an app token. */
async function ofNewApp(world: World, hasPrincipal: boolean, endDateTime?: string) {
  const created = await graph(world, '/applications', WRITER, post({ displayName: 'Shop' }))
  const appId = member(created, 'appId')
  if (hasPrincipal) await graph(world, '/servicePrincipals', WRITER, post({ appId }))
  const secret = await graph(
    world,
    `/applications/${member(created, 'id')}/addPassword`,
    WRITER,
    post({ passwordCredential: { displayName: 'first', ...(endDateTime && { endDateTime }) } }),
  )
  world.clock.advance(endDateTime === undefined ? 0 : 7200)
  return appToken(world, { client_id: appId, client_secret: member(secret, 'secretText') })
}

const expired = async ({ provider }: World): Promise<Answer> => {
  const bearer = await provider.accessToken({ api: GRAPH, as: 'alex', expiresIn: -3600 })
  return send(provider.graphMe, { headers: { authorization: `Bearer ${bearer}` } })
}

const imds = ({ provider }: World, params: Params = {}, headers: Params = { metadata: 'true' }) => {
  const query = new URLSearchParams({ 'api-version': '2018-02-01', resource: GRAPH, ...params })
  return send(`${provider.managedIdentity.imdsEndpoint}?${query.toString()}`, { headers })
}

/** Signs a user in at the platform, and opens one of its pages. Other pages return the headers that an app receives. */
async function atAppService({ provider }: World, path: string): Promise<unknown> {
  const server = createServer(({ headers }, response) => response.end(JSON.stringify(headers)))
  const platform = await startEasyAuth({ target: await listen(server), provider })
  const open = (url: string | URL, from?: Response) => {
    const cookies = from?.headers.getSetCookie().map((line) => line.split(';', 1)[0])
    return fetch(url, { redirect: 'manual', headers: { cookie: cookies?.join('; ') ?? '' } })
  }
  try {
    const start = await open(`${platform.origin}/.auth/login/aad`)
    const { url } = await provider.signIn(start.headers.get('location') ?? '')
    const page = await open(`${platform.origin}${path}`, await open(url, start))
    return await page.json()
  } finally {
    await platform.close()
    close(server)
  }
}

/** The tenants whose metadata is compared. */
const METADATA: Readonly<Record<string, string>> = {
  'metadata of common': 'common',
  'metadata of organizations': 'organizations',
  'metadata of consumers': 'consumers',
  'metadata of the tenant': contoso,
  'metadata of the domain name': 'contoso.example',
  'metadata of External ID': CUSTOMERS,
  'metadata of B2C': B2C,
}

/** Requests for app tokens, by their differences from a valid one. */
const APP_TOKENS: Readonly<Record<string, Params>> = {
  'app token for the API': {},
  'app token with cp1': { claims: CP1 },
  'app token for an unknown API': { scope: 'api://nobody.example/.default' },
  'app token with a malformed assertion': assertionParams('client_assertion'),
}

/** Requests to Graph that a reader of the directory sends. */
const READS: Readonly<Record<string, string>> = {
  'Graph user': `/users/${ALEX}`,
  'Graph user that does not exist': `/users/${NO_GUID}`,
  'Graph user whose ID is not one': '/users/not-a-valid-id',
  'Graph user with one property': `/users/${ALEX}?$select=displayName`,
  'Graph user with an unknown property': `/users/${ALEX}?$select=noSuchProperty`,
  'Graph users': '/users?$top=1',
  'Graph group': `/groups/${defaultConfig.groups?.[0]?.id}`,
  'Graph groups that do not exist': "/groups?$filter=displayName eq 'nobody'",
}

/** The requests that should cause the described answers. */
export const causes: Readonly<Record<string, Cause>> = {
  ...table(METADATA, (world, tenant) =>
    send(at(world, 'v2.0/.well-known/openid-configuration', tenant)),
  ),
  ...table(OPEN_REQUESTS, (world, request) => {
    const tokenEndpoint = at(world, 'oauth2/v2.0/token')
    return request({ tokenEndpoint, clientId: world.provider.app.clientId })
  }),
  'metadata of common, version 1': (world) =>
    send(at(world, '.well-known/openid-configuration', 'common')),
  'keys of common, version 1': (world) => send(at(world, 'discovery/keys', 'common')),
  'metadata of AD FS': ({ provider }) =>
    send(`${provider.adfsAuthority}/.well-known/openid-configuration`),

  ...table(APP_TOKENS, (world, params) => appToken(world, params)),
  'app token for Graph with a request ID': (world) =>
    appToken(
      world,
      { scope: `${GRAPH}/.default` },
      { 'client-request-id': contoso, 'return-client-request-id': 'true' },
    ),
  'app token with an expired secret': (world) =>
    ofNewApp(world, true, new Date(world.clock.now() + 3_600_000).toISOString()),
  'app token without a service principal': (world) => ofNewApp(world, false),
  'app token with an unknown certificate': async (world) => {
    const stranger = createClientCertificate('stranger')
    return appToken(world, assertionParams(await signAssertion(world.provider, stranger)))
  },
  'app token with a federated assertion': async (world) =>
    appToken(world, assertionParams(await world.provider.workloadToken())),
  'claims of an app token': async (world) => decode(member(await appToken(world), 'access_token')),

  code: async (world) =>
    redeem(world, await getCode(world.provider, { scope: `${ALL_IDENTITY} User.Read` }), {
      client_info: '1',
    }),
  ...table(
    {
      'code with an unregistered redirect URI': { redirect_uri: 'https://elsewhere.example/' },
      'code with another redirect URI': { redirect_uri: `${REDIRECT_URI}/other` },
      'code without a credential': { client_secret: '' },
    },
    async (world, params: Params) => redeem(world, await getCode(world.provider), params),
  ),
  'code redeemed twice': async (world) => {
    const code = await getCode(world.provider)
    await redeem(world, code)
    return redeem(world, code)
  },
  'code that is not one': (world) => redeem(world, 'nonsense'),
  'claims of an access token': async ({ provider }) => decode(await getAssertion(provider)),
  'claims of an access token, version 1': async ({ provider }) =>
    decode((await getTokens(provider, { scope: `openid ${V1_API}/Todos.Read` })).access_token),
  'claims of a token for Graph': async (world) => {
    const exchanged = await onBehalfOf(world, await getAssertion(world.provider))
    return decode(member(exchanged, 'access_token'))
  },
  'claims of a user with many groups': async ({ provider }) => {
    const tokens = await getTokens(provider, { scope: `${V1_API}/Todos.Read` }, { as: 'morgan' })
    return decode(tokens.access_token)
  },
  ...table(
    {
      'claims of the ID token of a guest': { as: 'kim', tenant: contoso },
      'claims of the ID token of a customer': { as: 'nora', tenant: CUSTOMERS },
      'claims of the ID token of a personal account': PERSONAL,
    },
    async ({ provider }, user) => decode((await getTokens(provider, {}, user)).id_token),
  ),
  'claims of the refreshed ID token of a personal account': async (world) => {
    const tokens = await getTokens(world.provider, {}, PERSONAL)
    const refreshed = await refresh(world, tokens.refresh_token, 'consumers')
    return decode(member(refreshed, 'id_token'))
  },

  'refresh after revocation': async (world) => {
    const { refresh_token } = await getTokens(world.provider, {}, { as: 'robin' })
    world.provider.revokeUser('robin')
    return refresh(world, refresh_token)
  },
  'refresh of a revoked personal account': async (world) => {
    const tokens = await getTokens(world.provider, {}, PERSONAL)
    world.provider.revokeUser('charlie')
    return refresh(world, tokens.refresh_token, 'consumers')
  },
  'refresh after 90 days': async (world) => {
    const { refresh_token } = await getTokens(world.provider, {}, { as: 'robin' })
    const user = world.provider.user('robin').username
    const { origin } = world.provider
    await submit(`${origin}/dev/switches`, { action: 'expire', user }, { origin })
    return refresh(world, refresh_token)
  },

  ...table(
    {
      'on behalf of': {
        scope: `${GRAPH}/User.Read openid profile offline_access`,
        client_info: '1',
      },
      'on behalf of with claims that need the user': {
        claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
      },
      'on behalf of without consent': { scope: `${GRAPH}/Mail.Read` },
    },
    async (world, params: Params) => onBehalfOf(world, await getAssertion(world.provider), params),
  ),
  'on behalf of with a wrong signature': async (world) =>
    onBehalfOf(world, (await getAssertion(world.provider)).replace(/\.[^.]+$/, '.AAAA')),
  'on behalf of with the token of another API': async (world) => {
    const tokens = await getTokens(world.provider, { scope: `${V1_API}/Todos.Read` })
    return onBehalfOf(world, tokens.access_token ?? '')
  },

  'device start': (world) => startDevice(world),
  'device before the sign-in': (world) => device(world),
  'device after the sign-in': (world) => device(world, 'alex'),
  'device start at AD FS': (world) => startDevice(world, true),
  'device before the sign-in at AD FS': (world) => device(world, undefined, true),
  'device after the sign-in at AD FS': (world) => device(world, 'alex', true),
  'app token at AD FS': ({ provider }) =>
    submit(`${provider.adfsAuthority}/oauth2/token`, {
      grant_type: 'client_credentials',
      client_id: app!.clientId,
      client_secret: app!.clientSecret ?? '',
    }),

  ...table({ 'admin consent given': true, 'admin consent declined': false }, (world, consent) => {
    const url = authorizeUrl(world.provider, { scope: `openid ${TODO_API}/Todos.Read` })
    url.pathname = url.pathname.replace('oauth2/v2.0/authorize', 'v2.0/adminconsent')
    return comeBack(world, url, { as: 'sam', consent })
  }),
  'silent sign-in with another hint': async (world) => {
    const cookies = new Map<string, string>()
    await world.provider.signIn(authorizeUrl(world.provider), { as: 'alex', cookies })
    const hint = { prompt: 'none', login_hint: 'robin@contoso.onmicrosoft.com' }
    return comeBack(world, authorizeUrl(world.provider, hint), { cookies })
  },
  'front-channel logout': async (world) => {
    const cookies = new Map<string, string>()
    await world.provider.signIn(authorizeUrl(world.provider), { cookies })
    const page = await fetch(at(world, 'oauth2/v2.0/logout'), { headers: cookieHeader(cookies) })
    const [, query] = /front-channel\?([^"]+)/.exec(await page.text()) ?? []
    return { members: Object.fromEntries(new URLSearchParams(query)) }
  },

  'code at B2C': async (world) => {
    const scope = `openid offline_access ${B2C_TODOS}`
    const code = await getCode(world.provider, { scope }, { tenant: B2C, as: 'mia' })
    return redeem(world, code, { client_info: '1' }, B2C)
  },
  'code at B2C that is not one': (world) => redeem(world, 'nonsense', {}, B2C),
  'forgotten password at B2C': (world) =>
    comeBack(world, authorizeUrl(world.provider, { scope: 'openid' }, B2C), {
      press: 'forgot-password',
    }),
  'cancel at B2C': (world) =>
    comeBack(world, authorizeUrl(world.provider, { scope: 'openid' }, B2C), { press: 'cancel' }),

  'Graph without a token': ({ provider }) => send(provider.graphMe),
  'Graph with an expired token': expired,
  'Graph with a claims challenge': async ({ provider }) => {
    const tokens = await getTokens(provider, { scope: 'openid User.Read', claims: CP1 })
    provider.behave({ graphClaims: EMPTY_CHALLENGE })
    const authorization = `Bearer ${tokens.access_token}`
    return send(provider.graphMe, { headers: { authorization } })
  },
  'Graph without a permission': (world) => graph(world, '/users'),
  ...table(READS, (world, path) => graph(world, path, READER)),
  'Graph with too many requests': (world) => {
    world.provider.behave({ faults: { graph: { kind: 'status', status: 429, retryAfter: '1' } } })
    return graph(world, '/me')
  },
  'Graph groups of a user': (world) =>
    graph(
      world,
      '/users/robin@contoso.onmicrosoft.com/getMemberGroups',
      READER,
      post({ securityEnabledOnly: false }),
    ),

  'IMDS token': (world) => imds(world),
  'claims of an IMDS token': async (world) => decode(member(await imds(world), 'access_token')),
  'IMDS token by object ID': (world) =>
    imds(world, { object_id: world.provider.managedIdentity.subject }),
  'IMDS without its header': (world) => imds(world, {}, {}),
  'IMDS with an unknown identity': (world) => imds(world, { client_id: NOBODY }),
  'App Service token': ({ provider: { managedIdentity } }) => {
    const query = new URLSearchParams({ 'api-version': '2019-08-01', resource: GRAPH }).toString()
    const headers = { 'x-identity-header': managedIdentity.header }
    return send(`${managedIdentity.appServiceEndpoint}?${query}`, { headers })
  },

  'principal of App Service': async (world) => {
    const headers = new Headers((await atAppService(world, '/')) as Record<string, string>)
    const principal = Buffer.from(headers.get('x-ms-client-principal') ?? '', 'base64').toString()
    return { headers, members: JSON.parse(principal) }
  },
  'tokens of App Service': async (world) => {
    const [members] = (await atAppService(world, '/.auth/me')) as unknown[]
    return { members }
  },
}

/** Returns a cause for each entry of a table. */
function table<T>(
  entries: Readonly<Record<string, T>>,
  request: (world: World, entry: T) => Promise<Answer>,
): Record<string, Cause> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, (world: World) => request(world, entry)]),
  )
}
