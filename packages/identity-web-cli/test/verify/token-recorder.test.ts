import { expect, test } from 'vitest'
import { TokenRecorder, urlOf } from '../../src/commands/verify/token-recorder.js'

const URL = 'https://provider.example/token'
const request = { method: 'POST', body: 'grant_type=refresh_token' }

test('keeps the last hundred token requests', async () => {
  let count = 0
  const recorder = new TokenRecorder(
    () => Promise.resolve(Response.json({ count: ++count })),
    () => undefined,
  )

  for (let index = 0; index < 150; index++) await recorder.fetch(URL, request)

  expect(recorder.exchanges).toHaveLength(100)
  expect(recorder.last('refresh_token')?.response).toEqual({ count: 150 })
})

test('reads only the start of a response without an end', async () => {
  const chunk = new Uint8Array(64_000).fill(32)
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })
  const recorder = new TokenRecorder(
    () => Promise.resolve(new Response(endless)),
    () => undefined,
  )

  const response = await recorder.fetch(URL, request)

  expect((await response.text()).length).toBeLessThan(2_000_000)
})

test('keeps the metadata of the first issuer, also if the path of its keys looks alike', async () => {
  const recorder = new TokenRecorder(
    (input) => Promise.resolve(Response.json({ issuer: urlOf(input) })),
    () => undefined,
  )
  const issuers = ['https://app.example', 'https://api.example']
  const urls = issuers.map((issuer) => `${issuer}/.well-known/openid-configuration?appid=1`)

  for (const url of ['https://app.example/.well-known/jwks.json', ...urls])
    await recorder.fetch(url)

  expect(recorder.metadata).toEqual({ issuer: urls[0] })
})
