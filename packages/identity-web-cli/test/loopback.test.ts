import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { listenAt } from '../src/loopback/loopback-server.js'
import { unusedPort } from './support/servers.js'

const respond = (): Promise<Response> => Promise.resolve(new Response('ours'))

test.for(['127.0.0.1', '::1'])(
  'does not listen if another program has the address %s of localhost',
  async (address) => {
    const port = await unusedPort()
    const other = createServer((_request, response) => response.end('theirs'))
    await new Promise<void>((done) => other.listen(port, address, done))

    const listening = listenAt(new URL(`http://localhost:${port}/redirect`), respond)

    await expect(listening).rejects.toThrow(`Port ${port} is in use.`)
    other.close()
    // The other address is free again.
    const own = await listenAt(new URL(`http://localhost:${port}/redirect`), respond)
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      expect(await (await fetch(`http://${host}:${port}/`)).text()).toContain(
        host === 'localhost' ? 'ours' : 'Open http://localhost',
      )
    }
    own.close()
  },
)
