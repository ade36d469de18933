import assert from 'node:assert/strict'
import { resolveForward } from '../../src/options/resolve-forward.ts'
import { ForwardFailure } from '../../src/web/forward/failure.ts'
import { toUpstreamPath } from '../../src/web/forward/path.ts'
import { textTarget, type FuzzTarget } from './target.ts'

const WORDS = [
  '/',
  '//',
  '\\',
  '.',
  '..',
  ';',
  ';x=1',
  '%2e',
  '%2E',
  '%2f',
  '%5c',
  '%20',
  '%61',
  '%25',
  '%32',
  '%65',
  '%00',
  '%0d%0a',
  '%c0%ae',
  '%ef%bc%8e',
  '%zz',
  '?',
  '#',
  '@',
  ':',
  '\t',
  '\r\n',
  '\0',
  ' ',
  'files',
  'admin',
  'a',
  'http://evil.example',
  '\u00e9',
  '\uFF0E',
]

const TARGET = 'https://api.example.com'
const all = resolveForward('/api', { target: `${TARGET}/v1`, token: 'none' })
const some = resolveForward('/api', { target: `${TARGET}/v1`, token: 'none', paths: ['/files/**'] })

/** Returns the path as a server finds its resource that decodes it, knows backslashes, and removes parameters and spaces. */
function asServersRead(path: string, decodings: number): string {
  let read = path
  for (let round = 0; round < decodings; round++) {
    read = read.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }
  const segments: string[] = []
  for (const segment of read.replaceAll('\\', '/').split('/').slice(1)) {
    const name = segment.split(';', 1)[0] ?? ''
    if (/^\.\. *$/.test(name)) segments.pop()
    else if (!/^\. *$/.test(name)) segments.push(name)
  }
  return `/${segments.join('/')}`
}

function assertStays(url: string, below: string, settings = all): void {
  let pathAndQuery: string
  try {
    ;({ pathAndQuery } = toUpstreamPath(settings, url))
  } catch (error) {
    assert.ok(error instanceof ForwardFailure)
    assert.ok(error.status === 400 || error.status === 404)
    return
  }
  // It can be sent, and means the same to the parser of URLs.
  assert.match(pathAndQuery, /^\/[!-~]*$/)
  const built = new URL(TARGET + pathAndQuery)
  assert.equal(built.origin, TARGET)
  const [path = ''] = pathAndQuery.split('?', 1)
  assert.equal(built.pathname, path)
  // `auth.forward()` and the middleware of the application compare the path without decoding it.
  for (const [encoded] of path.matchAll(/%[0-7][\da-f]/gi)) {
    assert.doesNotMatch(decodeURIComponent(encoded), /[\w.~-]/, `${url} has needless ${encoded}`)
  }
  for (const decodings of [0, 1, 2]) {
    const read = asServersRead(path, decodings)
    assert.ok(read === below || read.startsWith(`${below}/`), `${url} becomes ${read}`)
    assert.ok(!read.slice(0, -1).includes('//'), `${url} becomes ${read}`)
  }
}

export const forwardPathTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'forward-paths/below-target',
    corpus: 'forward-paths',
    words: WORDS,
    runs: 3000,
    check: (rest) => assertStays(`/api${rest}`, '/v1'),
  }),
  textTarget({
    name: 'forward-paths/below-pattern',
    corpus: 'forward-paths',
    words: WORDS,
    runs: 2000,
    check: (rest) => assertStays(`/api/files${rest}`, '/v1/files', some),
  }),
  textTarget({
    name: 'forward-paths/any-url',
    corpus: 'forward-paths',
    words: WORDS,
    runs: 1000,
    check: (url) => assertStays(url, '/v1'),
  }),
]
