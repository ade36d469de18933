import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClaimsRequest } from '../../src/errors.ts'
import {
  authenticationContextClaims,
  capabilityClaims,
  claimsFromOutside,
  mergeClaims,
} from '../../src/client/claims-request.ts'

const merged = (...requests: readonly object[]): unknown =>
  mergeClaims(...(requests as readonly ClaimsRequest[]))

const parse = (json: string): ClaimsRequest => JSON.parse(json) as ClaimsRequest

describe('mergeClaims', () => {
  test('returns undefined without requests', () => {
    expect(mergeClaims()).toBeUndefined()
    expect(mergeClaims(undefined, undefined)).toBeUndefined()
  })

  test('returns the only request unchanged', () => {
    const request = { id_token: { auth_time: { essential: true } } }

    expect(mergeClaims(undefined, request, undefined)).toBe(request)
  })

  test('merges a claims challenge with the client capabilities', () => {
    const challenge = { access_token: { nbf: { essential: true, value: '1604106651' } } }
    const capability = capabilityClaims(['cp1']) ?? {}

    expect(merged(challenge, { id_token: { email: null } }, capability)).toEqual({
      access_token: { ...challenge.access_token, xms_cc: { values: ['cp1'] } },
      id_token: { email: null },
    })
  })

  test('combines values without duplicates', () => {
    const of = (...values: string[]): object => ({ access_token: { xms_cc: { values } } })

    expect(merged(of('cp1'), of('cp2', 'cp1'), of('cp3'))).toEqual(of('cp1', 'cp2', 'cp3'))
  })

  test('combines only values', () => {
    expect(merged({ a: ['x'] }, { a: ['y'] })).toEqual({ a: ['y'] })
  })

  test('replaces an earlier value with a later one', () => {
    const of = (acrs: object): object => ({ id_token: { acrs } })

    expect(merged(of({ essential: true, value: 'c1' }), of({ value: 'c2' }))).toEqual(
      of({ essential: true, value: 'c2' }),
    )
    expect(merged(of({ values: ['c1', 'c2'] }), of({ value: 'c3' }))).toEqual(of({ value: 'c3' }))
    expect(merged(of({ value: 'c3' }), of({ values: ['c1'] }))).toEqual(of({ values: ['c1'] }))
  })

  test('keeps the conditions of a claim if a later request has null', () => {
    const wish = { id_token: { auth_time: { essential: true } } }

    expect(merged(wish, { id_token: { auth_time: null } })).toEqual(wish)
    expect(merged({ id_token: { auth_time: null } }, wish)).toEqual(wish)
  })

  test('treats names such as __proto__ like any other name', () => {
    const evil = parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')

    const both = mergeClaims(evil, parse('{"__proto__":{"more":2},"toString":{"a":1}}'), {})

    expect(JSON.stringify(both)).toBe(
      '{"__proto__":{"polluted":1,"more":2},"constructor":{"prototype":{"polluted":1}},"toString":{"a":1}}',
    )
    expect({}).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('more')
  })

  test('keeps every claim, and does not change when merged again', () => {
    const name = fc.constantFrom('a', 'b', 'value', 'values', '__proto__', 'constructor')
    const leaf = fc.oneof(
      fc.constantFrom(null, 1, true, 'x'),
      fc.uniqueArray(fc.constantFrom('x', 'y')),
    )
    const { request } = fc.letrec<{ request: unknown; member: unknown }>((tie) => ({
      request: fc.dictionary(name, tie('member'), { maxKeys: 3 }),
      member: fc.oneof({ depthSize: 'small' }, leaf, tie('request')),
    }))
    fc.assert(
      fc.property(request, request, (a, b) => {
        const [first, second] = [a as ClaimsRequest, b as ClaimsRequest]
        const result = mergeClaims(first, second) ?? {}

        expect(mergeClaims(result, second)).toEqual(result)
        const names = Object.keys(result)
        const opposite = new Map([
          ['value', 'values'],
          ['values', 'value'],
        ])
        for (const key of Object.keys(b as object)) expect(names).toContain(key)
        for (const key of Object.keys(a as object)) {
          if (Object.hasOwn(b as object, opposite.get(key) ?? '')) continue
          expect(names).toContain(key)
        }
      }),
    )
  })
})

describe('claimsFromOutside', () => {
  test('parses a valid claims request', () => {
    expect(claimsFromOutside(' {"access_token": {}} ')).toEqual({ access_token: {} })
  })

  test.each(['', 'c1', '[]', 'null', '7', '{', undefined, null, 7, {}])('ignores %j', (text) => {
    expect(claimsFromOutside(text)).toBeUndefined()
  })

  test('ignores requests that are too long, and accepts deep requests that can be merged', () => {
    const nested = (depth: number): string => '{"a":'.repeat(depth) + '{}' + '}'.repeat(depth)
    const deep = nested(341)

    expect(claimsFromOutside(nested(342))).toBeUndefined()
    expect(claimsFromOutside(deep)).toEqual(parse(deep))
    expect(mergeClaims(parse(deep), parse(deep))).toEqual(parse(deep))
  })
})

test('capabilityClaims requests the client capabilities', () => {
  expect(capabilityClaims(['cp1'])).toEqual({ access_token: { xms_cc: { values: ['cp1'] } } })
  expect(capabilityClaims([])).toBeUndefined()
  expect(capabilityClaims(undefined)).toBeUndefined()
})

test('authenticationContextClaims requests one context or one of several', () => {
  expect(authenticationContextClaims(['c1'])).toEqual({
    id_token: { acrs: { essential: true, value: 'c1' } },
  })
  expect(authenticationContextClaims(['c1', 'c2'])).toEqual({
    id_token: { acrs: { essential: true, values: ['c1', 'c2'] } },
  })
})
