import { describe, expect, TODO_URI, test, expectNoWayIn, expectRefused } from './guarded-api.ts'

describe('a token elsewhere', () => {
  test('in the URL is not looked at', async ({ open, alexs }) => {
    const api = await open()
    const token = await alexs()

    const reply = await api.call(`/any?access_token=${token}`)

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({})
    expect(reply.body).toMatchObject({
      error: 'unauthorized',
      error_description: expect.stringContaining('A token in the URL is ignored') as unknown,
    })
    expectNoWayIn(api, reply, token)
  })

  test.for(['?access_token=', '?x=1&access_token='])(
    'in the URL is one too many beside the header: %s',
    async (query, { open, alexs }) => {
      const api = await open()
      const token = await alexs()

      await expectRefused(api, token, 'two tokens', {
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
  ] as const)('in %s is not looked at', async ([, where], { open, alexs }) => {
    const api = await open()
    const token = await alexs()
    const init: RequestInit =
      'body' in where
        ? { method: 'POST', body: new URLSearchParams({ access_token: token }) }
        : { headers: { [where.header]: `access_token=${token}` } }

    const reply = await api.call('/any', undefined, init)

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({})
    expectNoWayIn(api, reply, token)
  })

  test('is none: the answer has no error, and the scope to ask for', async ({ open }) => {
    const api = await open()

    const reply = await api.call('/read')

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({ scope: `${TODO_URI}/Todos.Read` })
    expectNoWayIn(api, reply, '')
  })
})
