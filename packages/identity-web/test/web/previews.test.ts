import { deviceCode } from 'identity-web/device-code'
import { Auth, type AuthOptions } from 'identity-web/fetch'
import { createWebAuth } from '../../src/web/create-web-auth.ts'
import { describe, expect, test, vi } from '../support/settings-fixtures.ts'

const previewSecret = 'a-preview-secret-of-thirty-two-characters'
const STABLE: AuthOptions = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientCredential: 'secret',
  redirectUri: 'https://app.example.com/account/redirect',
  session: { secret: 'a-session-secret-of-thirty-two-characters' },
  logger: false,
}
const PREVIEW: AuthOptions = {
  ...STABLE,
  origin: 'https://pr-7.preview.example.com',
  previewSecret,
}

function problemsOf(options: AuthOptions): string[] {
  return new Auth(options).problems.map(({ message }) => message)
}

describe('options of previews', () => {
  test.for([
    [
      { origin: 'pr-7.preview.example.com' },
      /^origin is not an absolute URL\. Change Auth\(\{ origin \}\)/,
    ],
    [{ origin: 'http://pr-7.preview.example.com' }, /^origin must start with https:/],
    [{ origin: 'https://pr-7.preview.example.com/' }, /^origin must be an origin without a path/],
    [{ origin: 'https://PR.example.com' }, /such as https:\/\/pr\.example\.com\./],
    [{ previewOrigins: 'https://a.example.com' }, /^previewOrigins must be an array/],
    [{ previewOrigins: null }, /^previewOrigins must be an array/],
    [{ previewOrigins: [7] }, /contains 7, which is not an origin/],
    [{ previewOrigins: ['*'] }, /is not an origin/],
    [{ previewOrigins: ['http://*.example.com'] }, /must start with https:/],
    [{ previewOrigins: ['https://*.example.com/'] }, /in lower case and without a path/],
    [{ previewOrigins: ['https://*.Example.com'] }, /in lower case and without a path/],
    [{ previewOrigins: ['https://*.com'] }, /at most one \*, in the first label/],
    [{ previewOrigins: ['https://*'] }, /at most one \*, in the first label/],
    [{ previewOrigins: ['https://*.*.example.com'] }, /at most one \*/],
    [{ previewOrigins: ['https://a.*.example.com'] }, /at most one \*/],
    [{ previewOrigins: ['https://user@*.example.com'] }, /in lower case and without a path/],
    [{ previewOrigins: ['https://a.example.com:*'] }, /is not an origin/],
    [
      { previewSecret: undefined },
      /^previewSecret is not configured, but origin or previewOrigins is\. Set/,
    ],
    [{ previewSecret: 'short' }, /^previewSecret is shorter than 32 characters/],
    [{ previewSecret: STABLE.session?.secret }, /^previewSecret is also session\.secret\./],
    [
      { previewOrigins: ['https://*.staging.example.com'] },
      /^previewOrigins does not contain https:\/\/pr-7\.preview\.example\.com/,
    ],
    ...(
      [
        ['https://*.vercel.app', 'vercel.app'],
        ['https://*.pages.dev', 'pages.dev'],
        ['https://*.azurewebsites.net', 'azurewebsites.net'],
        ['https://*.westeurope.2.azurestaticapps.net', 'azurestaticapps.net'],
      ] as const
    ).map(
      ([origin, domain]) =>
        [
          { previewOrigins: [origin] },
          new RegExp(`allows the hosts of all customers of ${domain}. Write the parts of the host`),
        ] as const,
    ),
  ] as const)('%j are wrong', ([options, message]) => {
    expect(problemsOf({ ...PREVIEW, ...(options as AuthOptions) })).toEqual([
      expect.stringMatching(message),
    ])
  })

  test('are rejected with the device code flow', () => {
    const { redirectUri: _, ...options } = PREVIEW
    expect(problemsOf({ ...options, signIn: deviceCode() })).toEqual([
      expect.stringMatching(/^origin and signIn: deviceCode\(\) are both configured/),
    ])
  })

  test.for([
    [['https://*.preview.example.com']],
    [['https://pr-*-contoso.vercel.app', 'https://*.preview.example.com']],
    [['https://*.contoso.pages.dev', 'https://shop.vercel.app', 'https://*.preview.example.com']],
    [['http://localhost:3000', 'http://*.localhost:3000', 'https://*.preview.example.com']],
  ] as const)('%j are right', ([previewOrigins]) => {
    expect(problemsOf({ ...STABLE, previewOrigins, previewSecret })).toEqual([])
    expect(problemsOf({ ...PREVIEW, previewOrigins })).toEqual([])
  })

  test('come from the environment too', () => {
    vi.stubEnv('IDENTITY_PREVIEW_SECRET', previewSecret)

    expect(problemsOf({ ...PREVIEW, previewSecret: undefined })).toEqual([])
  })

  test('need no secret if the origin is that of the redirect URI', () => {
    expect(problemsOf({ ...STABLE, origin: 'https://app.example.com' })).toEqual([])
  })
})

test('a preview uses its own origin for everything except the redirect URI', async () => {
  const auth = new Auth(PREVIEW)
  const request = new Request('https://pr-7.preview.example.com/', {
    headers: { accept: 'application/json' },
  })

  const response = await auth.loginRequired(() => new Response('home'))(request)

  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({
    loginUrl: 'https://pr-7.preview.example.com/account/login?return_to=%2F',
  })
})

test('a preview with wrong options does not send visitors to the deployment of the redirect URI', async () => {
  const { clientId: _, ...options } = PREVIEW
  const web = createWebAuth({ ...options, environment: 'development' }, {})
  const render = { redirectsOnly: true, header: () => undefined } as never

  const response = await web.guard({})(render, () => undefined)

  expect(response?.headers.get('location')).toBe('https://pr-7.preview.example.com/account/login')
})
