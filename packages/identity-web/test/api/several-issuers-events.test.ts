import { defaultConfig } from 'identity-web-dev'
import type { ApiAuthOptions, IdentityEvent } from 'identity-web/express'
import type { Workshop } from '../client/credential/openssl.ts'
import {
  CUSTOMERS,
  expect,
  issuerFor,
  PLAIN_API,
  test as base,
  TODO_API,
  type Issuers,
} from '../support/issuers-fixtures.ts'
import type { ProtectedApi } from '../support/protected-api.ts'
import type { ApiRoutes } from '../support/fixtures.ts'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('events', ({}): IdentityEvent[] => [])
  /** Starts an API whose events are recorded. */
  .extend(
    'openObserved',
    ({ openIssuers, events }) =>
      (issuers: Issuers, options: ApiAuthOptions = {}, routes?: ApiRoutes): Promise<ProtectedApi> =>
        openIssuers(issuers, { onEvent: (event) => events.push(event), ...options }, routes),
  )

/** Returns the type, the issuer and the client ID of each event. */
function namesOf(events: readonly IdentityEvent[]): readonly unknown[] {
  return events.map(({ type, issuer, clientId }) => [type, issuer, clientId])
}

test('an event about a rejected token names the issuer that rejected it', async ({
  todoToken,
  entries: { customers, workforce },
  openObserved,
  events,
}) => {
  const api = await openObserved({ workforce, customers })
  const expired = await todoToken('nora', { expiresIn: -120 })
  const narrow = await todoToken('alex', { scopes: ['Todos.Read'] })
  const forged = (await todoToken('nora')).replace(
    /[^.]+$/,
    (signature) => `${signature.slice(4, 8)}${signature.slice(4)}`,
  )
  const unknown = await todoToken('alex', { claims: { iss: 'x' } })

  expect(await issuerFor(api, expired)).toBe(401)
  expect(await issuerFor(api, narrow, '/write')).toBe(403)
  expect(await issuerFor(api, forged)).toBe(401)
  expect(await issuerFor(api, unknown)).toBe(401)
  expect(await issuerFor(api, 'no token')).toBe(400)

  expect(namesOf(events)).toEqual([
    ['bearer.rejected', 'customers', TODO_API],
    ['bearer.rejected', 'workforce', TODO_API],
    ['bearer.rejected', 'customers', TODO_API],
    // Only a selected issuer is known.
    ['bearer.rejected', undefined, ''],
    ['bearer.rejected', undefined, ''],
  ])
})

test('an event about a provider that does not respond names its issuer', async ({
  todoToken,
  otherProvider,
  entries: { workforce },
  openObserved,
  events,
}) => {
  const lines: string[] = []
  const api = await openObserved(
    {
      workforce,
      customers: { authority: otherProvider.authority(CUSTOMERS), clientId: TODO_API },
      servers: { authority: otherProvider.adfsAuthority, clientId: 'https://servers.example' },
    },
    {
      environment: 'development',
      logger: {
        error: (line: string, details) => lines.push(`${line} ${JSON.stringify(details)}`),
      },
    },
  )
  const nora = await otherProvider.accessToken({ as: 'nora', api: TODO_API })
  const unknown = await todoToken('alex', { claims: { iss: 'x', aud: 'https://servers.example' } })
  await otherProvider.close()

  expect(await issuerFor(api, nora)).toBe(503)
  expect(await issuerFor(api, unknown)).toBe(503)

  expect(namesOf(events)).toEqual([
    ['request.failed', 'customers', TODO_API],
    ['request.failed', 'servers', 'https://servers.example'],
  ])
  // The failure of one provider does not hide the failure of another one.
  expect(lines).toEqual([
    expect.stringContaining('"issuer":"customers"'),
    expect.stringContaining('"issuer":"servers"'),
  ])
})

test('an event about a call to another API names the issuer of its caller', async ({
  todoToken,
  entries: { workforce },
  openObserved,
  events,
}) => {
  const api = await openObserved(
    { workforce: { ...workforce, clientCredential: 'wrong' } },
    {},
    (app, { authorizationRequired }) => {
      app.get(
        '/graph',
        authorizationRequired(async (_req, _res, { getTokenOnBehalfOf }) => {
          await getTokenOnBehalfOf(['User.Read'])
        }),
      )
    },
  )

  await api.call('/graph', await todoToken('alex'))

  expect(namesOf(events)).toEqual([['on_behalf_of.failed', 'workforce', TODO_API]])
})

test('an event about groups that cannot be looked up names the issuer of the caller', async ({
  plainToken,
  entries: { plain, workforce },
  openObserved,
  events,
}) => {
  const api = await openObserved({ workforce, plain }, {}, (app, { authorizationRequired }) => {
    const requirement = { issuer: 'plain', groups: 'Staff' } as const
    app.get(
      '/staff',
      authorizationRequired(requirement, (_req, res) => void res.json({})),
    )
  })
  const claims = { _claim_names: { groups: 'src1' }, _claim_sources: { src1: {} } }

  const token = await plainToken(claims)
  expect(await issuerFor(api, token, '/staff')).toBe(503)

  expect(namesOf(events)).toEqual([['request.failed', 'plain', PLAIN_API]])
})

/** Makes a certificate that is valid for a week. */
function makeCertificate(shop: Workshop): { certificate: string; privateKey: string } {
  shop.openssl('req -x509 -nodes -days 7 -newkey rsa:2048 -keyout a.key -out a.pem -subj /CN=app')
  return { certificate: shop.text('a.pem'), privateKey: shop.text('a.key') }
}

test('events about credentials name their issuer', async ({
  entries: { customers, workforce },
  openObserved,
  events,
  workshop,
}) => {
  const { api } = await openObserved({
    workforce: { ...workforce, clientCredential: makeCertificate(workshop) },
    customers: {
      ...customers,
      clientCredential: { certificate: '/missing.pem', privateKey: '/missing.key' },
    },
  })
  await api.ready().catch(() => undefined)

  await expect
    .poll(() => events.map(({ type, issuer }) => `${type} ${issuer}`).toSorted())
    .toEqual(['credential.expiring workforce', 'credential.failed customers'])
})

test('events of an API with one issuer do not name it', async ({ openApi, provider, events }) => {
  const api = await openApi({ onEvent: (event) => events.push(event) }, (app, owner) => {
    app.get(
      '/',
      owner.authorizationRequired((_req, res) => void res.json({})),
    )
  })
  const [{ clientId = '' } = {}] = defaultConfig.apps.filter(({ idUri }) => idUri !== undefined)

  await api.call('/', await provider.accessToken({ as: 'alex', api: clientId, expiresIn: -120 }))

  expect(namesOf(events)).toEqual([['bearer.rejected', undefined, clientId]])
  expect(events[0]).not.toHaveProperty('issuer')
})
