import { deviceCode } from 'identity-web/device-code'
import { Auth, type AuthOptions } from 'identity-web/fetch'
import { previewRelay, type PreviewRelayOptions } from 'identity-web/previews'
import { createWebAuth } from '../../src/web/create-web-auth.ts'
import { describe, expect, test, vi } from '../support/settings-fixtures.ts'

const secret = 'a-preview-secret-of-thirty-two-characters'
const origin = 'https://pr-7.preview.example.com'
const STABLE: AuthOptions = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientCredential: 'secret',
  redirectUri: 'https://app.example.com/account/redirect',
  session: { secret: 'a-session-secret-of-thirty-two-characters' },
  logger: false,
}
const PREVIEW: AuthOptions = { ...STABLE, previews: previewRelay({ origin, secret }) }

function problemsOf(options: AuthOptions): string[] {
  return new Auth(options).problems.map(({ message }) => message)
}

function problemsOfRelay(options: PreviewRelayOptions): string[] {
  return problemsOf({ ...STABLE, previews: previewRelay(options) })
}

describe('options of previewRelay', () => {
  test.for([
    [
      { origin: 'pr-7.preview.example.com' },
      /^origin is not an absolute URL\. Change previewRelay\(\{ origin \}\), for example https:/,
    ],
    [
      { origin: 'http://pr-7.preview.example.com' },
      /^origin must start with https:.*, for example previewRelay\(\{ origin: 'https:/,
    ],
    [
      { origin: 'https://pr-7.preview.example.com/' },
      /^origin must be an origin without a path\. Use "https:\/\/pr-7\.preview\.example\.com"\.$/,
    ],
    [{ origin: 'https://PR.example.com' }, /Use "https:\/\/pr\.example\.com"\.$/],
    [{ origin: 7 }, /^origin is not an absolute URL\. Change previewRelay\(\{ origin \}\)/],
    [
      { origins: 'https://a.example.com' },
      /^origins must be an array of origins, for example previewRelay\(\{ origins: \['https:/,
    ],
    [{ origins: null }, /^origins must be an array of origins/],
    [
      { origins: [7] },
      /^origins contains 7, which is not an origin .*\. Change previewRelay\(\{ origins \}\)/,
    ],
    [{ origins: ['*'] }, /is not an origin/],
    [{ origins: ['http://*.example.com'] }, /must start with https:/],
    [{ origins: ['https://*.example.com/'] }, /in lower case and without a path/],
    [{ origins: ['https://*.Example.com'] }, /in lower case and without a path/],
    [{ origins: ['https://*.com'] }, /only one \*\. The \* must be in the first label/],
    [{ origins: ['https://*'] }, /only one \*\. The \* must be in the first label/],
    [{ origins: ['https://*.*.example.com'] }, /only one \*/],
    [{ origins: ['https://a.*.example.com'] }, /only one \*/],
    [{ origins: ['https://user@*.example.com'] }, /in lower case and without a path/],
    [{ origins: ['https://a.example.com:*'] }, /is not an origin/],
    [
      { secret: undefined },
      /^secret is not configured\. Set previewRelay\(\{ secret \}\) or IDENTITY_PREVIEW_SECRET, for example the output of/,
    ],
    [{ secret: 'short' }, /^secret is shorter than 32 characters/],
    [{ secret: STABLE.session?.secret }, /^secret is also session\.secret,/],
    [
      { origins: ['https://*.staging.example.com'] },
      /^origins does not contain the origin of this deployment, https:\/\/pr-7\.preview\.example\.com/,
    ],
    [{ orgin: origin }, /^previewRelay has no option orgin\. Did you mean origin\?/],
    ...(
      [
        ['https://*.vercel.app', 'vercel.app'],
        ['https://*.pages.dev', 'pages.dev'],
        ['https://*.azurewebsites.net', 'azurewebsites.net'],
        ['https://*.westeurope.2.azurestaticapps.net', 'azurestaticapps.net'],
      ] as const
    ).map(
      ([shared, domain]) =>
        [
          { origins: [shared] },
          new RegExp(`allows the hosts of all customers of ${domain}. Write the parts of the host`),
        ] as const,
    ),
  ] as const)('%j are wrong', ([options, message]) => {
    expect(problemsOfRelay({ origin, secret, ...(options as PreviewRelayOptions) })).toEqual([
      expect.stringMatching(message),
    ])
  })

  test('are rejected with the device code flow', () => {
    const { redirectUri: _, ...options } = PREVIEW
    expect(problemsOf({ ...options, signIn: deviceCode() })).toEqual([
      expect.stringMatching(/^previews and signIn: deviceCode\(\) are both configured/),
    ])
  })

  test.for([
    [['https://*.preview.example.com']],
    [['https://pr-*-contoso.vercel.app', 'https://*.preview.example.com']],
    [['https://*.contoso.pages.dev', 'https://shop.vercel.app', 'https://*.preview.example.com']],
    [['http://localhost:3000', 'http://*.localhost:3000', 'https://*.preview.example.com']],
  ] as const)('%j are right', ([origins]) => {
    expect(problemsOfRelay({ origins, secret })).toEqual([])
    expect(problemsOfRelay({ origin, origins, secret })).toEqual([])
  })

  test('come from the environment too', () => {
    vi.stubEnv('IDENTITY_PREVIEW_SECRET', secret)

    expect(problemsOfRelay({ origin })).toEqual([])
  })

  test('need no secret if the origin is that of the redirect URI', () => {
    expect(problemsOfRelay({ origin: 'https://app.example.com' })).toEqual([])
  })

  test('are compared with a session secret of the environment too', () => {
    vi.stubEnv('IDENTITY_SESSION_SECRET', secret)

    expect(problemsOfRelay({ origin, secret })).toEqual([
      expect.stringMatching(/is also session\.secret,/),
    ])
  })

  test.for([[{ origins: [origin] }], [null], [true]])('%j is not their object', ([previews]) => {
    expect(problemsOf({ ...STABLE, previews: previews as never })).toEqual([
      expect.stringMatching(
        /^previews must be the result of previewRelay\(\)\. .*'identity-web\/previews'/,
      ),
    ])
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
  const render = { delivery: 'throw', header: () => undefined } as never

  const response = await web.guard({})(render, () => undefined)

  expect(response?.headers.get('location')).toBe('https://pr-7.preview.example.com/account/login')
})
