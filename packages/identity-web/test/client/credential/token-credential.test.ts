import { describe, expect, test } from 'vitest'
import type { FederatedTokenCredential } from '../../../src/client/index.ts'
import { tokenExchangeScope } from '../../../src/client/credential/assertion.ts'
import { IdentityError } from '../../../src/errors.ts'
import { allOf, errorOf } from './openssl.ts'
import { apply, CLIENT, create, SECRET, send } from './request.ts'

const SCOPE = 'api://AzureADTokenExchange/.default'

/** A credential like those of @azure/identity: a class whose method uses its fields. */
class Credential implements FederatedTokenCredential {
  readonly scopes: string[] = []
  private readonly token: string

  constructor(token: string) {
    this.token = token
  }

  async getToken(scope: string): Promise<{ token: string; expiresOnTimestamp: number }> {
    this.scopes.push(scope)
    return { token: this.token, expiresOnTimestamp: 0 }
  }
}

describe('an object with getToken', () => {
  test('is not a client secret, although it has a field with this name', async () => {
    const credential = Object.assign(new Credential('aa.bb.cc'), { secret: SECRET })

    const { body } = await send(credential)

    expect(body.get('client_assertion')).toBe('aa.bb.cc')
    expect(body.toString()).not.toContain(SECRET)
  })

  test('authenticates each request with the token of its identity', async () => {
    const credential = new Credential('aa.bb.cc')
    const authentication = create(credential)

    const { body } = await authentication.run((authenticate) => apply(authenticate))
    await authentication.run((authenticate) => apply(authenticate))

    expect(credential.scopes).toEqual([SCOPE, SCOPE])
    expect(Object.fromEntries(body)).toEqual({
      client_id: CLIENT,
      client_assertion: 'aa.bb.cc',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
  })

  test('that returns null is reported as an identity without a token', async () => {
    const error = await errorOf(send({ getToken: async () => null }))

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: `clientCredential.getToken('${SCOPE}') returned null, because the identity does not have a token for this scope.`,
      hint: expect.stringMatching(/^Check that the identity is assigned/),
    })
  })

  test('that throws is reported without the message of its error', async () => {
    const getToken = () => Promise.reject(new TypeError(`token ${SECRET}`))
    const error = await errorOf(send({ getToken }))

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: `clientCredential.getToken('${SCOPE}') failed with an error (TypeError).`,
      hint: expect.stringMatching(/catch and log the error/),
    })
    expect(allOf(error)).not.toContain(SECRET)
  })

  test.each([
    ['nothing', undefined, /returned an object whose token is undefined, not a string/],
    ['a string', SECRET, /returned an object whose token is undefined, not a string/],
    ['an object without a token', {}, /returned an object whose token is undefined, not a string/],
    [
      'a token that is not a JWT',
      { token: SECRET },
      /returned an object whose token is a string that is not a JWT/,
    ],
  ])('that returns %s is a configuration error', async (_what, value, message) => {
    const error = await errorOf(send({ getToken: async () => value as { token: string } }))

    expect(error).toMatchObject({ code: 'configuration', message: expect.stringMatching(message) })
    expect(allOf(error)).not.toContain(SECRET)
  })

  test('cannot send a user to the provider', async () => {
    const cause = new IdentityError('interaction_required', 'x', { oauthError: 'login_required' })

    await expect(send({ getToken: () => Promise.reject(cause) })).rejects.toMatchObject({
      code: 'provider_unavailable',
    })
  })

  test('gives way to the next credential of a list', async () => {
    const { body } = await create([{ getToken: async () => null }, SECRET]).run((authenticate) =>
      apply(authenticate, ['client_secret_post']),
    )

    expect(body.get('client_secret')).toBe(SECRET)
  })
})

describe('the scope of getToken', () => {
  test.each([
    ['https://login.microsoftonline.com/t/oauth2/v2.0/token', 'api://AzureADTokenExchange'],
    ['https://login.microsoftonline.us/t/oauth2/v2.0/token', 'api://AzureADTokenExchangeUSGov'],
    [
      'https://login.partner.microsoftonline.cn/t/oauth2/v2.0/token',
      'api://AzureADTokenExchangeChina',
    ],
    ['https://login.sovcloud-identity.fr/t/oauth2/v2.0/token', 'api://AzureADTokenExchangeFrance'],
    ['https://login.sovcloud-identity.de/t/oauth2/v2.0/token', 'api://AzureADTokenExchangeGermany'],
    ['https://contoso.ciamlogin.com/t/oauth2/v2.0/token', 'api://AzureADTokenExchange'],
    ['', 'api://AzureADTokenExchange'],
  ])('at %s is that of its cloud', (tokenEndpoint, audience) => {
    expect(tokenExchangeScope(tokenEndpoint)).toBe(`${audience}/.default`)
  })
})
