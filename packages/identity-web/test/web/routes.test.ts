import { describe, expect, test } from 'vitest'
import { createRoute, type WireRequest, type RouteRequest } from '../../src/web/http/routes.ts'
import type { SitePages } from '../../src/web/http/services.ts'

// The requests of servers whose parsers are more lenient than a browser.

/** Runs a route, and returns the request that it read, or else the response. */
async function read(given: Partial<WireRequest>): Promise<RouteRequest | Response> {
  let request: RouteRequest | undefined
  const route = createRoute({ pages: {} as SitePages }, async (_, found) => {
    request = found
    return new Response()
  })
  const response = await route({
    method: 'GET',
    url: '/redirect',
    header: () => undefined,
    readBody: async () => '',
    ...given,
  })
  return request ?? response
}

describe('the URL of a request to a route', () => {
  test.each([
    ['//evil.example/redirect?code=1', 'http://localhost/evil.example/redirect?code=1'],
    ['/\\evil.example/', 'http://localhost/evil.example/'],
    ['/\t/evil.example', 'http://localhost/evil.example'],
    ['//[', 'http://localhost/['],
    ['', 'http://localhost/'],
  ])('%j keeps the fixed host', async (url, expected) => {
    expect(await read({ url })).toMatchObject({ url: expected })
  })

  test('has a query of its own', async () => {
    expect(await read({ url: '/redirect?code=a&state=b' })).toMatchObject({
      query: '?code=a&state=b',
    })
    expect(await read({})).toMatchObject({ query: '' })
  })
})

describe('the body of a request to a route', () => {
  test('is a form', async () => {
    const request = (await read({ method: 'POST', readBody: async () => 'a=1' })) as RouteRequest

    expect(request.readForm()?.get('a')).toBe('1')
  })

  test('is read only for POST', async () => {
    const request = (await read({ method: 'PUT', readBody: async () => 413 })) as RouteRequest

    expect(request.readForm()).toBeUndefined()
  })

  test.each([400, 413] as const)('that cannot be read is the response %i', async (status) => {
    expect(await read({ method: 'POST', readBody: async () => status })).toMatchObject({ status })
  })
})

test.each(['CONNECT', 'TRACE', 'TRACK'])('%s is not allowed', async (method) => {
  const response = (await read({ method })) as Response

  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD, POST')
})
