import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimsOf, parseChallenges } from '../../src/client/challenges.ts'

/** Returns challenges as plain values. */
const parsed = (header: string): unknown[] =>
  parseChallenges(header).map(({ scheme, token68, parameters }) => [
    scheme,
    token68 ?? Object.fromEntries(parameters),
  ])

describe('parseChallenges', () => {
  test.each<[string, unknown[]]>([
    ['Bearer', [['bearer', {}]]],
    ['bEARER rEALM="X"', [['bearer', { realm: 'X' }]]],
    ['Bearer realm=""', [['bearer', { realm: '' }]]],
    ['Bearer realm="a, b=c, Basic"', [['bearer', { realm: 'a, b=c, Basic' }]]],
    [
      String.raw`Bearer realm="say \"hi\" \\ \x"`,
      [['bearer', { realm: String.raw`say "hi" \ x` }]],
    ],
    ['Bearer error=invalid_token', [['bearer', { error: 'invalid_token' }]]],
    ['Bearer\ta = "1" ,\tb\t=\t2', [['bearer', { a: '1', b: '2' }]]],
    [',, Bearer a=1,, ,b=2 ,', [['bearer', { a: '1', b: '2' }]]],
    ['Bearer a=1, A="2"', [['bearer', { a: '1' }]]],
    ['Negotiate YWJj/+-._~==', [['negotiate', 'YWJj/+-._~==']]],
    [
      'Negotiate abc , Basic realm="x"',
      [
        ['negotiate', 'abc'],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'NTLM, Negotiate, Bearer a=1',
      [
        ['ntlm', {}],
        ['negotiate', {}],
        ['bearer', { a: '1' }],
      ],
    ],
    [
      'Basic realm="a", charset="UTF-8", Bearer realm="b", error="x", Digest c=1',
      [
        ['basic', { realm: 'a', charset: 'UTF-8' }],
        ['bearer', { realm: 'b', error: 'x' }],
        ['digest', { c: '1' }],
      ],
    ],
    [
      'Bearer __proto__=1, constructor=2',
      [['bearer', JSON.parse('{"__proto__":"1","constructor":"2"}')]],
    ],
  ])('reads %s', (header, challenges) => {
    expect(parsed(header)).toEqual(challenges)
  })

  test.each<[string, unknown[]]>([
    ['', []],
    [' , ,', []],
    ['a="1", Bearer b=2', [['bearer', { b: '2' }]]],
    ['"Bearer", x, y=1', [['x', { y: '1' }]]],
    ['Bearer a="1', [['bearer', {}]]],
    ['Bearer a="1\\', [['bearer', {}]]],
    ['Bearer a=1, b="2, Basic realm="x"', [['bearer', { a: '1', b: '2, Basic realm=' }]]],
    ['Bearer a=x"y", b=2', [['bearer', {}]]],
    ['Bearer a="1" b="2"', [['bearer', { a: '1', b: '2' }]]],
    ['Bearer a="1"junk, b=2', [['bearer', { a: '1', b: '2' }]]],
    ['Bearer @"no, Basic", b=2', [['bearer', { b: '2' }]]],
    ['Bearer @"no, Basic\\', [['bearer', {}]]],
    ['Bearer two words, b=2', [['bearer', { b: '2' }]]],
  ])('keeps the valid parts of the malformed header %s', (header, challenges) => {
    expect(parsed(header)).toEqual(challenges)
  })

  test('parses each header that a serializer writes', () => {
    const token = fc.string({ unit: fc.constantFrom('a', 'B', '-', '!', '1'), minLength: 1 })
    const value = fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', '=', ' ', 'é') })
    const challenge = fc.record({ scheme: token, parameters: fc.dictionary(token, value) })
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
        const expected = challenges.map(({ scheme, parameters }) => {
          const lower = new Map<string, string>()
          for (const [name, text] of Object.entries(parameters)) {
            if (!lower.has(name.toLowerCase())) lower.set(name.toLowerCase(), text)
          }
          return { scheme: scheme.toLowerCase(), parameters: lower }
        })
        const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
        const header = challenges
          .map(({ scheme, parameters }) => {
            const list = Object.entries(parameters).map(([name, text]) => `${name}=${quote(text)}`)
            return `${scheme} ${list.join(', ')}`.trimEnd()
          })
          .join(', ')

        expect(parseChallenges(header)).toEqual(expected)
      }),
    )
  })

  test('does not throw for any header', () => {
    const pieces = ['"', '\\', ',', '=', ' ', '\t', 'a', 'Bearer ', 'claims="', 'é', '\0', '{', '/']
    const hostile = fc.oneof(
      fc.string({ unit: fc.constantFrom(...pieces), maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
    )
    fc.assert(
      fc.property(hostile, (header) => {
        for (const { scheme, parameters } of parseChallenges(header)) {
          expect(scheme).toMatch(/^[^\s,="]+$/)
          for (const name of parameters.keys()) expect(name).toMatch(/^[^\s,="]+$/)
        }
        claimsOf(header)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    '"',
    '\\',
    'a',
    'a ',
    ' ',
    ',',
    '=',
    'a=',
    'a="',
    'a="\\',
    '/',
    'a /',
    '@"',
    '"\\"',
    'a,',
  ])('reads many repetitions of %j in linear time, and cuts them off', (piece) => {
    const header = `Bearer ${piece.repeat(1_000_000)}`
    const started = performance.now()

    const challenges = parseChallenges(header)

    expect(performance.now() - started).toBeLessThan(250)
    expect(challenges.length).toBeLessThan(8192)
  })
})

describe('claimsOf', () => {
  const claims =
    '{"access_token":{"nbf":{"essential":true,"value":"1604106651"},"näme":{"value":"???>>>x"}}}'
  const base64 = Buffer.from(claims).toString('base64')
  const base64url = Buffer.from(claims).toString('base64url')

  test('reads the challenge of continuous access evaluation', () => {
    const header = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="1", error="insufficient_claims", claims="${base64}"`

    expect(claimsOf(header)).toEqual(JSON.parse(claims))
  })

  test.each([
    ['base64', `"${base64}"`],
    ['base64 without padding', `"${base64.replace(/=+$/, '')}"`],
    ['base64url', `"${base64url}"`],
    ['base64 without quotes', base64],
    ['JSON', JSON.stringify(claims)],
    ['base64 in several lines', `"${base64.slice(0, 20)} ${base64.slice(20)}"`],
  ])('reads %s', (_, value) => {
    expect(base64).toMatch(/=$/)
    expect(base64url).toMatch(/[-_]/)
    expect(claimsOf(`Bearer error=insufficient_claims, claims=${value}`)).toEqual(
      JSON.parse(claims),
    )
  })

  test.each([
    ['a PoP token', `PoP error="insufficient_claims", claims="${base64}"`],
    ['no error', `Bearer claims="${base64}"`],
    ['another error', `Bearer error="invalid_token", claims="${base64}"`],
    ['another challenge before', `Basic realm="x", Bearer claims="${base64}"`],
    ['a Bearer challenge without claims before', `Bearer realm="x", Bearer claims="${base64}"`],
    ['other letters', `BEARER ERROR="insufficient_claims", CLAIMS="${base64}"`],
  ])('reads a challenge with %s', (_, header) => {
    expect(claimsOf(header)).toEqual(JSON.parse(claims))
  })

  test('uses the first of several challenges', () => {
    const other = Buffer.from('{"id_token":{}}').toString('base64')

    expect(claimsOf(`Bearer claims="${base64}", Bearer claims="${other}"`)).toEqual(
      JSON.parse(claims),
    )
  })

  test.each([
    ['nothing', null],
    ['an empty header', ''],
    ['no claims', 'Bearer error="insufficient_claims"'],
    ['another scheme', `Basic error="insufficient_claims", claims="${base64}"`],
    ['the claims of another scheme', `Bearer error="insufficient_claims", DPoP claims="${base64}"`],
    ['no base64', 'Bearer claims="%%%"'],
    ['no JSON', `Bearer claims="${btoa('hello')}"`],
    ['an array', `Bearer claims="${btoa('[{}]')}"`],
    ['null', `Bearer claims="${btoa('null')}"`],
    ['half of JSON', String.raw`Bearer claims="{\"a\":"`],
    ['no UTF-8', `Bearer claims="${btoa('{"a":"\xFF"}')}"`],
    ['JSON with quotes in quotes', `Bearer claims="${claims}"`],
    ['claims that are cut off', `Bearer claims="${btoa(`{"a":"${'x'.repeat(9000)}"}`)}"`],
  ])('returns undefined for %s', (_, header) => {
    expect(claimsOf(header)).toBeUndefined()
  })
})
