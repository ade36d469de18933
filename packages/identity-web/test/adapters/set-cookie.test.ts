import { ResponseCookies } from 'next/dist/compiled/@edge-runtime/cookies/index.js'
import { describe, expect, test } from 'vitest'
import { toHttpResponseInit } from '../../src/adapters/azure-functions/response.ts'
import { parseSetCookie } from '../../src/adapters/base/set-cookie.ts'
import { setCookie, type CookieAttributes } from '../../src/session/cookies.ts'

// Hosts that do not take a `Set-Cookie` header must not lose an attribute.

/** All attributes that a cookie can have, so that the type checker finds a new one here. */
const ALL: Required<CookieAttributes> & { readonly maxAge: number } = {
  path: '/app',
  secure: true,
  sameSite: 'None',
  domain: 'contoso.com',
  partitioned: true,
  transient: false,
  maxAge: 60,
}
const attributesOf = (header: string): string[] => header.toLowerCase().split('; ').toSorted()

describe('a cookie in parts', () => {
  test('has every attribute again when Next.js writes it', () => {
    const header = setCookie('identity', '1.AAAA', ALL)
    const cookies = new ResponseCookies(new Headers())

    cookies.set(parseSetCookie(header) as never)

    const [written = ''] = cookies.toString().split(/, (?=\w+=)/)
    const withoutExpires = attributesOf(written).filter((each) => !each.startsWith('expires='))
    expect(withoutExpires).toEqual(attributesOf(header))
  })

  test('has every attribute that Azure Functions knows', () => {
    const header = setCookie('identity', '1.AAAA', { ...ALL, partitioned: false })

    const { cookies } = toHttpResponseInit(
      new Response(null, { headers: { 'set-cookie': header } }),
    )

    expect(cookies).toEqual([
      {
        name: 'identity',
        value: '1.AAAA',
        path: '/app',
        secure: true,
        httpOnly: true,
        sameSite: 'None',
        domain: 'contoso.com',
        maxAge: 60,
      },
    ])
  })

  test('has attributes that the parser does not know', () => {
    expect(
      parseSetCookie(
        'a=b=c; Priority=High; Future; Secure=1; HttpOnly=1; expires=Thu, 01 Jan 1970 00:00:00 GMT',
      ),
    ).toEqual({
      name: 'a',
      value: 'b=c',
      priority: 'High',
      future: true,
      secure: true,
      httpOnly: true,
      expires: new Date(0),
    })
  })
})
