import { CONSUMERS_TENANT_ID, defaultConfig } from '../src/index.js'
import { expect, test as base } from './support/fixtures.js'

const contoso = defaultConfig.tenants[0]!.id

const test = base.extend(
  'metadata',
  ({ provider }) =>
    async (tenant: string): Promise<Record<string, string>> => {
      const response = await fetch(
        `${provider.authority(tenant)}/v2.0/.well-known/openid-configuration`,
      )
      expect(response.status).toBe(200)
      return (await response.json()) as Record<string, string>
    },
)

test('the GUID of a tenant is its issuer and the path of its endpoints', async ({
  metadata,
  provider,
}) => {
  const document = await metadata(contoso)

  expect(document['issuer']).toBe(`${provider.origin}/${contoso}/v2.0`)
  expect(document['token_endpoint']).toBe(`${provider.origin}/${contoso}/oauth2/v2.0/token`)
})

test('a domain name returns the GUID in issuer and endpoints', async ({ metadata }) => {
  expect(await metadata('contoso.onmicrosoft.com')).toEqual(await metadata(contoso))
  expect(await metadata('CONTOSO.onmicrosoft.com')).toEqual(await metadata(contoso))
})

test.for(['common', 'organizations'])(
  '%s publishes a template as issuer',
  async (tenant, { metadata, provider }) => {
    const document = await metadata(tenant)

    expect(document['issuer']).toBe(`${provider.origin}/{tenantid}/v2.0`)
    expect(document['authorization_endpoint']).toContain(`/${tenant}/oauth2/v2.0/authorize`)
  },
)

test.for(['consumers', CONSUMERS_TENANT_ID])(
  '%s has the GUID of consumers',
  async (tenant, { metadata, provider }) => {
    expect((await metadata(tenant))['issuer']).toBe(
      `${provider.origin}/${CONSUMERS_TENANT_ID}/v2.0`,
    )
  },
)

test('keys contain the issuer that they can sign for', async ({ provider }) => {
  const response = await fetch(`${provider.authority('common')}/discovery/v2.0/keys`)
  const { keys } = (await response.json()) as { keys: Record<string, string>[] }

  expect(keys.map((key) => key['issuer'])).toEqual([
    `${provider.origin}/{tenantid}/v2.0`,
    `${provider.origin}/${CONSUMERS_TENANT_ID}/v2.0`,
  ])
  for (const key of keys) {
    expect(key).toMatchObject({ kty: 'RSA', use: 'sig', x5t: key['kid'] })
    expect(key).not.toHaveProperty('d')
  }
})

test('old keys stay published until they are removed', async ({ provider }) => {
  const kids = async (): Promise<string[]> => {
    const response = await fetch(`${provider.authority()}/discovery/v2.0/keys`)
    return ((await response.json()) as { keys: { kid: string }[] }).keys.map((key) => key.kid)
  }
  const before = await kids()
  await provider.rollKeys()
  const both = await kids()
  await provider.rollKeys({ keepOld: false })
  const after = await kids()

  expect(both).toHaveLength(4)
  expect(both).toEqual(expect.arrayContaining(before))
  expect(after).toHaveLength(2)
  expect(after.some((kid) => both.includes(kid))).toBe(false)
  provider.reset()
  expect(await kids()).toEqual(before)
})
