// Microsoft Graph v1.0: application, servicePrincipal, passwordCredential, keyCredential, federatedIdentityCredential.
import { X509Certificate } from 'node:crypto'
import { createClientCertificate, type DevProvider } from '../src/index.js'
import { askWith, signAssertion } from './support/assertion.js'
import { authorizeUrl, claimsOf, redeem, requestToken } from './support/flow.js'
import { describe, expect, post, test as base, type GraphReply } from './support/graph.js'

const VS_CODE = 'aebc6443-996d-45c2-90f0-388ff96faa56'
const SCOPE_ID = '5c0be000-0000-4000-8000-000000000001'
const REDIRECT_URI = 'http://localhost:4999/redirect'
const GRAPH_SCOPE = 'https://graph.microsoft.com/.default'
const WRITER = { as: 'sam', scopes: ['Application.ReadWrite.All'] }

const scope = (value: string, id = SCOPE_ID) => ({
  id,
  value,
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: value,
  adminConsentDescription: value,
})

const test = base
  /** Sends a request as an administrator. */
  .extend(
    'send',
    ({ call }) =>
      (method: string, path: string, body?: unknown): Promise<GraphReply> =>
        call(path, WRITER, body === undefined ? { method } : { ...post(body), method }),
  )
  /** Creates an app with its service principal and a secret. */
  .extend('create', ({ send }) => async (properties: Record<string, unknown> = {}) => {
    const { status, body } = await send('POST', '/applications', {
      displayName: 'Shop',
      web: { redirectUris: [REDIRECT_URI] },
      ...properties,
    })
    expect(status, JSON.stringify(body)).toBe(201)
    const [appId, path] = [String(body['appId']), `/applications/${String(body['id'])}`]
    expect((await send('POST', '/servicePrincipals', { appId })).status).toBe(201)
    const { body: secret } = await send('POST', `${path}/addPassword`, {
      passwordCredential: { displayName: 'first' },
    })
    return { appId, path, secret: secret as Record<string, string> }
  })

function appToken(provider: DevProvider, clientId: string, secret: string | undefined) {
  return requestToken(provider, {
    client_id: clientId,
    client_secret: secret ?? '',
    grant_type: 'client_credentials',
    scope: GRAPH_SCOPE,
  })
}

describe('an app that Graph creates', () => {
  test('has the properties of a new registration, and can be found', async ({ send }) => {
    const { status, headers, body } = await send('POST', '/applications', { displayName: 'Shop' })

    expect(status).toBe(201)
    expect(headers.get('location')).toMatch(/\/v1\.0\/applications\/[0-9a-f-]{36}$/)
    expect(body).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications/$entity',
      displayName: 'Shop',
      signInAudience: 'AzureADMyOrg',
      identifierUris: [],
      api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [] },
      passwordCredentials: [],
      keyCredentials: [],
      publisherDomain: 'contoso.onmicrosoft.com',
    })
    const appId = String(body['appId'])
    for (const filter of [`appId eq '${appId}'`, "displayName eq 'Shop'"]) {
      const found = await send('GET', `/applications?$filter=${encodeURIComponent(filter)}`)
      expect(found.body.value).toMatchObject([{ appId, displayName: 'Shop' }])
    }
    expect((await send('GET', `/applications(appId='${appId}')`)).body).toMatchObject({ appId })
  })

  test('keeps its tags, which its service principal has too', async ({ send, create }) => {
    const { appId, path } = await create({ tags: ['team:web'] })
    const principal = `/servicePrincipals(appId='${appId}')`

    expect((await send('GET', path)).body).toMatchObject({ tags: ['team:web'] })
    expect((await send('GET', principal)).body).toMatchObject({ tags: ['team:web'] })
    for (const tags of [
      ['with space'],
      ['twice', 'twice'],
      [''],
      ['x'.repeat(257)],
      'text',
      null,
    ]) {
      const { status, body } = await send('PATCH', path, { tags })
      expect([status, body.error?.message]).toEqual([400, expect.stringContaining("'tags'")])
    }
    expect((await send('PATCH', path, { tags: [] })).status).toBe(204)
    expect((await send('GET', principal)).body).toMatchObject({ tags: [] })
  })

  test('signs users in, and its secret authenticates it', async ({ provider, create }) => {
    const { appId, secret } = await create()
    const request = { client_id: appId, redirect_uri: REDIRECT_URI, scope: 'openid profile' }
    const { url } = await provider.signIn(authorizeUrl(provider, request), { as: 'robin' })
    const { status, body } = await redeem(provider, url.searchParams.get('code') ?? '', {
      client_id: appId,
      client_secret: secret['secretText'] ?? '',
      redirect_uri: REDIRECT_URI,
    })

    expect(status, JSON.stringify(body)).toBe(200)
    const claims = claimsOf(body['id_token'])
    expect(claims).toMatchObject({ aud: appId, name: 'Robin Chen' })
    // A new registration has no optional claims.
    expect(claims['login_hint']).toBeUndefined()
  })

  test('gets optional claims, redirect URIs and the sign-out URL of a change', async ({
    provider,
    send,
    create,
  }) => {
    const { appId, path } = await create()
    const { status } = await send('PATCH', path, {
      web: { logoutUrl: 'https://shop.contoso.example/front-channel' },
      spa: { redirectUris: ['https://shop.contoso.example/spa'] },
      optionalClaims: { idToken: [{ name: 'login_hint' }, { name: 'unknown' }] },
    })

    expect(status).toBe(204)
    expect(provider.config.apps.find(({ clientId }) => clientId === appId)).toMatchObject({
      redirectUris: [REDIRECT_URI, 'https://shop.contoso.example/spa'],
      frontChannelLogoutUri: 'https://shop.contoso.example/front-channel',
      optionalClaims: ['email', 'login_hint', 'roles'],
    })
    // The members of `web` that the request does not contain stay.
    expect((await send('GET', path)).body['web']).toMatchObject({ redirectUris: [REDIRECT_URI] })
  })

  test('has no app-only tokens without a service principal', async ({ provider, send }) => {
    const { body } = await send('POST', '/applications', { displayName: 'Shop' })
    const path = `/applications/${String(body['id'])}`
    const { body: secret } = await send('POST', `${path}/addPassword`)
    const appId = String(body['appId'])

    const { status, body: error } = await appToken(provider, appId, String(secret['secretText']))

    expect(status).toBe(401)
    expect(error).toMatchObject({ error: 'invalid_client', error_codes: [7000229] })
  })

  test('can be an API with its own scopes, and authorized clients see no consent page', async ({
    provider,
    send,
    create,
  }) => {
    const { appId, path } = await create({ api: { requestedAccessTokenVersion: 2 } })
    const resource = 'https://tools.unverified.example/mcp'
    await send('PATCH', path, {
      identifierUris: [resource],
      api: { oauth2PermissionScopes: [scope('Tools.Use')] },
    })
    const client = { appId: VS_CODE, delegatedPermissionIds: [SCOPE_ID] }
    await send('PATCH', path, { api: { preAuthorizedApplications: [client] } })
    const request = { client_id: VS_CODE, redirect_uri: 'http://localhost:33418/' }
    const url = authorizeUrl(provider, { ...request, scope: `${resource}/Tools.Use`, resource })
    const { url: back } = await provider.signIn(url, { as: 'alex', consent: false })
    const code = back.searchParams.get('code') ?? ''
    const { body } = await redeem(provider, code, { ...request, client_secret: '' })

    expect(claimsOf(body['access_token'])).toMatchObject({
      aud: appId,
      ver: '2.0',
      scp: 'Tools.Use',
    })
    const principal = await send('GET', `/servicePrincipals(appId='${appId}')`)
    expect(principal.body['oauth2PermissionScopes']).toMatchObject([{ id: SCOPE_ID }])
  })

  test('disappears with reset() and with DELETE', async ({ provider, send, create }) => {
    const count = provider.config.apps.length
    const { path } = await create()
    expect(provider.config.apps).toHaveLength(count + 1)

    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('GET', path)).status).toBe(404)

    await create()
    provider.reset()
    expect(provider.config.apps).toHaveLength(count)
  })

  test('stays when the configuration changes', async ({ provider, create }) => {
    const { appId, secret } = await create()
    provider.configure({})

    expect((await appToken(provider, appId, secret['secretText'])).status).toBe(200)
  })
})

describe('secrets', () => {
  test('a removed secret does not authenticate, and the other one does', async ({
    provider,
    send,
    create,
  }) => {
    const { appId, path, secret } = await create()
    const { body: second } = await send('POST', `${path}/addPassword`, {
      passwordCredential: { displayName: 'second' },
    })

    expect(second).toMatchObject({ displayName: 'second', keyId: expect.any(String) })
    for (const text of [secret['secretText'], String(second['secretText'])])
      expect((await appToken(provider, appId, text)).status).toBe(200)

    const removed = await send('POST', `${path}/removePassword`, { keyId: secret['keyId'] })
    expect(removed.status).toBe(204)
    const { status, body } = await appToken(provider, appId, secret['secretText'])
    expect([status, body['error_codes']]).toEqual([401, [7000215]])
    expect((await appToken(provider, appId, String(second['secretText']))).status).toBe(200)
    const again = await send('POST', `${path}/removePassword`, { keyId: secret['keyId'] })
    expect(again.body.error).toMatchObject({ code: 'Request_BadRequest' })
  })

  test('an expired secret does not authenticate', async ({ provider, send, create, clock }) => {
    const { appId, path } = await create()
    const endDateTime = new Date(Date.now() + 60_000).toISOString()
    const { body } = await send('POST', `${path}/addPassword`, {
      passwordCredential: { endDateTime },
    })
    expect(body['endDateTime']).toBe(endDateTime)
    clock.advance(61)

    const reply = await appToken(provider, appId, String(body['secretText']))
    expect([reply.status, reply.body['error_codes']]).toEqual([401, [7000222]])
  })

  test('no response but that of addPassword contains a secret', async ({ send, create }) => {
    const { path, secret } = await create()
    const bodies = [
      (await send('GET', path)).body,
      (await send('GET', `${path}?$select=passwordCredentials`)).body,
      (await send('GET', '/applications')).body,
    ]

    expect(JSON.stringify(bodies)).not.toContain(secret['secretText'])
    expect(bodies[0]).toMatchObject({
      passwordCredentials: [
        { keyId: secret['keyId'], displayName: 'first', secretText: null, hint: 'dev' },
      ],
    })
  })

  test('the secret of the configuration can be removed until reset()', async ({
    provider,
    send,
  }) => {
    const { clientId, clientSecret } = provider.app
    const { body } = await send('GET', `/applications(appId='${clientId}')`)
    const [{ keyId } = {}] = body['passwordCredentials'] as { keyId: string }[]
    const path = `/applications(appId='${clientId}')/removePassword`
    expect((await send('POST', path, { keyId })).status).toBe(204)
    expect((await appToken(provider, clientId, clientSecret)).status).toBe(401)

    provider.reset()
    expect((await appToken(provider, clientId, clientSecret)).status).toBe(200)
  })
})

describe('certificates and federated credentials', () => {
  const toKey = (cert: string) => ({
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: 'server',
    key: new X509Certificate(cert).raw.toString('base64'),
  })

  test('a certificate authenticates until a change removes it', async ({ provider, send }) => {
    const path = `/applications(appId='${provider.app.clientId}')`
    const [one, two] = [createClientCertificate(), createClientCertificate()]
    const ask = async (certificate: typeof one) =>
      askWith(provider, await signAssertion(provider, certificate))
    expect((await send('PATCH', path, { keyCredentials: [toKey(one.cert)] })).status).toBe(204)
    expect((await ask(one)).status).toBe(200)

    const { body } = await send('GET', `${path}?$select=keyCredentials`)
    const [kept] = body['keyCredentials'] as Record<string, unknown>[]
    expect(kept).toMatchObject({ displayName: 'server', key: toKey(one.cert).key })
    // Without `key`, the entry keeps the certificate.
    const { key: _key, ...withoutKey } = kept ?? {}
    await send('PATCH', path, { keyCredentials: [withoutKey, toKey(two.cert)] })
    expect([(await ask(one)).status, (await ask(two)).status]).toEqual([200, 200])

    await send('PATCH', path, { keyCredentials: [toKey(two.cert)] })
    expect([(await ask(one)).status, (await ask(two)).status]).toEqual([401, 200])
    expect((await send('GET', path)).body).toMatchObject({ keyCredentials: [{ key: null }] })
  })

  test('rejects a key that is not a certificate', async ({ provider, send }) => {
    const key = { type: 'AsymmetricX509Cert', usage: 'Verify', key: 'bm90IGEga2V5' }
    const path = `/applications(appId='${provider.app.clientId}')`

    expect((await send('PATCH', path, { keyCredentials: [key] })).body.error).toMatchObject({
      code: 'KeyCredentialsInvalid',
    })
  })

  test('a federated credential authenticates the app', async ({ provider, send, create }) => {
    const { appId, path } = await create()
    const token = await provider.workloadToken()
    const { iss, sub } = claimsOf(token)
    const list = `${path}/federatedIdentityCredentials`
    const audiences = ['api://AzureADTokenExchange']
    const ask = () => askWith(provider, token, { client_id: appId, scope: GRAPH_SCOPE })
    const { status, body } = await send('POST', list, {
      name: 'cluster',
      issuer: iss,
      subject: sub,
      audiences,
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'cluster', description: null, audiences })
    expect((await ask()).status).toBe(200)
    expect((await send('GET', list)).body.value).toMatchObject([{ id: body['id'] }])

    const duplicate = { name: 'other', issuer: iss, subject: sub, audiences }
    expect((await send('POST', list, duplicate)).status).toBe(409)
  })
})

describe('rules', () => {
  test.for([
    [{ displayName: '' }, 'A value is required'],
    [{ displayName: 'x', appId: SCOPE_ID }, "Property 'appId' is read-only"],
    [{ displayName: 'x', nonsense: 1 }, "Invalid property 'nonsense'"],
    [{ displayName: 'x', passwordCredentials: [] }, "'passwordCredentials' is read-only"],
    [{ displayName: 'x', signInAudience: 'Everyone' }, "property 'signInAudience'"],
    [{ displayName: 'x', signInAudience: 'PersonalMicrosoftAccount' }, 'Access Token Version 2'],
    [{ displayName: 'x', web: { redirectUris: ['http://shop.example/'] } }, 'web.redirectUris'],
    [{ displayName: 'x', web: { logoutUrl: 'ftp://shop.example/' } }, 'web.logoutUrl'],
    [{ displayName: 'x', identifierUris: ['api://x'] }, 'must contain a tenant verified domain'],
    [{ displayName: 'x', identifierUris: ['https://x.example/mcp'] }, 'use a verified domain'],
    [
      { displayName: 'x', identifierUris: ['https://a.contoso.onmicrosoft.com/'] },
      "property 'identifierUris'",
    ],
    [
      { displayName: 'x', api: { oauth2PermissionScopes: [{ value: 'A' }] } },
      'oauth2PermissionScopes',
    ],
    [{ displayName: 'x', api: { oauth2PermissionScopes: null } }, 'oauth2PermissionScopes'],
    [{ displayName: 'x', appRoles: 'Admin' }, "property 'appRoles'"],
    [{ displayName: 'x', optionalClaims: { idToken: 'sid' } }, 'optionalClaims.idToken'],
    [
      {
        displayName: 'x',
        api: {
          preAuthorizedApplications: [{ appId: VS_CODE, delegatedPermissionIds: [SCOPE_ID] }],
        },
      },
      'cannot be found',
    ],
  ] as const)('POST with %j is rejected', async ([body, message], { provider, send }) => {
    const count = provider.config.apps.length
    const reply = await send('POST', '/applications', body)

    expect(reply.status).toBe(400)
    expect(reply.body.error?.['message']).toContain(message)
    expect(provider.config.apps).toHaveLength(count)
  })

  test('version 2 of tokens must be set before an https App ID URI', async ({ send, create }) => {
    const { path } = await create()
    const identifierUris = ['https://tools.unverified.example/mcp']
    const both = { identifierUris, api: { requestedAccessTokenVersion: 2 } }
    expect((await send('PATCH', path, both)).body.error).toMatchObject({
      code: 'HostNameNotOnVerifiedDomain',
    })
    await send('PATCH', path, { api: { requestedAccessTokenVersion: 2 } })
    expect((await send('PATCH', path, { identifierUris })).status).toBe(204)
    expect((await send('PATCH', path, { identifierUris: [] })).status).toBe(204)
  })

  test('an App ID URI belongs to one app', async ({ send, create }) => {
    const { path } = await create({ api: { requestedAccessTokenVersion: 2 } })
    const reply = await send('PATCH', path, { identifierUris: ['api://todos.contoso.example'] })

    expect(reply.body.error?.['message']).toContain('Another object with the same value')
  })

  test('an enabled scope must be disabled before it is removed', async ({ send, create }) => {
    const { path } = await create({ api: { oauth2PermissionScopes: [scope('A')] } })
    const change = (scopes: unknown[]) =>
      send('PATCH', path, { api: { oauth2PermissionScopes: scopes } })

    expect((await change([])).body.error).toMatchObject({
      code: 'CannotDeleteOrUpdateEnabledEntitlement',
    })
    expect((await change([{ ...scope('A'), isEnabled: false }])).status).toBe(204)
    expect((await change([])).status).toBe(204)
  })

  test('reading permissions are not enough, and app permissions work', async ({ call }) => {
    const body = post({ displayName: 'Shop' })
    const reader = { as: 'sam', scopes: ['Application.Read.All'] }
    const owner = { roles: ['Application.ReadWrite.OwnedBy'] }

    expect((await call('/applications', reader, body)).body.error).toMatchObject({
      code: 'Authorization_RequestDenied',
    })
    expect((await call('/applications', owner, body)).status).toBe(201)
  })

  test('a second service principal is a conflict, and an unknown app is an error', async ({
    send,
    create,
  }) => {
    const { appId } = await create()

    expect((await send('POST', '/servicePrincipals', { appId })).status).toBe(409)
    const unknown = await send('POST', '/servicePrincipals', { appId: SCOPE_ID })
    expect(unknown.body.error).toMatchObject({ code: 'NoBackingApplicationObject' })
  })

  test('the switch newAppNotFound hides a new app for some requests', async ({
    provider,
    send,
  }) => {
    provider.behave({ newAppNotFound: 2 })
    const { body } = await send('POST', '/applications', { displayName: 'Shop' })
    const path = `/applications/${String(body['id'])}`
    const statuses: number[] = []
    for (let count = 0; count < 3; count++) statuses.push((await send('GET', path)).status)

    expect(statuses).toEqual([404, 404, 200])
  })
})

describe('the consent of an administrator', () => {
  const GRANTER = {
    as: 'sam',
    scopes: [
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
      'DelegatedPermissionGrant.ReadWrite.All',
    ],
  }
  const ROLE = {
    id: '5c0be000-0000-4000-8000-000000000002',
    value: 'Orders.Read.All',
    displayName: 'Orders.Read.All',
    description: 'Orders.Read.All',
    isEnabled: true,
    allowedMemberTypes: ['Application'],
  }

  test('gives a daemon its app permission, once', async ({ call, create, provider }) => {
    const api = await create({
      identifierUris: ['api://orders-of-graph'],
      appRoles: [ROLE],
      api: { requestedAccessTokenVersion: 2 },
    })
    const daemon = await create({ displayName: 'Daemon' })
    const idOf = async (appId: string) =>
      (await call(`/servicePrincipals(appId='${appId}')`, GRANTER)).body['id']
    const [principalId, resourceId] = [await idOf(daemon.appId), await idOf(api.appId)]
    const path = `/servicePrincipals/${String(principalId)}/appRoleAssignments`
    const body = { principalId, resourceId, appRoleId: ROLE.id }

    const created = await call(path, GRANTER, post(body))
    expect(created).toMatchObject({ status: 201, body })
    expect((await call(path, GRANTER, post(body))).status).toBe(400)
    expect((await call(path, GRANTER, post({ ...body, appRoleId: SCOPE_ID }))).status).toBe(400)
    expect((await call(path, GRANTER)).body['value']).toMatchObject([body])
    const { body: token } = await requestToken(provider, {
      client_id: daemon.appId,
      client_secret: daemon.secret['secretText'] ?? '',
      grant_type: 'client_credentials',
      scope: 'api://orders-of-graph/.default',
    })
    expect(claimsOf(token['access_token'])).toMatchObject({ roles: ['Orders.Read.All'] })
  })

  test('lets users skip the consent page, and adds scopes', async ({ call, create, provider }) => {
    const client = await create()
    const read = async (appId: string) =>
      (await call(`/servicePrincipals(appId='${appId}')`, GRANTER)).body['id']
    const [clientId, resourceId] = [
      await read(client.appId),
      await read('00000003-0000-0000-c000-000000000000'),
    ]
    const body = { clientId, consentType: 'AllPrincipals', resourceId, scope: 'User.Read' }

    const created = await call('/oauth2PermissionGrants', GRANTER, post(body))
    expect(created).toMatchObject({ status: 201, body })
    const path = `/oauth2PermissionGrants/${String(created.body['id'])}`
    const patch = { ...post({ scope: 'User.Read Mail.Read' }), method: 'PATCH' }
    expect((await call(path, GRANTER, patch)).status).toBe(204)
    expect(
      (
        await call(`/servicePrincipals/${String(clientId)}/oauth2PermissionGrants`, {
          as: 'sam',
          scopes: ['Directory.Read.All'],
        })
      ).body['value'],
    ).toMatchObject([{ ...body, scope: 'User.Read Mail.Read' }])
    const personal = { ...body, consentType: 'Principal' }
    expect((await call('/oauth2PermissionGrants', GRANTER, post(personal))).status).toBe(400)
    const url = authorizeUrl(provider, {
      client_id: client.appId,
      redirect_uri: REDIRECT_URI,
      scope: 'openid Mail.Read',
    })
    const { url: end } = await provider.signIn(url, { as: 'alex', consent: false })
    expect(end.searchParams.get('error')).toBeNull()
  })

  test('needs an administrator', async ({ call, create }) => {
    const { appId } = await create()
    const { body } = await call(`/servicePrincipals(appId='${appId}')`, GRANTER)
    const grant = {
      clientId: body['id'],
      consentType: 'AllPrincipals',
      resourceId: body['id'],
      scope: '',
    }
    expect((await call('/oauth2PermissionGrants', WRITER, post(grant))).status).toBe(403)
    const alex = { as: 'alex', scopes: ['Directory.AccessAsUser.All'] }
    expect((await call('/oauth2PermissionGrants', alex, post(grant))).status).toBe(403)
    const path = `/servicePrincipals/${String(body['id'])}/appRoleAssignments`
    expect((await call(path, alex, post({}))).status).toBe(403)
  })
})
