import { easyAuth, type EasyAuthOptions } from 'identity-web/easy-auth'
import { previewRelay } from 'identity-web/previews'
import { Auth, type AuthOptions } from 'identity-web/fetch'
import { describe, expect, test } from 'vitest'

const TENANT = 'c0000000-0000-4000-8000-000000000001'
const APP_SERVICE = {
  WEBSITE_AUTH_ENABLED: 'True',
  WEBSITE_AUTH_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  WEBSITE_AUTH_OPENID_ISSUER: `https://sts.windows.net/${TENANT}/`,
  WEBSITE_HOSTNAME: 'shop.azurewebsites.net',
}

function problemsOf(
  environment: Readonly<Record<string, string>>,
  { easy, ...options }: AuthOptions & { readonly easy?: EasyAuthOptions } = {},
): (readonly [string, string])[] {
  const auth = new Auth({ signIn: easyAuth(easy), logger: false, ...options }, environment)
  return auth.problems.map(({ option, message }) => [option, message] as const)
}

describe('the settings of easyAuth()', () => {
  test('come from App Service', () => {
    expect(problemsOf(APP_SERVICE)).toEqual([])
  })

  test.for([
    `https://sts.windows.net/${TENANT}/`,
    `https://login.microsoftonline.com/${TENANT}/v2.0`,
    `https://contoso.ciamlogin.com/${TENANT}/v2.0`,
    `https://login.microsoftonline.us/${TENANT}/v2.0/`,
  ])('accept the issuer %s', (issuer) => {
    expect(problemsOf({ ...APP_SERVICE, WEBSITE_AUTH_OPENID_ISSUER: issuer })).toEqual([])
  })

  test('include the folder of the routes, if redirectUri contains one', () => {
    const options = { redirectUri: 'https://shop.contoso.com/account/redirect' }
    const auth = new Auth({ signIn: easyAuth(), logger: false, ...options }, APP_SERVICE)

    expect(auth.problems).toEqual([])
    expect([auth.paths.login, auth.paths.logout]).toEqual(['/account/login', '/account/logout'])
  })

  test('of the application take precedence', () => {
    const environment = { ...APP_SERVICE, IDENTITY_OIDC_AUTHORITY: 'https://idp.example.com' }

    expect(problemsOf(environment)).toEqual([])
    expect(problemsOf(APP_SERVICE, { oidcAuthority: 'https://idp.example.com' })).toEqual([])
  })

  test.for(['', 'False', undefined])('need WEBSITE_AUTH_ENABLED, not %s', (value) => {
    const { WEBSITE_AUTH_ENABLED: _, ...others } = APP_SERVICE

    const problems = problemsOf({
      ...others,
      ...(value !== undefined && { WEBSITE_AUTH_ENABLED: value }),
    })

    expect(problems).toMatchObject([
      [
        'signIn',
        expect.stringContaining(
          'Anyone could send the headers of the platform, so these headers are ignored',
        ),
      ],
    ])
  })

  test('on Container Apps need the option, and only work there', () => {
    const { WEBSITE_AUTH_ENABLED: _, ...others } = APP_SERVICE
    const containerApps = { ...others, CONTAINER_APP_NAME: 'shop' }
    const easy = { trustContainerApps: true }

    expect(problemsOf(containerApps)).toHaveLength(1)
    expect(problemsOf(containerApps, { easy })).toEqual([])
    expect(problemsOf(others, { easy })).toMatchObject([
      ['signIn', expect.stringContaining('CONTAINER_APP_NAME is not set')],
    ])
  })

  test.for([
    ['maxAgeSeconds', { maxAgeSeconds: 60 }, 'no effect'],
    ['session.idleTimeoutSeconds', { session: { idleTimeoutSeconds: 60 } }, 'cookieExpiration'],
    ['session.absoluteTimeoutSeconds', { session: { absoluteTimeoutSeconds: 60 } }, 'no effect'],
    ['session.denyList', { session: { denyList: new Map() as never } }, 'no effect'],
    ['previews', { previews: previewRelay({ origins: ['https://*.contoso.com'] }) }, 'no effect'],
    [
      'redirectUri',
      { redirectUri: 'https://shop.azurewebsites.net/.auth/login/aad/callback' },
      'never reach this application',
    ],
    [
      'signIn',
      { signIn: { name: 'easyAuth()' } },
      'must be the result of deviceCode() or easyAuth()',
    ],
    ['signIn', { easy: { provider: 'a/b' } }, 'provider must be'],
    ['signIn', { easy: { provider: 7 as never } }, "for example easyAuth({ provider: 'aad' })."],
    ['signIn', { easy: { url: 'http://shop.example.com' } }, 'url must be an https:// URL'],
    ['signIn', { easy: { url: {} as never } }, 'url must be an https:// URL'],
    [
      'signIn',
      { easy: { trustContainerApps: 'true' as never } },
      'trustContainerApps must be true or false, for example easyAuth({ trustContainerApps: true }).',
    ],
    [
      'signIn',
      { easy: { trustContainerApp: true } as EasyAuthOptions },
      'easyAuth has no option trustContainerApp. Did you mean trustContainerApps?',
    ],
  ] as const)('of %s are checked', ([option, options, message]) => {
    expect(problemsOf(APP_SERVICE, options as AuthOptions)).toContainEqual([
      option,
      expect.stringContaining(message),
    ])
  })

  test('do not take the ID of a managed identity for a secret', async () => {
    const name = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
    const environment = {
      ...APP_SERVICE,
      WEBSITE_AUTH_CLIENT_SECRET_SETTING_NAME: name,
      [name]: '99999999-2222-4333-8444-555555555555',
    }
    const auth = new Auth({ signIn: easyAuth(), logger: false }, environment)

    await expect(
      auth.getTokenForClient('https://graph.microsoft.com/.default'),
    ).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('clientCredential'),
    })
  })
})
