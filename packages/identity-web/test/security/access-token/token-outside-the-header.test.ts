import { describe, expect, TODO_URI, test, expectNoAccess, expectRejected } from './guarded-api.ts'

describe('a token outside the header', () => {
  test('in the URL is ignored', async ({ open, alexToken }) => {
    const api = await open()
    const token = await alexToken()

    const response = await api.call(`/any?access_token=${token}`)

    expect(response.status).toBe(401)
    expect(response.challenge).toEqual({})
    expect(response.body).toMatchObject({
      error: 'unauthorized',
      error_description: expect.stringContaining('A token in the URL is ignored') as unknown,
    })
    expectNoAccess(api, response, token)
  })

  test.for(['?access_token=', '?x=1&access_token='])(
    'in the URL is rejected when the header has one too: %s',
    async (query, { open, alexToken }) => {
      const api = await open()
      const token = await alexToken()

      await expectRejected(api, token, 'two tokens', {
        path: `/any${query}${token}` as '/any',
        status: 400,
        error: 'invalid_request',
      })
    },
  )

  test.for([
    ['a form', { method: 'POST' as const, body: true }],
    ['a cookie', { header: 'cookie' }],
    ['a header of a proxy', { header: 'x-forwarded-authorization' }],
    ['another header', { header: 'x-access-token' }],
  ] as const)('in %s is ignored', async ([, where], { open, alexToken }) => {
    const api = await open()
    const token = await alexToken()
    const init: RequestInit =
      'body' in where
        ? { method: 'POST', body: new URLSearchParams({ access_token: token }) }
        : { headers: { [where.header]: `access_token=${token}` } }

    const response = await api.call('/any', undefined, init)

    expect(response.status).toBe(401)
    expect(response.challenge).toEqual({})
    expectNoAccess(api, response, token)
  })

  test('counts as missing: the challenge contains the scope but not an error', async ({ open }) => {
    const api = await open()

    const response = await api.call('/read')

    expect(response.status).toBe(401)
    expect(response.challenge).toEqual({ scope: `${TODO_URI}/Todos.Read` })
    expectNoAccess(api, response, '')
  })
})
