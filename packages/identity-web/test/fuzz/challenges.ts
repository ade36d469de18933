import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { toPlainString, microsoftCodesIn } from '../../src/text.ts'
import { claimsOf, parseChallenges } from '../../src/client/challenges.ts'
import { claimsFromOutside, mergeClaims } from '../../src/client/claims-request.ts'
import { providerError } from '../../src/client/provider-error.ts'
import {
  grantedNames,
  groupScopes,
  includesAll,
  parseScopes,
  scopesOf,
  scopesOfOneResource,
} from '../../src/client/scopes.ts'
import type { ClaimsRequest } from '../../src/errors.ts'
import { onlyIdentityError, textTarget, valueTarget, type FuzzTarget } from './target.ts'

const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true })

const member = fc.oneof(
  fc.constant(null),
  fc.constantFrom(true, 1, 'c1'),
  record({ value: fc.constantFrom('c1', 'c2') }),
  record({ values: fc.uniqueArray(fc.constantFrom('c1', 'c2', 'c3'), { maxLength: 3 }) }),
  record({ essential: fc.boolean() }),
)
const names = fc.constantFrom(
  'acrs',
  'nbf',
  'xms_cc',
  '__proto__',
  'constructor',
  'value',
  'values',
)
const claims: fc.Arbitrary<ClaimsRequest> = fc.dictionary(
  fc.constantFrom('id_token', 'access_token', 'userinfo', '__proto__'),
  fc.oneof(fc.dictionary(names, member, { maxKeys: 4, noNullPrototype: true }), member),
  { maxKeys: 3, noNullPrototype: true },
)

const scope = fc.oneof(
  fc.constantFrom(
    'openid',
    'User.Read',
    'https://graph.microsoft.com/User.Read',
    'api://todos/Read',
  ),
  fc.constantFrom(
    '.default',
    'https://host//.default',
    '/',
    '//',
    'a/',
    '/a',
    'OPENID',
    'https://',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll(/\s/g, '') || 'x'),
)

export const challengeTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'challenges/www-authenticate',
    corpus: 'challenges',
    words: [
      'Bearer ',
      'Basic ',
      ', ',
      ',',
      '=',
      ' = ',
      '"',
      '\\',
      '\\"',
      'claims=',
      'claims="',
      'a=b',
      'error="insufficient_claims"',
      'eyJhIjoxfQ==',
      '{}',
      '\t',
      'Negotiate abc==',
      'a=',
      '""',
    ],
    runs: 2000,
    check(header) {
      const challenges = parseChallenges(header)
      for (const { scheme, parameters } of challenges) {
        assert.equal(scheme, scheme.toLowerCase())
        for (const value of parameters.values()) assert.ok(value.length <= 8192)
      }
      assertClaims(claimsOf(header))
    },
  }),
  textTarget({
    name: 'challenges/claims',
    corpus: 'claims',
    words: ['{', '}', '"', ':', ',', '"access_token"', '"__proto__"', 'null', '[', ']', '"values"'],
    runs: 1000,
    check(text) {
      const read = claimsFromOutside(text)
      assertClaims(read)
      const merged = mergeClaims(read, { access_token: { xms_cc: { values: ['cp1'] } } }, read)
      assert.equal(Object.getPrototypeOf(merged ?? {}), Object.prototype)
      assert.equal(({} as { polluted?: unknown }).polluted, undefined)
      JSON.stringify(merged)
    },
  }),
  valueTarget({
    name: 'challenges/merge',
    arbitrary: fc.tuple(claims, claims, claims),
    runs: 1000,
    check([one, two, three]) {
      const before = JSON.stringify([one, two, three])
      const merged = mergeClaims(one, two, three)
      assert.equal(JSON.stringify([one, two, three]), before, 'an argument was changed')
      assert.deepEqual(merged, mergeClaims(mergeClaims(one, two), three))
      assert.deepEqual(mergeClaims(merged, merged), merged)
      assert.deepEqual(mergeClaims(undefined, one), one)
      const asked = new Set([one, two, three].flatMap((request) => Object.keys(request)))
      assert.deepEqual(new Set(Object.keys(merged ?? {})), asked)
    },
  }),
  textTarget({
    name: 'errors/description',
    corpus: 'error-descriptions',
    words: [
      'AADSTS',
      'AADSTS50076',
      'AADB2C90118',
      'Correlation ID: ',
      '\r\n',
      '0',
      '-',
      ' ',
      'Trace ID: ',
      'secret-value',
      'error',
      '@',
      'alex@example.com',
      '\u202E',
      'a.',
      '🙂',
      'x'.repeat(40),
    ],
    runs: 1000,
    async check(text) {
      const secrets = ['secret-value']
      const error = providerError(
        'the sign-in',
        {
          error: text,
          error_description: text,
          suberror: text,
          correlation_id: text,
          claims: text,
          error_codes: [text, 50076, -1, 1e21, Number.NaN],
        },
        { secrets },
      )
      assert.ok(error.message.length < 600, `message of ${error.message.length} characters`)
      assert.ok(!error.message.includes('secret-value'))
      // oxlint-disable-next-line no-control-regex
      assert.doesNotMatch(error.message, /[\u0000-\u001F\u007F]/)
      assert.ok(error.status >= 400 && error.status < 600)
      for (const code of microsoftCodesIn(text)) assert.match(code, /^AAD(STS|B2C)\d+$/)
      for (const length of [60, 300]) {
        assert.ok((toPlainString(text, secrets, length) ?? '').length <= length + 2)
      }
    },
  }),
  textTarget({
    name: 'scopes/parse',
    corpus: 'scopes',
    words: [
      ' ',
      '\t',
      '/',
      '//',
      '.default',
      'openid',
      'api://',
      'https://graph.microsoft.com/',
      'a',
    ],
    runs: 500,
    async check(text) {
      const scopes = parseScopes(text)
      assert.deepEqual(parseScopes(scopes.join(' ')), scopes)
      for (const prefixed of [true, false]) {
        const groups = groupScopes(scopes, prefixed)
        const { value, error } = await onlyIdentityError(() =>
          scopesOfOneResource(scopes, prefixed),
        )
        assert.equal(error === undefined, groups.length <= 1)
        if (value !== undefined) grantedNames(text, value, prefixed)
        assert.ok(includesAll(scopes, scopes))
      }
    },
  }),
  valueTarget({
    name: 'scopes/round-trip',
    arbitrary: fc.array(scope, { maxLength: 6 }),
    runs: 500,
    check(scopes) {
      const parsed = parseScopes(scopes)
      assert.deepEqual(parseScopes(parsed.join(' ')), parsed)
      for (const { resource, names: own, scopes: asked } of groupScopes(parsed, true)) {
        if (own.some((name) => name === '')) continue
        const again = scopesOf({
          resource,
          scopes: own,
          token: 't',
          expiresAt: 1,
          type: 'Bearer',
        } as never)
        // A token is found again by the scopes that it is refreshed with.
        const [found] = groupScopes(again.scopes, true)
        if (!asked.some((name) => name.includes('.default'))) {
          assert.deepEqual(found?.names ?? [], again.scopes.length === 0 ? [] : own)
        }
      }
    },
  }),
]

function assertClaims(request: ClaimsRequest | undefined): void {
  if (request === undefined) return
  assert.equal(Object.getPrototypeOf(request), Object.prototype)
  assert.ok(JSON.stringify(request).length < 16_384)
}
