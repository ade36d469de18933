import { azureCredential } from 'identity-web/azure'
import { decodeJwt } from 'jose'
import {
  configurationError,
  CONTOSO,
  describe,
  errorOf,
  expect,
  FABRIKAM,
  KINDS,
  LONG_RUNNING_SECRET,
  test as base,
  THINGS_DEFAULT,
} from '../support/azure-fixtures.ts'
import { IdentityError } from 'identity-web'
import { signIn } from '../support/site.ts'

const test = base.extend('behaviour', { consent: 'skip' })

const LISTED = 'fabrikam.onmicrosoft.com'
const tenantOf = ({ token }: { readonly token: string }): unknown => decodeJwt(token)['tid']

describe.each(KINDS)('a tenant that a service requests of the %s', (kind) => {
  test('can be its own, in any case', async ({ using, tokenRequests }) => {
    const tokens = await using(kind, async (create) => {
      const { getToken } = create()
      const first = await getToken(THINGS_DEFAULT)
      tokenRequests()
      return [
        first,
        await getToken(THINGS_DEFAULT, { tenantId: CONTOSO }),
        await getToken(THINGS_DEFAULT, { tenantId: CONTOSO.toUpperCase() }),
        await getToken(THINGS_DEFAULT, { tenantId: undefined }),
      ]
    })

    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1)
    expect(tokenRequests()).toEqual([])
  })

  test.for([FABRIKAM, LISTED, 'contoso.example', 'common', 'organizations', CONTOSO.slice(0, -1)])(
    'must not be another one: %s',
    async (tenantId, { using, tokenRequests }) => {
      await using(kind, async (create) => {
        tokenRequests()
        const error = await errorOf(() => create().getToken(THINGS_DEFAULT, { tenantId }))

        expect(error.code).toBe('configuration')
        expect(error.message).toContain(
          `A service requested a token of the tenant ${tenantId}, but this credential has tokens of the tenant ${CONTOSO}.`,
        )
        expect(error.message).toContain(
          kind === 'application'
            ? 'azureCredential(auth, { additionallyAllowedTenants: [tenant] })'
            : 'A credential of a user only has tokens of the tenant in which the user signed in.',
        )
        expect(tokenRequests()).toEqual([])
      })
    },
  )

  test.for(['x y', '../../evil', 'https://evil.example', `${CONTOSO}/../x`, '*', 'a'.repeat(300)])(
    'must be an ID or a domain, which the message repeats only then: %s',
    async (tenantId, { using, tokenRequests }) => {
      await using(kind, async (create) => {
        tokenRequests()
        const { message } = await errorOf(() => create().getToken(THINGS_DEFAULT, { tenantId }))

        expect(message).toContain('a tenant that is not an ID or a domain')
        expect(message).not.toContain(tenantId)
        expect(tokenRequests()).toEqual([])
      })
    },
  )
})

describe('additionallyAllowedTenants', () => {
  test('gives an application the tokens of another tenant, cached separately', async ({
    api: { api },
    provider,
    tokenRequests,
  }) => {
    const { getToken } = azureCredential(api, {
      additionallyAllowedTenants: [FABRIKAM.toUpperCase()],
    })

    const own = await getToken(THINGS_DEFAULT)
    const other = await getToken(THINGS_DEFAULT, { tenantId: FABRIKAM })
    const again = await getToken(THINGS_DEFAULT, { tenantId: FABRIKAM.toUpperCase() })

    expect([tenantOf(own), tenantOf(other)]).toEqual([CONTOSO, FABRIKAM])
    expect(again.token).toBe(other.token)
    expect((await getToken(THINGS_DEFAULT)).token).toBe(own.token)
    expect(tokenRequests()).toHaveLength(2)
    expect(provider.requests.at(-1)?.path).toBe(`/${FABRIKAM}/oauth2/v2.0/token`)
  })

  test('can contain a domain', async ({ api: { api } }) => {
    const { getToken } = azureCredential(api, { additionallyAllowedTenants: [LISTED] })

    expect(tenantOf(await getToken(THINGS_DEFAULT, { tenantId: LISTED }))).toBe(FABRIKAM)
    // The domain and the ID are not compared.
    await expect(getToken(THINGS_DEFAULT, { tenantId: FABRIKAM })).rejects.toThrow(
      `the tenant ${FABRIKAM}`,
    )
  })

  test('keeps the claims of one tenant apart from those of another one', async ({
    api: { api },
    tokenRequests,
  }) => {
    const { getToken } = azureCredential(api, { additionallyAllowedTenants: [FABRIKAM] })
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
    const own = await getToken(THINGS_DEFAULT)
    const other = await getToken(THINGS_DEFAULT, { tenantId: FABRIKAM })
    tokenRequests()

    const newOther = await getToken(THINGS_DEFAULT, { tenantId: FABRIKAM, claims })
    expect(newOther.token).not.toBe(other.token)
    expect((await getToken(THINGS_DEFAULT)).token).toBe(own.token)
    expect(tokenRequests()).toEqual([claims])
    const newOwn = await getToken(THINGS_DEFAULT, { claims })
    expect([tenantOf(newOwn), tenantOf(newOther)]).toEqual([CONTOSO, FABRIKAM])
  })

  test('does not give the user of a long-running process tokens of another tenant', async ({
    openApiWith,
    provider,
    tokenRequests,
  }) => {
    const api = await openApiWith({
      longRunning: { store: new Map(), secret: LONG_RUNNING_SECRET },
    })
    const alex = await provider.accessToken({ as: 'alex' })
    const longRunningKey = await api.inside(alex, (context) =>
      context.startLongRunningProcess('User.Read'),
    )
    const options = { longRunningKey, additionallyAllowedTenants: [FABRIKAM] }
    tokenRequests()

    const error = await errorOf(() =>
      azureCredential(api.api, options).getToken(THINGS_DEFAULT, { tenantId: FABRIKAM }),
    )

    expect(error.message).toContain('A credential of a user only has tokens of the tenant')
    expect(tokenRequests()).toEqual([])
  })

  test.for<[unknown]>([
    ['contoso.example'],
    [null],
    [['*']],
    [['']],
    [[CONTOSO, 'x y']],
    [['https://login.microsoftonline.com/contoso.example']],
    [['../contoso']],
    [[7]],
    [[null]],
    [[['contoso.example']]],
  ])('must be a list of IDs or domains, and not %o', async ([tenants], { api: { api } }) => {
    const error = await errorOf(() =>
      azureCredential(api, { additionallyAllowedTenants: tenants as string[] }),
    )

    expect(error).toMatchObject(configurationError('A wildcard is not allowed.'))
  })
})

describe('the own tenant', () => {
  test('of an application whose authority contains a domain is the one of its issuer', async ({
    openApi,
    openSite,
    provider,
  }) => {
    const authority = provider.authority('contoso.example')
    const [{ api }, { auth }] = [await openApi({ authority }), await openSite({ authority })]

    for (const source of [api, auth]) {
      const token = await azureCredential(source).getToken(THINGS_DEFAULT, { tenantId: CONTOSO })
      expect(tenantOf(token)).toBe(CONTOSO)
      await expect(
        azureCredential(source).getToken(THINGS_DEFAULT, { tenantId: FABRIKAM }),
      ).rejects.toMatchObject({ code: 'configuration' })
    }
  })

  test('of an application of many tenants is not known', async ({ openApi, provider }) => {
    const { api } = await openApi({ authority: provider.authority('organizations') })
    const { getToken } = azureCredential(api, { additionallyAllowedTenants: [FABRIKAM] })

    await expect(getToken(THINGS_DEFAULT)).rejects.toThrow('serves many tenants')
    await expect(getToken(THINGS_DEFAULT, { tenantId: CONTOSO })).rejects.toThrow(
      `the tenant ${CONTOSO}, but this credential has tokens without a tenant`,
    )
    expect(tenantOf(await getToken(THINGS_DEFAULT, { tenantId: FABRIKAM }))).toBe(FABRIKAM)
  })

  test('of a user is the one in which the user signed in', async ({ openSite, provider }) => {
    const site = await openSite({ authority: provider.authority('organizations') })
    const results: unknown[] = []
    site.app.get(
      '/files',
      site.auth.loginRequired(async (_req, res, context) => {
        const { getToken } = azureCredential(context)
        for (const tenantId of [FABRIKAM, CONTOSO]) {
          results.push(
            await getToken('User.Read', { tenantId }).then(tenantOf, (error: unknown) =>
              IdentityError.is(error) ? error.code : error,
            ),
          )
        }
        res.end()
      }),
    )
    const jo = await signIn(site, provider, { path: '/token', as: 'jo' })

    await jo.navigate(`${site.origin}/files`)

    expect(results).toEqual([FABRIKAM, 'configuration'])
  })

  test('of a caller of an API for many tenants is the one of its token', async ({
    openApiWith,
    provider,
  }) => {
    const api = await openApiWith({ authority: provider.authority('organizations') })
    const jo = await provider.accessToken({ as: 'jo', authority: provider.authority(FABRIKAM) })

    const token = await api.inside(jo, (context) =>
      azureCredential(context).getToken('User.Read', { tenantId: FABRIKAM }),
    )
    const error = await api.inside(jo, (context) =>
      errorOf(() => azureCredential(context).getToken('User.Read', { tenantId: CONTOSO })),
    )

    expect(tenantOf(token)).toBe(FABRIKAM)
    expect(error.message).toContain(`this credential has tokens of the tenant ${FABRIKAM}`)
  })

  test('does not exist at another provider than Entra ID', async ({
    openSite,
    provider,
    tokenRequests,
  }) => {
    const { auth } = await openSite({ authority: undefined, oidcAuthority: provider.oidcAuthority })
    const additionallyAllowedTenants = [FABRIKAM]

    await expect(azureCredential(auth).getToken('todos', { tenantId: FABRIKAM })).rejects.toThrow(
      'this credential has tokens without a tenant',
    )
    await expect(
      azureCredential(auth, { additionallyAllowedTenants }).getToken('todos', {
        tenantId: FABRIKAM,
      }),
    ).rejects.toThrow('additionallyAllowedTenants works only with Entra ID.')
    expect(tokenRequests()).toEqual([])
    expect((await azureCredential(auth).getToken('todos')).token).not.toBe('')
  })
})
