import { Browser } from '../support/browser.ts'
import { signInAtPlain } from '../support/plain-provider.ts'
import { describe, expect, test } from '../support/plain-fixtures.ts'
import { oauthHint } from '../../src/client/hints/oauth.ts'

describe('a code that the provider rejects', () => {
  test('shows a neutral page, and the log names what to check', async ({
    plain,
    openPlainSite,
  }) => {
    plain.rules.token = () => ({ status: 400, body: { error: 'invalid_grant' } })
    const site = await openPlainSite()
    const browser = new Browser()

    // The first time, the library starts the sign-in again.
    const again = await signInAtPlain(site, plain, browser)
    const response = await browser.navigate(await plain.authorize(again.location ?? ''))

    expect(response.status).toBe(401)
    expect(response.text).toContain('Sign-in failed')
    expect(response.text).not.toContain('organization')
    expect(site.logs.join('\n')).toContain('Check that redirectUri (IDENTITY_REDIRECT_URI)')
  })
})

describe('a bare OAuth error has a hint', () => {
  test.for([
    ['authorization', 'login_required'],
    ['authorization', 'interaction_required'],
    ['authorization', 'account_selection_required'],
    ['authorization', 'consent_required'],
    ['authorization', 'access_denied'],
    ['authorization', 'unauthorized_client'],
    ['authorization', 'unsupported_response_type'],
    ['authorization', 'invalid_request'],
    ['authorization', 'invalid_scope'],
    ['authorization', 'invalid_target'],
    ['authorization', 'server_error'],
    ['authorization', 'temporarily_unavailable'],
    ['authorization', 'invalid_request_uri'],
    ['authorization', 'invalid_request_object'],
    ['authorization', 'request_not_supported'],
    ['authorization', 'request_uri_not_supported'],
    ['authorization', 'registration_not_supported'],
    ['authorization', 'unmet_authentication_requirements'],
    ['authorization_code', 'invalid_client'],
    ['authorization_code', 'invalid_grant'],
    ['authorization_code', 'invalid_request'],
    ['authorization_code', 'unauthorized_client'],
    ['authorization_code', 'unsupported_grant_type'],
    ['refresh_token', 'invalid_grant'],
    ['refresh_token', 'invalid_scope'],
    ['client_credentials', 'invalid_scope'],
    ['urn:unknown', 'invalid_grant'],
    ['urn:unknown', 'access_denied'],
  ] as const)('%s: %s', ([grant, error]) => {
    const sentence = expect.stringMatching(/^[A-Z].*[^.]\.$/)
    expect(oauthHint(error, grant)).toEqual([sentence, sentence])
  })

  test('at the callback, in the log', async ({ plain, openPlainSite }) => {
    plain.rules.authorizationError = () => 'unmet_authentication_requirements'
    const site = await openPlainSite()

    await signInAtPlain(site, plain, new Browser())

    expect(site.logs.join('\n')).toContain('the value of acr_values in extraParams')
  })
})

describe('a provider that returns no refresh token', () => {
  const REPORT = 'did not return a refresh token'

  test('is reported once, with the remedy', async ({ plain, openPlainSite }) => {
    plain.rules.token = (_request, normal) => ({ body: { ...normal, refresh_token: undefined } })
    const site = await openPlainSite()

    await signInAtPlain(site, plain, new Browser())
    await signInAtPlain(site, plain, new Browser())

    const lines = site.logs.filter((line) => line.includes(REPORT))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain("Set Auth({ prompt: 'consent' })")
    expect(lines[0]).toContain('"level":"warn"')
  })

  test('is not reported if offline_access was not requested, or a token came', async ({
    plain,
    openPlainSite,
  }) => {
    const site = await openPlainSite()
    await signInAtPlain(site, plain, new Browser())

    plain.rules.metadata = { scopes_supported: ['openid'] }
    plain.rules.token = (_request, normal) => ({ body: { ...normal, refresh_token: undefined } })
    const other = await openPlainSite()
    await signInAtPlain(other, plain, new Browser())

    expect([...site.logs, ...other.logs].join('\n')).not.toContain(REPORT)
  })
})

test('an encrypted ID token is rejected with the member of the registration to remove', async ({
  plain,
  openPlainSite,
}) => {
  plain.rules.idTokenOf = () => 'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d'
  const site = await openPlainSite()

  const response = await signInAtPlain(site, plain, new Browser())

  expect(response.status).toBe(401)
  expect(site.logs.join('\n')).toContain('The ID token was rejected: it is encrypted.')
  expect(site.logs.join('\n')).toContain('id_token_encrypted_response_alg')
})
