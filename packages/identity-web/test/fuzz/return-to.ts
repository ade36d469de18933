import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { Auth } from '../../src/adapters/fetch/index.ts'
import { toReturnPath } from '../../src/seams/return-to.ts'
import { CLIENT_ID, ISSUER, NOW, providerFetch } from './provider.ts'
import { once, requestOf, textTarget, valueTarget, type FuzzTarget, wellFormed } from './target.ts'

const ORIGIN = 'https://app.example'
const WORDS = [
  '/',
  '//',
  '\\',
  '.',
  '..',
  ':',
  '@',
  '?',
  '#',
  '%2f',
  '%5C',
  '%2e',
  '%09',
  '\t',
  '\n',
  '\r',
  '\0',
  ' ',
  'evil.example',
  'https:',
  'http://',
  'javascript:',
  'data:',
  '\u2028',
  '\uFF0F',
  '\uD800',
  '\u3002',
  'app.example',
  'https://app.example',
  '.evil.example',
  '@evil.example',
  '%00',
  '%252f',
  ';',
  '\u0130',
]

const site = once(
  () =>
    new Auth(
      {
        oidcAuthority: ISSUER,
        fetch: providerFetch(),
        now: () => NOW,
        logger: false,
        clientId: CLIENT_ID,
        redirectUri: `${ORIGIN}/redirect`,
        session: { secret: 'a-secret-of-the-tests-0123456789-abcdef' },
      },
      { NODE_ENV: 'production' },
    ),
)

/** Checks that a browser that is sent to a value stays on this origin, directly and behind proxies that decode paths. */
function assertStays(path: string): void {
  for (const base of [`${ORIGIN}/`, `${ORIGIN}/a/b/c?d`, `${ORIGIN}//x`]) {
    assert.equal(new URL(path, base).origin, ORIGIN, path)
  }
  assert.match(path, /^\/(?![/\\])[!-~]*$/)
  let decoded = path
  for (let round = 0; round < 2; round++) {
    decoded = decoded.replaceAll(/%(2f|5c|2e|09|0a|0d|00)/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    // A proxy decodes the path only. A path that it decodes once must not become another host.
    if (round === 0 && URL.canParse(decoded, ORIGIN)) {
      const { origin, pathname } = new URL(decoded, ORIGIN)
      assert.equal(origin, ORIGIN, `${path} decodes to ${decoded}`)
      assert.ok(!pathname.startsWith('//'), `${path} decodes to ${pathname}`)
    }
  }
}

export const returnToTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'return-to/function',
    corpus: 'return-to',
    words: WORDS,
    runs: 3000,
    check(value) {
      const path = toReturnPath(value, ORIGIN)
      if (path === undefined) return
      assertStays(path)
      assert.equal(toReturnPath(path, ORIGIN), path)
      assert.ok(path.length <= 2000)
    },
  }),
  textTarget({
    name: 'return-to/login-route',
    corpus: 'return-to',
    words: WORDS,
    runs: 200,
    async check(value) {
      // Every parameter with which other libraries name the page after a sign-in.
      const query = [
        'returnTo',
        'return_to',
        'next',
        'redirect',
        'redirect_uri',
        'state',
        'start',
        'prompt',
      ]
        .map((name) => `${name}=${encodeURIComponent(wellFormed(value))}`)
        .join('&')
      const headers = {
        accept: 'text/html',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      }
      const request = requestOf(`${ORIGIN}/login?${query}`, { headers })
      if (request === undefined) return
      const response = await site().handle(request)
      assert.ok(response !== undefined)
      assert.ok(response.status < 500)
      const location = response.headers.get('location')
      if (location !== null) assert.equal(new URL(location, ORIGIN).origin, ISSUER)
    },
  }),
  valueTarget({
    name: 'return-to/accepts-own-paths',
    arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }),
    runs: 300,
    check(text) {
      const { pathname, search, hash } = new URL(text)
      const path = pathname + search + hash
      if (/^\/\/|%(0[9ad]|2[5ef]|5c)/i.test(path) || path.length > 2000) return
      assert.equal(toReturnPath(path, ORIGIN), path)
    },
  }),
]
