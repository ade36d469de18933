import assert from 'node:assert/strict'
import { isPreviewOrigin, previewOriginFault } from '../../src/previews/origins.ts'
import { textTarget, type FuzzTarget } from './target.ts'

const ALLOWED = ['https://*.preview.example.com', 'https://shop-*-contoso.vercel.app']
const WORDS = [
  'https://',
  'http://',
  'blob:',
  '/',
  '\\',
  '@',
  ':',
  ':443',
  '.',
  '%2e',
  '\u3002',
  '*',
  '?',
  '#',
  '-',
  '\t',
  '\0',
  'evil.com',
  '.evil.com',
  'pr-7',
  '.preview.example.com',
  'shop-',
  '-contoso.vercel.app',
  'xn--',
]

export const previewOriginTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'preview-origins/one-label',
    corpus: 'preview-origins',
    words: WORDS,
    runs: 3000,
    check(value) {
      if (!isPreviewOrigin(value, ALLOWED)) return
      const { protocol, hostname, href } = new URL(value)
      assert.equal(protocol, 'https:')
      // Nothing else of a URL is accepted.
      assert.equal(href, `https://${hostname}/`)
      assert.equal(value, `https://${hostname}`)
      assert.match(hostname, /^[^.]+\.preview\.example\.com$|^shop-[^.]+-contoso\.vercel\.app$/)
    },
  }),
  textTarget({
    name: 'preview-origins/option',
    corpus: 'preview-origins',
    words: WORDS,
    runs: 1000,
    check(value) {
      if (previewOriginFault(value) !== undefined) return
      // An origin without a wildcard allows itself and nothing else.
      if (!value.includes('*')) assert.ok(isPreviewOrigin(value, [value]))
      const labels = new URL(value.replace('*', 'x')).hostname.split('.')
      assert.ok(!isPreviewOrigin('https://evil.com', [value]) || value === 'https://evil.com')
      if (value.includes('*')) assert.ok(labels.length > 2 || labels.at(-1) === 'localhost')
    },
  }),
]
