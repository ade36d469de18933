import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { ApiAuth, Auth } from '../../src/adapters/fetch/index.ts'
import { memoryStore } from '../../src/stores/memory-store.ts'
import { readCorpus } from './corpus.ts'
import { mutatedText } from './mutations.ts'
import { AUDIENCE, CLIENT_ID, ISSUER, NOW, providerFetch } from './provider.ts'
import {
  assertNoServerError,
  once,
  requestOf,
  valueTarget,
  type FuzzTarget,
  wellFormed,
} from './target.ts'

const ORIGIN = 'https://app.example'
const SHARED = {
  oidcAuthority: ISSUER,
  fetch: providerFetch(),
  now: () => NOW,
  logger: false,
} as const
const OPTIONS = {
  ...SHARED,
  clientId: CLIENT_ID,
  redirectUri: `${ORIGIN}/redirect`,
  trustedOrigins: ['https://trusted.example'],
}
const SECRET = 'a-secret-of-the-tests-0123456789-abcdef'
const PRODUCTION = { NODE_ENV: 'production' }

const sites = once(() => [
  new Auth({ ...OPTIONS, session: { secret: SECRET } }, PRODUCTION),
  new Auth(
    { ...OPTIONS, responseMode: 'form_post', session: { secret: SECRET, store: memoryStore() } },
    PRODUCTION,
  ),
  new Auth({ ...OPTIONS, session: { secret: SECRET } }, { NODE_ENV: 'development' }),
])
const api = once(
  () =>
    new ApiAuth({ ...SHARED, audience: AUDIENCE, resource: 'https://api.example/' }, PRODUCTION),
)

const PATHS = [
  '/',
  '/login',
  '/logout',
  '/redirect',
  '/front-channel-logout',
  '/back-channel-logout',
  '/.well-known/oauth-protected-resource',
  '/login/',
  '//login',
  '/%6cogin',
  '/LOGIN',
  '/page?a=b',
]
const QUERY_WORDS = [
  '&',
  '=',
  '?',
  '#',
  '%',
  'code=',
  'state=',
  'state=signed-out.',
  'prompt=',
  'login_hint=',
  'access_token=',
]
const path = fc
  .tuple(fc.constantFrom(...PATHS), mutatedText(readCorpus('queries'), QUERY_WORDS))
  .map(([start, query]) => `${start}?${query}`)

const HEADERS: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['cookie', readCorpus('cookies')],
  ['authorization', readCorpus('authorization')],
  ['accept', ['text/html', '*/*', 'application/json', 'text/html;q=0', 'text/html, */*;q=0.8', '']],
  ['sec-fetch-mode', ['navigate', 'cors', 'no-cors', 'websocket', 'NAVIGATE', '']],
  ['sec-fetch-dest', ['document', 'empty', 'iframe', '']],
  ['sec-fetch-site', ['same-origin', 'cross-site', 'same-site', 'none', 'Same-Origin', '']],
  ['sec-purpose', ['prefetch', 'prefetch;prerender', '']],
  [
    'origin',
    [
      'null',
      ORIGIN,
      'https://evil.example',
      `${ORIGIN}.evil.example`,
      'https://trusted.example',
      '',
    ],
  ],
  [
    'referer',
    [`${ORIGIN}/a`, `${ORIGIN}//evil.example`, `${ORIGIN}/\\evil.example`, 'about:client', 'x', ''],
  ],
  ['host', ['app.example', 'evil.example', 'a b', 'app.example:443:1', '[::1', '']],
  ['forwarded', ['for=1.2.3.4;host=evil.example;proto=https', 'host="', ',;=', '']],
  ['x-forwarded-host', ['evil.example', 'a, b', '']],
  ['x-forwarded-proto', ['http', 'javascript', '']],
  ['x-forwarded-prefix', ['//evil.example', '/app', '']],
  ['x-csrf', ['1', '0', '1, 1', '']],
  [
    'content-type',
    [
      'application/x-www-form-urlencoded',
      'application/json',
      'multipart/form-data',
      'text/plain;charset=utf-16',
    ],
  ],
  ['upgrade', ['websocket', 'h2c', '']],
  ['accept-language', ['de-DE,de;q=0.9', '*', ';q=', '']],
]
const header = fc
  .constantFrom(...HEADERS)
  .chain(([name, values]) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        fc.constantFrom(...values),
        mutatedText(values, [',', ';', '=', '"', '/', ':', 'null']),
      ),
    ),
  )

interface RequestInput {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** The headers by which browsers announce a prefetch. */
const PREFETCH = /purpose|^x-moz$/i

export const requestTargets: readonly FuzzTarget[] = [
  valueTarget<RequestInput>({
    name: 'requests/whole',
    arbitrary: fc.record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'QUERY', 'get'),
      path,
      headers: fc.array(header, { maxLength: 8 }),
      body: mutatedText(readCorpus('queries'), QUERY_WORDS),
    }),
    seeds: readCorpus('queries').map((query) => ({
      method: 'POST',
      path: `/redirect?${query}`,
      headers: [],
      body: query,
    })),
    runs: 400,
    async check(input) {
      const { method, headers, body } = input
      const withBody = method === 'GET' || method === 'get' || method === 'HEAD' ? {} : { body }
      const send = (): Request | undefined =>
        requestOf(ORIGIN + wellFormed(input.path), {
          method,
          headers: Object.fromEntries(headers.map(([name, value]) => [name, value.trim()])),
          ...withBody,
        })
      if (send() === undefined) return
      for (const auth of sites()) {
        const guarded = auth.loginRequired(() => new Response('inside'))
        const either = auth
          .orBearer(api())
          .required({ authorization: { scopes: ['Todos.Read'] } }, () => new Response('inside'))
        for (const guard of [guarded, either]) {
          const request = send() as Request
          // oxlint-disable-next-line no-await-in-loop
          const response = await auth.respond(request, () => guard(request))
          // A browser discards the response to a prefetch of a route that changes something.
          const isDiscarded =
            response.status === 503 && input.headers.some(([name]) => PREFETCH.test(name))
          if (!isDiscarded) assertNoServerError(response, input)
          assertOwnRedirect(response)
          // oxlint-disable-next-line no-await-in-loop
          const text = await response.text()
          assert.notEqual(text, 'inside', 'a guard let a stranger in')
          assert.ok(!text.includes('<script>alert'), 'the page contains markup of the request')
        }
      }
      const request = send() as Request
      const guarded = api().authorizationRequired(
        { scopes: ['Todos.Read'] },
        () => new Response('inside'),
      )
      const response = (await api().handle(request)) ?? (await guarded(request))
      assertNoServerError(response, input)
      assert.notEqual(await response.text(), 'inside')
    },
    long: (length) =>
      [';', 'a=b; ', '__Host-identity-flow-1=a; ', ', Bearer ', '&state=x', '%2f', 'prefetch'].map(
        (word) => ({
          method: 'POST',
          path: '/redirect?code=a',
          headers: ['cookie', 'authorization', 'accept', 'sec-purpose', 'referer', 'origin'].map(
            (name) => [name, word.repeat(length / word.length)] as const,
          ),
          body: word.repeat(length / word.length),
        }),
      ),
  }),
]

/** A response redirects only to the provider, to this application, or to a relative path of it. */
function assertOwnRedirect({ headers }: Response): void {
  const location = headers.get('location')
  if (location === null) return
  const { origin } = new URL(location, ORIGIN)
  assert.ok([ORIGIN, ISSUER].includes(origin), `redirects to ${location}`)
  for (const cookie of headers.getSetCookie()) assert.ok(!/[\r\n]/.test(cookie))
}
