import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../support/port.ts'
import type { ProvenClient } from './proof.ts'
import type { World } from './world.ts'

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
            ...(world.clientId === undefined ? [] : ['--client-id', world.clientId]),
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

/** A program that gets requests on its standard input. */
interface Agent {
  readonly name: string
  /** The program in the package. */
  readonly file: string
  args(world: World): readonly string[]
  /** Calls a tool, and returns what the program shows. */
  call(messages: Messages, tool: string, args: object): Promise<string>
  /** Asks for the URL of the sign-in, if the program does not print it itself. */
  signIn?(messages: Messages, shown: string, world: World): Promise<string>
}

function agentClient({ name, file, args, call, signIn }: Agent): ProvenClient {
  return {
    name,
    async start(world, { node, packages }) {
      const home = mkdtempSync(join(tmpdir(), 'mcp-agent-'))
      const child = spawn(node, [join(packages, name, file), ...args(world)], {
        cwd: home,
        // Not the account of whoever runs this program.
        env: { PATH: process.env['PATH'], HOME: home, CODEX_HOME: home, BROWSER: 'true' },
      })
      const messages = new Messages(child, world)
      return {
        async call(tool, values, user) {
          messages.user = user
          for (let time = 0; ; time++) {
            const shown = await call(messages, tool, values)
            if (time === 40 || !/not connected|requires auth|Auth required|scope/.test(shown))
              return shown
            // The program gets the token after Chromium has left.
            await (time === 0 ? signIn?.(messages, shown, world) : delay(250))
          }
        },
        async close() {
          child.stdin.end()
          child.kill()
          await once(child, 'close')
          rmSync(home, { recursive: true, force: true })
        },
      }
    },
  }
}

const INITIALIZE = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'proof', version: '1.0.0' },
}

/** `mcp-remote`, which passes messages from its standard input to the server. */
export const mcpRemote = agentClient({
  name: 'mcp-remote',
  file: 'dist/proxy.js',
  args: ({ clientId, office }) => [
    office.href,
    ...(clientId === undefined
      ? []
      : ['--static-oauth-client-info', JSON.stringify({ client_id: clientId })]),
  ],
  async call(messages, name, args) {
    await messages.call('initialize', INITIALIZE)
    return messages.call('tools/call', { name, arguments: args })
  },
})

// The protocols of the agents call tools without a model, and so without an account.

export const claudeCode = agentClient({
  name: '@anthropic-ai/claude-code',
  file: 'cli-wrapper.cjs',
  args({ clientId, office: { href: url } }) {
    const office = { type: 'http', url, ...(clientId !== undefined && { oauth: { clientId } }) }
    const config = [
      '--strict-mcp-config',
      '--mcp-config',
      JSON.stringify({ mcpServers: { office } }),
    ]
    const format = ['--input-format', 'stream-json', '--output-format', 'stream-json']
    return ['--print', '--verbose', ...format, ...config]
  },
  call: (messages, tool, args) =>
    messages.control('mcp_call', { tool: `mcp__office__${tool}`, arguments: args }),
  signIn: (messages) => messages.control('mcp_authenticate', { serverName: 'office' }),
})

export const codex = agentClient({
  name: '@openai/codex',
  file: 'bin/codex.js',
  args({ clientId, office }) {
    const setting = (key: string, value: string) => ['-c', `mcp_servers.office.${key}="${value}"`]
    const id = clientId === undefined ? [] : setting('oauth.client_id', clientId)
    return ['app-server', ...setting('url', office.href), ...id]
  },
  async call(messages, tool, args) {
    await messages.call('initialize', INITIALIZE)
    await messages.call('config/mcpServer/reload')
    const thread = await messages.call('thread/start', {})
    const threadId = /"thread":\{"id":"([^"]+)"/.exec(thread)?.[1]
    const call = { threadId, server: 'office', tool, arguments: args }
    return messages.call('mcpServer/tool/call', call)
  },
  // Its users write all scopes for a step-up.
  signIn: (messages, shown, { office }) =>
    messages.call('mcpServer/oauth/login', {
      name: 'office',
      ...(shown.includes('scope') && {
        scopes: ['Tools.Use', 'Office.Manage'].map((name) => `${office.href}/${name}`),
      }),
    }),
})

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
  // A tool that failed is an output too.
  if (text === '') throw new Error(`It ended with ${code}: ${errors.slice(-400)}`)
  return text
}

/** The messages of a program that speaks JSON-RPC on its standard streams. */
class Messages {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting = new Map<number, (message: string) => void>()
  readonly #opened = new Set<string>()
  readonly #world: World
  /** The account that signs in. */
  user = ''
  #id = 0
  #errors = ''
  #output = ''

  constructor(child: ChildProcessWithoutNullStreams, world: World) {
    this.#child = child
    this.#world = world
    child.stdout.on('data', (chunk: Buffer) => this.#read(String(chunk)))
    child.stderr.on('data', (chunk: Buffer) => {
      this.#errors += String(chunk)
      this.#signIn(this.#errors)
    })
  }

  /** Calls a method of JSON-RPC. */
  call(method: string, params?: object): Promise<string> {
    return this.#request((id) => ({ jsonrpc: '2.0', id, method, params }))
  }

  /** Sends a control request of Claude Code. */
  control(subtype: string, params: object): Promise<string> {
    const request = { subtype, ...params }
    return this.#request((id) => ({ type: 'control_request', request_id: String(id), request }))
  }

  #request(toMessage: (id: number) => object): Promise<string> {
    const id = ++this.#id
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`No response: ${this.#errors.slice(-400)}`)),
        180_000,
      )
      this.#waiting.set(id, (text) => {
        clearTimeout(timer)
        resolve(text)
      })
      this.#child.stdin.write(`${JSON.stringify(toMessage(id))}\n`)
    })
  }

  #read(chunk: string): void {
    this.#output += chunk
    const lines = this.#output.split('\n')
    this.#output = lines.pop() ?? ''
    for (const line of lines.filter((text) => text.startsWith('{'))) {
      const { id, response } = JSON.parse(line) as {
        id?: number
        response?: { request_id?: string }
      }
      this.#signIn(line)
      this.#waiting.get(id ?? Number(response?.request_id))?.(line)
    }
  }

  #signIn(text: string): void {
    void signInAtNew(text, { opened: this.#opened, world: this.#world, user: this.user })
  }
}

interface Visits {
  readonly opened: Set<string>
  readonly world: World
  readonly user: string
}

/** Opens the URLs of sign-ins that a program has printed. Chromium delivers the end to the program's own port. */
async function signInAtNew(text: string, { opened, world, user }: Visits): Promise<void> {
  for (const [url] of text.matchAll(/https?:\/\/[^\s"]+\/auth(?:orize)?\?[^\s"]+(?=[\s"])/g)) {
    if (opened.has(url)) continue
    opened.add(url)
    // mcp-remote prints the URL before it listens.
    await delay(1000)
    // The program reports what does not arrive.
    await world.signIn(url, user).catch(() => undefined)
  }
}
