import { Auth, ApiAuth } from 'identity-web/express'
import { describe, expect, test, vi } from 'vitest'
import { methodFault } from '../../src/client/index.ts'

const certificate = { certificate: 'a.pem', privateKey: 'a.key' }

describe('clientAuthentication', () => {
  test.for([
    ['client_secret_basic', 'secret'],
    ['client_secret_post', 'secret'],
    ['client_secret_post', [certificate, 'secret']],
    ['private_key_jwt', certificate],
    ['private_key_jwt', () => 'assertion'],
    ['private_key_jwt', ['secret', certificate]],
    ['client_secret_basic', ['secret', undefined]],
    ['none', undefined],
    [undefined, 'secret'],
  ] as const)('%s fits the credential', ([method, credential]) => {
    expect(methodFault(method, credential)).toBeUndefined()
  })

  test.for([
    ['client_secret_basic', undefined, 'does not contain a client secret'],
    ['client_secret_post', certificate, 'does not contain a client secret'],
    ['private_key_jwt', 'secret', 'does not contain a certificate or a function'],
    ['private_key_jwt', undefined, 'does not contain a certificate or a function'],
    ['private_key_jwt', ['secret', undefined], 'does not contain a certificate or a function'],
    // A secret never becomes `none`.
    ['none', 'secret', 'but clientCredential is configured'],
    ['none', [certificate], 'but clientCredential is configured'],
  ] as const)('%s is a problem with %j', ([method, credential, problem]) => {
    expect(methodFault(method, credential)).toContain(problem)
  })

  test.for([
    'client_secret_jwt',
    'Basic',
    null,
    { method: 'private_key_jwt', audience: 'https://idp.example/token' },
    { method: 'client_secret_post', audience: 'token_endpoint' },
    { method: 'private_key_jwt', audience: 'token_endpoint', algorithm: 'ES256' },
  ])('%j is not a method', (method) => {
    for (const clientCredential of ['secret', undefined]) {
      const { problems } = new ApiAuth({
        oidcAuthority: 'https://accounts.example.com',
        clientId: 'web',
        clientCredential,
        clientAuthentication: method as never,
        logger: false,
      })

      expect(problems.map(({ message }) => message)).toEqual([
        "clientAuthentication must be 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none' or { method: 'private_key_jwt', audience: 'token_endpoint' }. Change ApiAuth({ clientAuthentication }) or IDENTITY_CLIENT_AUTHENTICATION, for example client_secret_post. To keep this method, set clientCredential (IDENTITY_CLIENT_SECRET) to a credential for it.",
      ])
    }
  })

  test('is read from its variable, and a problem names both', () => {
    vi.stubEnv('IDENTITY_CLIENT_AUTHENTICATION', 'basic')
    const options = {
      oidcAuthority: 'https://accounts.example.com',
      clientId: 'web',
      clientCredential: 'secret',
      logger: false,
    } as const
    const web = new Auth({ ...options, redirectUri: 'http://localhost:3000/redirect' })
    const api = new ApiAuth(options)

    for (const { problems } of [web, api]) {
      expect(problems).toMatchObject([
        {
          option: 'clientAuthentication',
          variable: 'IDENTITY_CLIENT_AUTHENTICATION',
          message: expect.stringContaining('clientAuthentication must be'),
        },
      ])
    }
    expect(api.problems[0]?.message).toContain('ApiAuth({ clientAuthentication })')
  })
})
