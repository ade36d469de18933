import { CryptographyClient, KeyClient } from '@azure/keyvault-keys'
import { azureCredential } from 'identity-web/azure'
import { ApiAuth } from 'identity-web/express'
import { vaultKey, type VaultKey } from 'identity-web/vault-key'
import { createClientCertificate } from 'identity-web-dev'
import { vi } from 'vitest'
import { errorOf } from '../../client/credential/openssl.ts'
import { signIn, type Site } from '../../support/site.ts'
import { config, describe, expect, test as base, vaultKey as certificate } from '../fixtures.ts'
import { VAULT } from '../services/key-vault.ts'
import type { Service } from '../services/service.ts'
import { tlsOptions } from '../services/tls.ts'

// The client of Key Vault signs the assertions of the application, at the stand-in of Key Vault.

const rotated = createClientCertificate('rotated')
const certificates = [certificate.cert, rotated.cert]
const apps = config.apps.map((one, index) => (index === 0 ? { ...one, certificates } : one))
/** The client of Key Vault waits before it repeats a request. */
const options = { tlsOptions, retryOptions: { maxRetries: 0 } }

const test = base
  .extend('providerOptions', { config: { ...config, apps } })
  /** The credential of another application, which opens the vault. */
  .extend('other', ({ provider }) =>
    azureCredential(
      new ApiAuth({
        authority: provider.authority(),
        clientId: provider.api.clientId,
        clientCredential: provider.api.clientSecret,
      }),
    ),
  )
  /** Reads the newest version of the key, as an application does. */
  .extend('readKey', ({ vault, other }) => async (): Promise<VaultKey> => {
    const { id = '' } = await new KeyClient(vault.origin, other, options).getKey('app')
    const cryptography = new CryptographyClient(id, other, options)
    return {
      certificate: certificates[Number(id.split('/').pop()) - 1] ?? '',
      sign: async (data, { algorithm }) => (await cryptography.signData(algorithm, data)).result,
    }
  })
  /** Advances the clocks of the provider and of the vault, of the site, and of assertions. */
  .extend('advance', ({ clock }, { onCleanup }) => {
    onCleanup(() => void vi.useRealTimers())
    return (seconds: number): void => {
      clock.advance(seconds)
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 })
    }
  })
  .extend('siteOptions', ({ readKey }) => ({ clientCredential: vaultKey(readKey) }))

const GRAPH = 'https://graph.microsoft.com/.default'
const signatures = ({ requests }: Service) => requests.filter(({ path }) => path.includes('/sign'))

describe('an application whose key is in Key Vault', () => {
  test('signs its users in, and gets tokens for itself', async ({ site, provider, vault }) => {
    const browser = await signIn(site, provider)
    await site.auth.getTokenForClient(GRAPH)

    expect((await browser.navigate(site.origin)).status).toBe(200)
    expect(signatures(vault)).toMatchObject([{ caller: provider.api.clientId, status: 200 }])
  })

  test('signs with RS256 at AD FS', async ({ openSite, provider, readKey, vault }) => {
    const site = await openSite({
      authority: provider.adfsAuthority,
      clientCredential: vaultKey(readKey),
    })

    const browser = await signIn(site, provider)

    expect((await browser.navigate(site.origin)).status).toBe(200)
    expect(signatures(vault)).toHaveLength(1)
  })

  test('uses the new version of a key that was rotated', async ({
    openSite,
    readKey,
    vault,
    vaultKeys,
    other,
    advance,
  }) => {
    // Without a version in its URL, the client signs with the newest key.
    const newest = new CryptographyClient(`${vault.origin}/keys/app`, other, options)
    const site = await openSite({
      clientCredential: vaultKey(async () => ({
        ...(await readKey()),
        sign: async (data, { algorithm }) => (await newest.signData(algorithm, data)).result,
      })),
    })
    await site.auth.getTokenForClient(GRAPH)
    vaultKeys.addKey(rotated.key)
    advance(600)

    await site.auth.getTokenForClient(`${VAULT}/.default`)

    // The second signature does not match the certificate, which is then read again.
    expect(signatures(vault)).toHaveLength(3)
  })

  test('reports how long the vault throttles it', async ({ site, vault, advance }) => {
    await site.auth.getTokenForClient(GRAPH)
    advance(600)
    const headers = { 'retry-after': '7', 'content-type': 'application/json' }
    const body = JSON.stringify({ error: { code: 'Throttled', message: 'Too many requests' } })
    vault.fault = { times: 1, reply: { status: 429, headers, body } }

    const error = await errorOf(site.auth.getTokenForClient(`${VAULT}/.default`))

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: 'clientCredential().sign() failed with an error (RestError, status 429).',
      retryAfterSeconds: 7,
    })
    expect((await site.auth.getTokenForClient(`${VAULT}/.default`)).accessToken).toMatch(/^eyJ/)
  })

  test.for([
    [
      '',
      GRAPH,
      {
        code: 'configuration',
        message: expect.stringMatching(/so the request would wait for itself/),
      },
    ],
    [
      ' after the time limit, with the token of the vault that is being requested,',
      `${VAULT}/.default`,
      {
        code: 'provider_unavailable',
        hint: expect.stringMatching(/If the code requests a token of this application, it/),
      },
    ],
  ] as const)(
    'gets an error%s if it opens the vault with its own tokens',
    async ([, scope, expected], { openSite, vault }) => {
      const site: Site = await openSite({
        timeoutSeconds: 1,
        clientCredential: vaultKey({
          certificate: certificate.cert,
          async sign(data, { algorithm }) {
            const own = azureCredential(site.auth)
            const client = new CryptographyClient(`${vault.origin}/keys/app/1`, own, options)
            return (await client.signData(algorithm, data)).result
          },
        }),
      })

      expect(await errorOf(site.auth.getTokenForClient(scope))).toMatchObject(expected)
      expect(signatures(vault)).toEqual([])
    },
  )
})
