import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../support/port.ts'
import type { ProvenClient } from './proof.ts'
import { CLIENT_ID, type World } from './world.ts'

// Programs print the URL of the sign-in, and wait at a loopback port for its end.

/** `@modelcontextprotocol/inspector --cli`, a process for each call. */
export const inspector: ProvenClient = {
  name: '@modelcontextprotocol/inspector',
  async start(world, { node, packages }) {
    const home = mkdtempSync(join(tmpdir(), 'mcp-inspector-'))
    const program = join(
      packages,
      '@modelcontextprotocol/inspector/clients/launcher/build/index.js',
    )
    const port = await freePort()
    return {
      async call(name, args, user) {
        const child = spawn(
          node,
          [
            program,
            '--cli',
            world.office.href,
            '--transport',
            'http',
            '--client-id',
            CLIENT_ID,
            '--callback-url',
            `http://127.0.0.1:${port}/oauth/callback`,
            '--method',
            'tools/call',
            '--tool-name',
            name,
            ...Object.entries(args).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]),
          ],
          {
            env: {
              ...process.env,
              HOME: home,
              BROWSER: 'true',
              MCP_AUTO_OPEN_ENABLED: 'true',
              MCP_INSPECTOR_SECRET_KEY: 'a'.repeat(64),
            },
          },
        )
        // It asks before a step-up.
        child.stdin.write('y\n')
        return outputAfterSignIn(child, world, user)
      },
      close: async () => rmSync(home, { recursive: true, force: true }),
    }
  },
}

/** `mcp-remote`, which passes messages from its standard input to the server. */
export const mcpRemote: ProvenClient = {
  name: 'mcp-remote',
  async start(world, { node, packages }) {
    const home = mkdtempSync(join(tmpdir(), 'mcp-remote-'))
    const child = spawn(
      node,
      [
        join(packages, 'mcp-remote/dist/proxy.js'),
        world.office.href,
        String(await freePort()),
        '--static-oauth-client-info',
        JSON.stringify({ client_id: CLIENT_ID }),
      ],
      { env: { ...process.env, HOME: home, MCP_REMOTE_CONFIG_DIR: home, BROWSER: 'true' } },
    )
    const messages = new Messages(child, world)
    let id = 0
    const request = (method: string, params: object, user: string): Promise<string> =>
      messages.request({ jsonrpc: '2.0', id: ++id, method, params }, user)
    let isInitialized = false
    return {
      async call(name, args, user) {
        if (!isInitialized) {
          const clientInfo = { name: 'proof', version: '1.0.0' }
          const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo }
          await request('initialize', params, user)
          messages.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
          isInitialized = true
        }
        return request('tools/call', { name, arguments: args }, user)
      },
      async close() {
        child.kill()
        rmSync(home, { recursive: true, force: true })
      },
    }
  },
}

/** Waits for the end of a program, and signs in at each URL that it prints. */
async function outputAfterSignIn(
  child: ChildProcessWithoutNullStreams,
  world: World,
  user: string,
): Promise<string> {
  let text = ''
  let errors = ''
  const opened = new Set<string>()
  const read = (): void => void signInAtNew(`${text}\n${errors}`, { opened, world, user })
  child.stdout.on('data', (chunk: Buffer) => ((text += String(chunk)), read()))
  child.stderr.on('data', (chunk: Buffer) => ((errors += String(chunk)), read()))
  const timer = setTimeout(() => child.kill(), 180_000)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(timer)
  if (code !== 0) throw new Error(`It ended with ${code}: ${errors.slice(-400)}`)
  return text
}

interface RpcRequest {
  readonly jsonrpc: '2.0'
  readonly id: number
  readonly method: string
  readonly params: object
}

/** The messages of a program that speaks JSON-RPC on its standard streams. */
class Messages {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting = new Map<number, (message: string) => void>()
  readonly #opened = new Set<string>()
  readonly #world: World
  #user = ''
  #errors = ''
  #output = ''

  constructor(child: ChildProcessWithoutNullStreams, world: World) {
    this.#child = child
    this.#world = world
    child.stdout.on('data', (chunk: Buffer) => this.#read(String(chunk)))
    child.stderr.on('data', (chunk: Buffer) => {
      this.#errors += String(chunk)
      void signInAtNew(this.#errors, { opened: this.#opened, world: this.#world, user: this.#user })
    })
  }

  send(message: object): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`)
  }

  request(message: RpcRequest, user: string): Promise<string> {
    this.#user = user
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`No response: ${this.#errors.slice(-400)}`)),
        180_000,
      )
      this.#waiting.set(message.id, (text) => {
        clearTimeout(timer)
        resolve(text)
      })
      this.send(message)
    })
  }

  #read(chunk: string): void {
    this.#output += chunk
    const lines = this.#output.split('\n')
    this.#output = lines.pop() ?? ''
    for (const line of lines.filter((text) => text.startsWith('{'))) {
      const { id } = JSON.parse(line) as { id?: number }
      if (id !== undefined) this.#waiting.get(id)?.(line)
    }
  }
}

interface Visits {
  readonly opened: Set<string>
  readonly world: World
  readonly user: string
}

/** Opens the URLs of sign-ins that a program has printed. Chromium delivers the end to the program's own port. */
async function signInAtNew(text: string, { opened, world, user }: Visits): Promise<void> {
  for (const [url] of text.matchAll(/https?:\/\/\S+\/authorize\?\S+(?=\s)/g)) {
    if (opened.has(url)) continue
    opened.add(url)
    // The program reports what does not arrive.
    await world.signIn(url, user).catch(() => undefined)
  }
}
