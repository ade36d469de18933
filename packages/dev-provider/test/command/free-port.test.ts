import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { appAddress } from '../../src/command/app-address.js'
import { freePort } from '../../src/command/free-port.js'

test.for(['127.0.0.1', '::1', '::'])('a port that is in use at %s is not free', async (host) => {
  const server = createServer().listen(0, host)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo

  expect(await freePort(port)).toBeGreaterThan(port)

  await new Promise((resolve) => server.close(resolve))
  expect(await freePort(port)).toBe(port)
})

test('PORT decides where an app listens', async ({ onTestFinished }) => {
  const before = process.env['PORT']
  onTestFinished(() => {
    if (before === undefined) delete process.env['PORT']
    else process.env['PORT'] = before
  })
  process.env['PORT'] = '4567'

  expect(await appAddress(undefined)).toEqual({
    origin: 'http://localhost:4567',
    redirectUri: 'http://localhost:4567/redirect',
    variables: { PORT: '4567' },
  })
  process.env['PORT'] = 'many'
  await expect(appAddress(undefined)).rejects.toThrow("PORT is 'many'")
})
