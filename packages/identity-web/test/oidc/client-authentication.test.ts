import { sign } from 'node:crypto'
import { vaultKey, type ClientAssertionRequest } from 'identity-web/vault-key'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { Browser } from '../support/browser.ts'
import { basicOf, signInAtPlain, type PlainRequest } from '../support/plain-provider.ts'
import { describe, expect, PLAIN_SECRET, test } from '../support/plain-fixtures.ts'

// Providers that accept one method of client authentication only, as they register each client for one (RFC 7591).

const inHeader = (request: PlainRequest): string | undefined => {
  const basic = basicOf(request)
  if (basic?.secret !== PLAIN_SECRET || basic.id !== 'web') return 'Basic is required'
  return request.form.has('client_secret') ? 'two methods' : undefined
}
const inBody = (request: PlainRequest): string | undefined =>
  request.form.get('client_secret') === PLAIN_SECRET && request.headers.authorization === undefined
    ? undefined
    : `Post is required, and not ${String(request.headers.authorization)}`

const BOTH = ['client_secret_basic', 'client_secret_post', 'private_key_jwt']

describe('a provider that accepts', () => {
  test.for([
    ['Basic, and lists both', BOTH, inHeader],
    ['Basic, and lists only that', ['client_secret_basic'], inHeader],
    ['Basic, and lists nothing', undefined, inHeader],
    ['Basic, and has an empty list', [], inHeader],
    ['the body, and lists only that', ['client_secret_post'], inBody],
    ['the body, and lists neither', ['private_key_jwt'], inBody],
  ] as const)('%s signs a user in', async ([, listed, accepts], { plain, openPlainSite }) => {
    plain.rules.metadata = { token_endpoint_auth_methods_supported: listed }
    plain.rules.authenticate = accepts
    const site = await openPlainSite()
    const browser = new Browser()

    const back = await signInAtPlain(site, plain, browser)

    expect(back.location).toBe('/')
    expect((await browser.navigate(site.origin)).json()).toMatchObject({ user: { sub: 'ada' } })
  })

  test('the body although it lists both needs the option, and the error says so', async ({
    plain,
    openPlainSite,
  }) => {
    plain.rules.metadata = { token_endpoint_auth_methods_supported: BOTH }
    plain.rules.authenticate = inBody
    const site = await openPlainSite()

    const failed = await signInAtPlain(site, plain, new Browser())

    expect(failed.status).toBe(502)
    const log = site.logs.join('\n')
    expect(log).toContain('The request authenticated with client_secret_basic.')
    expect(log).toContain("set Auth({ clientAuthentication: 'client_secret_post' })")
    expect(log + failed.text).not.toContain('MARKED')
    expect(log + failed.text).not.toContain(btoa(`web:${PLAIN_SECRET}`))
    // One attempt: another method could lock the client.
    expect(plain.to('/token')).toHaveLength(1)

    const chosen = await openPlainSite({ clientAuthentication: 'client_secret_post' })
    expect((await signInAtPlain(chosen, plain, new Browser())).location).toBe('/')
  })

  // Okta answered so in 2023, and Keycloak accepts one audience.
  test('an assertion for its token endpoint only needs the option, and the error says so', async ({
    plain,
    openPlainSite,
    workshop,
  }) => {
    workshop.certificate('app')
    const [certificate, privateKey] = [workshop.text('app.pem'), workshop.text('app.key')]
    const vault = vaultKey({ certificate, sign: (data) => sign('sha256', data, privateKey) })
    const accepted: object[] = []
    plain.rules.authenticate = ({ form }) => {
      const jwt = form.get('client_assertion') ?? ''
      const assertion = { ...decodeJwt(jwt), typ: decodeProtectedHeader(jwt).typ }
      if (assertion.aud !== `${plain.issuer}/token`)
        return `The audience must be the endpoint, and not ${JSON.stringify(assertion.aud)} ${assertion.typ}`
      accepted.push(assertion)
      return undefined
    }
    const clientAuthentication = { method: 'private_key_jwt', audience: 'token_endpoint' } as const
    for (const clientCredential of [
      { certificate, privateKey },
      vault,
      (request: ClientAssertionRequest) => vault(request),
    ]) {
      const refused = await openPlainSite({ clientCredential })
      await signInAtPlain(refused, plain, new Browser())
      const log = refused.logs.join('\n')
      expect(log).toContain(`and not "${plain.issuer}" client-authentication+jwt`)
      expect(log).toContain(
        "If the provider expects its token endpoint, as Okta did in 2023, set Auth({ clientAuthentication: { method: 'private_key_jwt', audience: 'token_endpoint' } }).",
      )

      const site = await openPlainSite({ clientCredential, clientAuthentication })
      expect((await signInAtPlain(site, plain, new Browser())).location).toBe('/')
    }
    expect(accepted).toMatchObject([{ typ: 'JWT' }, { typ: 'JWT' }, { typ: 'JWT' }])
  })

  test('Basic although it lists only the body needs the option', async ({
    plain,
    openPlainSite,
  }) => {
    plain.rules.metadata = { token_endpoint_auth_methods_supported: ['client_secret_post'] }
    plain.rules.authenticate = inHeader

    const site = await openPlainSite({ clientAuthentication: 'client_secret_basic' })

    expect((await signInAtPlain(site, plain, new Browser())).location).toBe('/')
  })
})

test('a secret with other characters is form-encoded', async ({ plain, openPlainSite }) => {
  const site = await openPlainSite({ clientCredential: "MARKED a:b%c!'()*é+/=", clientId: 'a b:c' })
  plain.rules.idToken = { aud: 'a b:c' }

  expect((await signInAtPlain(site, plain, new Browser())).location).toBe('/')

  const [request] = plain.to('/token')
  expect(request && basicOf(request)).toEqual({
    id: 'a+b%3Ac',
    secret: 'MARKED+a%3Ab%25c%21%27%28%29%2A%C3%A9%2B%2F%3D',
  })
})

test('a client without a credential sends its ID, and invalid_client names the missing credential', async ({
  plain,
  openPlainSite,
}) => {
  const site = await openPlainSite({ clientCredential: undefined })
  expect((await signInAtPlain(site, plain, new Browser())).location).toBe('/')
  const [request] = plain.to('/token')
  expect(request?.form.get('client_id')).toBe('web')
  expect(request?.headers.authorization).toBeUndefined()

  plain.rules.authenticate = () => 'a secret is required'
  await signInAtPlain(site, plain, new Browser())

  expect(site.logs.join()).toContain(
    'The request did not contain a client credential, because clientCredential (IDENTITY_CLIENT_SECRET) is not configured.',
  )
})
