import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import { startDevProvider } from '../src/index.js'
import { describe, expect, test as base, vi } from './support/fixtures.js'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('log', ({}) => [] as string[])
  .extend('secure', async ({ log }, { onCleanup }) => {
    const provider = await startDevProvider({ tls: true, errorLogger: (line) => log.push(line) })
    onCleanup(() => provider.close())
    return { provider, port: Number(new URL(provider.origin).port) }
  })

/** Clients that do not trust the certificate, each in a process without the authorities of this one. */
const CLIENTS = [
  [
    'Node.js',
    process.execPath,
    ['-e', 'await fetch(process.argv[1])'],
    'A client closed the connection',
  ],
  ['curl', 'curl', ['-sS'], 'A client does not trust the certificate'],
] as const

describe('a TLS connection that fails', () => {
  test('leads to the origin when the client used http', async ({ log, secure }) => {
    const { provider, port } = secure
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow('fetch failed')

    await vi.waitFor(() => expect(log).toHaveLength(1))
    expect(log[0]).toContain(
      `Set the authority of your app to a URL that starts with ${provider.origin}.`,
    )
  })

  test.for(CLIENTS)(
    'leads to the authority when %s does not trust it',
    async ([, program, args, cause], { log, secure }) => {
      const { PATH } = process.env
      const run = promisify(execFile)(program, [...args, secure.provider.origin], { env: { PATH } })
      await expect(run).rejects.toThrow('Command failed')

      await vi.waitFor(() => expect(log).toHaveLength(1))
      expect(log[0]).toContain(cause)
      expect(log[0]).toContain('NODE_EXTRA_CA_CERTS')
    },
  )

  test('writes each remedy once, and nothing for unknown bytes', async ({ log, secure }) => {
    for (let attempt = 0; attempt < 3; attempt++) {
      const socket = connect({ host: 'localhost', port: secure.port }, () =>
        socket.write(
          attempt === 2 ? '\u0000\u0001\u0002garbage that is not TLS' : 'GET / HTTP/1.1\r\n\r\n',
        ),
      )
      socket.on('error', () => {}).resume()
      await once(socket, 'close')
    }

    expect(log).toHaveLength(1)
  })
})

test('a trusted certificate does not lead to a line', async ({ log, secure }) => {
  const { port, provider } = secure
  const socket = connectTls({ host: 'localhost', port, ca: provider.certificate })
  await once(socket, 'secureConnect')
  socket.destroy()
  await once(socket, 'close')

  expect(log).toEqual([])
})
