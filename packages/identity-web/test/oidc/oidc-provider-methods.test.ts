import { text as bodyOf } from 'node:stream/consumers'
import { createServer } from 'node:http'
import { sign as signBytes, X509Certificate } from 'node:crypto'
import { Provider, type ClientMetadata } from 'oidc-provider'
import { deviceCode } from 'identity-web/device-code'
import type { AuthOptions } from 'identity-web/express'
import { vaultKey } from 'identity-web/vault-key'
import { Browser } from '../support/browser.ts'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { SESSION_SECRET, close, listen, type Site } from '../support/site.ts'

// oidc-provider is certified. It accepts from each client only the kind of authentication that it is registered for.

const SECRET = 'MARKED-s3cret_of~the.client'
const RESOURCE = 'https://todos.example.com/'

interface Opened {
  readonly issuer: string
  readonly site: Site
  /** Signs in and returns the response of the callback. */
  signIn(browser: Browser): Promise<string | undefined>
}

const test = base
  .extend(
    'open',
    ({ openSite }, { onCleanup }) =>
      async (client: Partial<ClientMetadata>, options: AuthOptions): Promise<Opened> => {
        const server = createServer()
        onCleanup(() => close(server))
        const issuer = await listen(server)
        const site = await openSite((origin) => ({
          authority: undefined,
          oidcAuthority: issuer,
          clientId: 'web',
          clientCredential: SECRET,
          redirectUri: `${origin}/redirect`,
          session: { secret: SESSION_SECRET },
          ...options,
        }))
        const provider = new Provider(issuer, {
          clients: [
            {
              client_id: 'web',
              client_secret: SECRET,
              redirect_uris: [`${site.origin}/redirect`],
              grant_types: ['authorization_code', 'refresh_token'],
              response_types: ['code'],
              ...client,
            },
          ],
          claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
          findAccount: (_context: unknown, id: string) => ({
            accountId: id,
            claims: () => ({ sub: id, name: `User ${id}`, email: `${id}@example.com` }),
          }),
          issueRefreshToken: () => true,
          clientAuthMethods: [
            'client_secret_basic',
            'client_secret_post',
            'private_key_jwt',
            'none',
          ],
          features: {
            resourceIndicators: {
              enabled: true,
              getResourceServerInfo: () => ({ scope: 'openid', accessTokenFormat: 'jwt' }),
              // Without `resource` in the token request, the token is not for the API.
              useGrantedResource: () => false,
            },
          },
        })
        const handle = provider.callback()
        server.on('request', (request, response) => void handle(request, response))
        return { issuer, site, signIn: (browser) => signInAt(site, browser) }
      },
  )

  /** A client that is registered for `private_key_jwt`, and its credentials. */
  .extend('keyClient', ({ workshop }) => {
    workshop.certificate('app')
    const [certificate, privateKey] = [workshop.text('app.pem'), workshop.text('app.key')]
    const jwk = new X509Certificate(certificate).publicKey.export({ format: 'jwk' })
    const client: Partial<ClientMetadata> = {
      token_endpoint_auth_method: 'private_key_jwt',
      client_secret: undefined,
      jwks: { keys: [{ ...jwk, kty: 'RSA', use: 'sig', alg: 'RS256' }] },
    }
    const sign = (data: Uint8Array): Uint8Array => signBytes('sha256', data, privateKey)
    return { client, certificate: { certificate, privateKey }, vault: { certificate, sign } }
  })

/** Follows the development pages of the provider: sign-in, consent and return. */
async function signInAt(site: Site, browser: Browser): Promise<string | undefined> {
  const atProvider = new Browser()
  let { location: at = '' } = await browser.navigate(site.origin)
  for (let steps = 0; steps < 10 && !at.startsWith(site.origin); steps++) {
    const page = await atProvider.navigate(at)
    if (page.location !== undefined) {
      at = new URL(page.location, at).href
      continue
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1] ?? 'login'
    const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? at
    const posted = await atProvider.navigate(new URL(action, at).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt, login: 'ada', password: 'any' }).toString(),
    })
    at = new URL(posted.location ?? '', at).href
  }
  return (await browser.navigate(at)).location
}

describe('oidc-provider', () => {
  test.for<[string, Partial<ClientMetadata>, AuthOptions]>([
    ['client_secret_basic', {}, {}],
    [
      'client_secret_post',
      { token_endpoint_auth_method: 'client_secret_post' },
      { clientAuthentication: 'client_secret_post' },
    ],
    [
      'none',
      { token_endpoint_auth_method: 'none', client_secret: undefined },
      { clientCredential: undefined },
    ],
  ])('signs a user in with %s', async ([, client, options], { open }) => {
    const { site, signIn } = await open(client, options)
    const browser = new Browser()

    expect(await signIn(browser)).toBe('/')
    expect((await browser.navigate(site.origin)).json()).toMatchObject({
      user: { sub: 'ada', name: 'User ada', email: 'ada@example.com' },
    })
  })

  test('signs a user in with private_key_jwt', async ({ open, keyClient }) => {
    const { signIn } = await open(keyClient.client, { clientCredential: keyClient.certificate })

    expect(await signIn(new Browser())).toBe('/')
  })

  // oidc-provider accepts an assertion only once.
  test('keeps a user signed in with a key in a vault', async ({ open, keyClient, clock }) => {
    const { client, vault } = keyClient
    const sign = vi.fn<(data: Uint8Array) => Uint8Array>(vault.sign)
    const { site, signIn } = await open(client, { clientCredential: vaultKey({ ...vault, sign }) })
    const [first, second] = [new Browser(), new Browser()]

    expect([await signIn(first), await signIn(second)]).toEqual(['/', '/'])
    clock.advance(4000)
    expect((await first.navigate(site.origin)).status).toBe(200)
    expect(sign).toHaveBeenCalledTimes(3)
  })

  // The metadata of the hostile provider name the token endpoint of the honest one, where this application has the same key.
  test.for(['certificate', 'vault'] as const)(
    'rejects the assertion that another provider collected at its endpoint for device codes: %s',
    async (kind, { open, openSite, keyClient }) => {
      const honestSite = await open(keyClient.client, { clientCredential: keyClient.certificate })
      const honest = (await (
        await fetch(`${honestSite.issuer}/.well-known/openid-configuration`)
      ).json()) as {
        token_endpoint: string
      }
      let collected = new URLSearchParams()
      const hostile = createServer((request, response) => {
        const issuer = `http://${request.headers.host}`
        const device_authorization_endpoint = `${issuer}/device`
        void bodyOf(request).then((body) => {
          if (body !== '') collected = new URLSearchParams(body)
          response.end(JSON.stringify({ ...honest, issuer, device_authorization_endpoint }))
          return true
        })
      })
      onTestFinished(() => close(hostile))
      const site = await openSite({
        authority: undefined,
        oidcAuthority: await listen(hostile),
        clientId: 'web',
        redirectUri: undefined,
        signIn: deviceCode(),
        clientCredential: kind === 'vault' ? vaultKey(keyClient.vault) : keyClient.certificate,
      })

      await new Browser().navigate(`${site.origin}/login`)
      expect(collected.get('client_assertion')).toMatch(/^ey/)
      collected.set('grant_type', 'authorization_code')
      collected.set('code', 'any')
      const response = await fetch(honest.token_endpoint, { method: 'POST', body: collected })

      expect(await response.json()).toMatchObject({ error: 'invalid_client' })
    },
  )

  test('rejects a wrong secret, and the log names the method', async ({ open }) => {
    const { site, signIn } = await open({}, { clientCredential: 'MARKED-wrong' })

    expect(await signIn(new Browser())).toBeUndefined()
    expect(site.logs.join('\n')).toContain('authenticated with client_secret_basic')
    expect(site.logs.join('\n')).not.toContain('MARKED')
  })

  test('issues an access token for the API of resource', async ({ open }) => {
    const { site, signIn } = await open({}, { extraParams: { resource: RESOURCE } })
    site.app.get(
      '/access',
      site.auth.loginRequired({ scopes: ['openid'] }, (_req, res, { accessToken }) => {
        res.send(accessToken)
      }),
    )
    const browser = new Browser()
    await signIn(browser)

    const { text } = await browser.navigate(`${site.origin}/access`)
    const claims = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()) as {
      aud: string
    }
    expect(claims.aud).toBe(RESOURCE)
  })
})
