import { describe, expect, test as plain } from 'vitest'
import { Browser } from '../support/browser.ts'
import { expect as expectHere, test } from '../support/fixtures.ts'
import { sendRaw } from '../support/raw.ts'
import { openForward, startUpstream } from '../support/upstream.ts'
import { resolveForward } from '../../src/options/resolve-forward.ts'
import { ForwardFailure } from '../../src/web/forward/failure.ts'
import { toUpstreamPath } from '../../src/web/forward/path.ts'

// RFC 10017, section 6.1.3.6: the server must not forward requests, and tokens, to a place that its configuration does not name.

/** Spellings of a path that lead out of the target on some server. */
const TRICKS = [
  '/../admin',
  '/a/../../admin',
  '/a/..',
  '/..',
  '/.',
  '/a/./b',
  '/%2e%2e/admin',
  '/%2E./admin',
  '/.%2e/admin',
  '/a%2fb',
  '/a%2F..%2Fadmin',
  '/a%5cb',
  '/..%5cadmin',
  '/a\\b',
  '/..\\admin',
  '//evil.example/x',
  '/a//b',
  '/%252e%252e/admin',
  '/a%252fb',
  '/a%255cb',
  '/a%00b',
  '/a%0d%0aSet-Cookie:%20x=1',
  '/a%2500',
  '/%25%32%65%25%32%65/admin',
  '/%252%65%252e/admin',
  '/a%7fb',
  '/a%c2%85b',
  '/..;/admin',
  '/..;x=1/admin',
  '/.;/admin',
  '/%2e%2e;/admin',
  '/;x/admin',
  '/a%zz',
  '/a%2',
  '/a%c0%ae%c0%ae/admin',
  '/..%20/admin',
  '/.%20%20/admin',
  '/%61dmin',
  '/a%2Db',
  '/a%7eb',
  '/a%ff',
  '/a\u00e9',
  '/a b',
  '/a\tb',
  '/a\r\nb',
  '/a"b',
  '/a<b',
  '/a{b}',
  '/a`b',
  '/a^b',
  '/a#b',
  '/a?x=#y',
  '/a?x= y',
  '/a?x=\r\ny',
  '/a?x=\u00e9',
]

const settings = resolveForward('/api', { target: 'https://api.example.com/v1', token: 'none' })

describe('the path of a request', () => {
  plain.each(TRICKS)('%j is rejected', (path) => {
    expect(() => toUpstreamPath(settings, `/api${path}`)).toThrow(
      expect.objectContaining({ kind: 'malformed' }) as Error,
    )
  })

  plain.each([
    'http://evil.example/api/x',
    'https://api.example.com/api/x',
    'evil.example:443',
    '*',
    '@evil.example/api',
  ])('%j is not a path, so that it is rejected', (url) => {
    expect(() => toUpstreamPath(settings, url)).toThrow(ForwardFailure)
  })

  plain.each(['/apix', '/apix/y', '/other'])('%j is not below the forwarded path', (url) => {
    expect(() => toUpstreamPath(settings, url)).toThrow(
      expect.objectContaining({ kind: 'not_found' }) as Error,
    )
  })

  plain.each([
    ['', '/v1'],
    ['/', '/v1/'],
    ['/todos/1', '/v1/todos/1'],
    ['/todos/', '/v1/todos/'],
    ["/Users('a@b')/$ref", "/v1/Users('a@b')/$ref"],
    ['/a%20b/%C3%A9', '/v1/a%20b/%C3%A9'],
    ['/a;v=1,2/b', '/v1/a;v=1,2/b'],
    ['/100%25', '/v1/100%25'],
    ['/.well-known/x', '/v1/.well-known/x'],
    ['/a..b/...', '/v1/a..b/...'],
    ['/q?x=/../%2e%2e//&y=%00', '/v1/q?x=/../%2e%2e//&y=%00'],
    ['?x=1', '/v1?x=1'],
  ])('%j arrives as it is', (path, expected) => {
    expect(toUpstreamPath(settings, `/api${path}`).pathAndQuery).toBe(expected)
  })
})

describe('the option paths', () => {
  const limited = resolveForward('/api', {
    target: 'https://api.example.com',
    token: 'none',
    paths: ['/me', '/users/*', '/files/**', '/a%20b'],
  })

  plain.each(['/me', '/users/1', '/files', '/files/', '/files/a/b', '/a%20b', '/me?x=1'])(
    '%j is forwarded',
    (path) => {
      expect(toUpstreamPath(limited, `/api${path}`).pathAndQuery).toBe(path)
    },
  )

  plain.each([
    '',
    '/',
    '/me/',
    '/me/x',
    '/Me',
    '/users',
    '/users/',
    '/users/1/2',
    '/filesx',
    '/me;x',
    '/admin',
  ])('%j is not forwarded', (path) => {
    expect(() => toUpstreamPath(limited, `/api${path}`)).toThrow(
      expect.objectContaining({ kind: 'not_found' }) as Error,
    )
  })

  plain.each(TRICKS)('%j is rejected below a pattern', (path) => {
    expect(() => toUpstreamPath(limited, `/api/files${path}`)).toThrow(
      expect.objectContaining({ kind: 'malformed' }) as Error,
    )
  })
})

test('no trick reaches the API over HTTP', async ({ site, provider }) => {
  const api = await startUpstream()
  const browser = await openForward(site, provider, { target: `${api.origin}/v1` })
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const head = [`Host: ${new URL(site.origin).host}`, `Cookie: ${cookie}`, 'x-csrf: 1']
  const targets = [
    ...TRICKS.filter((path) => !/[ \t\r\n#]/.test(path)).map((path) => `/api${path}`),
    `http://evil.example/api/x`,
    `${site.origin}/api/x`,
  ]

  const statuses = await Promise.all(
    targets.map(async (target) => {
      const { status } = await sendRaw(site.origin, [`GET ${target} HTTP/1.1`, ...head])
      return [target, status]
    }),
  )

  expectHere(statuses.filter(([, status]) => status !== 400)).toEqual([])
  expectHere(api.received).toEqual([])
  expectHere((await new Browser().script(`${site.origin}/api/x`)).status).toBe(401)
})
