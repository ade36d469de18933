import { expect, test } from '../support/fixtures.ts'
import { openForward, startUpstream } from '../support/upstream.ts'

test('a method that is not in the option methods does not reach the API', async ({
  site,
  provider,
}) => {
  const api = await startUpstream()
  const browser = await openForward(site, provider, { target: api.origin, methods: ['GET'] })
  const send = (method: string): Promise<number> =>
    browser
      .script(`${site.origin}/api/x`, { method, headers: { origin: site.origin } })
      .then(({ status }) => status)

  expect(await Promise.all(['POST', 'DELETE', 'PUT'].map(send))).toEqual([405, 405, 405])
  expect(api.received).toEqual([])
  expect(await send('GET')).toBe(200)
})
