import { describe, expect, test, expectNoAccess } from './guarded-api.ts'

describe('an API whose provider never responded', () => {
  test.for(['metadata', 'keys'] as const)(
    'rejects every request without its %s',
    async (endpoint, { open, alexToken, provider }) => {
      const api = await open()
      const token = await alexToken()
      provider.behave({ faults: { [endpoint]: { kind: 'status', status: 500 } } })

      const response = await api.call('/any', token)

      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(response.body).toEqual({ error: 'provider_unavailable' })
      expectNoAccess(api, response, token)
    },
  )
})
