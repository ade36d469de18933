import { readFileSync } from 'node:fs'
import { Auth, type AuthOptions } from 'identity-web/fetch'
import { previewRelay } from 'identity-web/previews'
import { expect, test } from '../support/settings-fixtures.ts'

// During a deployment, previews and the deployment of the redirect URI can have different versions. Version 1.0.0-rc.1 made
// these states. The file never changes.

const recorded = JSON.parse(
  readFileSync(new URL('recorded-states.json', import.meta.url), 'utf8'),
) as Readonly<Record<'signIn' | 'flowCookie' | 'signOut', string>>

const STABLE = 'https://app.example.com'
const PREVIEW = 'https://pr-7.preview.example.com'
const secret = 'a-preview-secret-of-thirty-two-characters'

function authAt(previews: AuthOptions['previews']): Auth {
  return new Auth(
    {
      authority: 'https://login.microsoftonline.com/11111111-2222-4333-8444-000000000000',
      clientId: '11111111-2222-4333-8444-555555555555',
      clientCredential: 'secret',
      redirectUri: `${STABLE}/account/redirect`,
      basePath: '',
      session: { secret: 'a-session-secret-of-thirty-two-characters' },
      previews,
      fetch: () => Promise.reject(new TypeError('There is no network here.')),
      now: () => Date.UTC(2027, 0, 1),
      logger: false,
    },
    {},
  )
}

const relay = authAt(previewRelay({ origins: ['https://*.preview.example.com'], secret }))
const preview = authAt(previewRelay({ origin: PREVIEW, secret }))

async function get(auth: Auth, url: string, cookie = ''): Promise<readonly unknown[]> {
  const headers = { cookie, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const response = await auth.handle(new Request(url, { headers }))
  return [response?.status, response?.headers.get('location')]
}

test('the state of a sign-in is relayed, and opened by the preview', async () => {
  const query = `?error=access_denied&state=${recorded.signIn}`

  expect(await get(relay, `${STABLE}/account/redirect${query}`)).toEqual([
    302,
    `${PREVIEW}/account/redirect${query}`,
  ])
  // Behind the `state`, the callback asks the provider for its metadata, which is offline here. Before it, it returns 400.
  expect(await get(preview, `${PREVIEW}/account/redirect${query}`, recorded.flowCookie)).toEqual([
    503,
    null,
  ])
})

test('the state of a sign-out is relayed, and opened by the preview', async () => {
  const [status, location] = await get(relay, `${STABLE}/?state=${recorded.signOut}`)

  expect([status, location]).toEqual([
    302,
    expect.stringMatching(/^https:\/\/pr-7\.preview\.example\.com\/\?state=signed-out\./),
  ])
  expect(await get(preview, String(location))).toEqual([302, `${PREVIEW}/`])
})
