import { describe, expect, test, expectNoWayIn } from './guarded-api.ts'

describe('an API whose provider never answered', () => {
  test.for(['metadata', 'keys'] as const)(
    'rejects every request without its %s',
    async (endpoint, { open, alexs, provider }) => {
      const api = await open()
      const token = await alexs()
      provider.behave({ faults: { [endpoint]: { kind: 'status', status: 500 } } })

      const reply = await api.call('/any', token)

      expect(reply.status).toBe(503)
      expect(reply.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(reply.body).toEqual({ error: 'provider_unavailable' })
      expectNoWayIn(api, reply, token)
    },
  )
})
