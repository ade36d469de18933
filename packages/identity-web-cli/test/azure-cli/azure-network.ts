import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDevProvider, type AppConfig, type DevProvider } from 'identity-web-dev'

/** The app with which the Azure CLI signs in. */
export const DEPLOYER: AppConfig = {
  clientId: 'ad000000-0000-4000-8000-0000000000aa',
  name: 'Deployer',
  clientSecret: 'the-secret-of-the-deployer',
  redirectUris: [],
  appPermissions: ['https://graph.microsoft.com/Application.ReadWrite.All'],
}

/** The API of Azure, whose token the Azure CLI requests when it signs in. */
const AZURE: AppConfig = {
  clientId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  name: 'Azure Resource Manager',
  redirectUris: [],
  idUri: 'https://management.core.windows.net',
}

/** A program that ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** A provider that the Azure CLI takes for Entra ID and for Microsoft Graph. */
export interface AzureNetwork {
  readonly provider: DevProvider
  /** The Graph of the provider, by its name on this machine. */
  readonly localGraph: string
  readonly folder: string
  readonly run: (command: string, args: readonly string[]) => Promise<Ended>
  readonly close: () => Promise<void>
}

/**
 * Starts a provider with the names of Microsoft's servers, and a proxy that leads to it. No request leaves this
 * machine, because the proxy does not connect to other servers.
 */
export async function startAzureNetwork(): Promise<AzureNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'azure-cli-'))
  const tls = await createCertificate(folder)
  const port = await freePort()
  const provider = await startDevProvider({
    host: '127.0.0.1',
    port,
    tls,
    origin: 'https://login.microsoftonline.com',
    allowHosts: ['graph.microsoft.com', `localhost:${port}`],
    config: { extends: 'default', apps: [DEPLOYER, AZURE] },
  })
  const azure = createTlsServer(tls, (_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end('{"value":[]}')
  })
  const azurePort = await listen(azure)
  const proxy = createProxy({
    'login.microsoftonline.com:443': port,
    'graph.microsoft.com:443': port,
    'management.azure.com:443': azurePort,
  })
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AZURE_CONFIG_DIR: folder,
    AZURE_CORE_INSTANCE_DISCOVERY: 'false',
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
    HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}`,
    NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
    PYTHONWARNINGS: 'ignore',
    REQUESTS_CA_BUNDLE: join(folder, 'cert.pem'),
  }
  return {
    provider,
    localGraph: `https://localhost:${port}/v1.0`,
    folder,
    run: (command, args) => runProgram(command, args, { cwd: folder, env }),
    close: async () => {
      for (const server of [azure, proxy]) {
        server.closeAllConnections()
        server.close()
      }
      await provider.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function createCertificate(folder: string): Promise<{ key: string; cert: string }> {
  const names = [
    'login.microsoftonline.com',
    'graph.microsoft.com',
    'management.azure.com',
    'localhost',
  ]
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const args = [
    ...'req -x509 -newkey rsa:2048 -sha256 -days 2 -nodes -subj /CN=test -addext'.split(' '),
    `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
    '-keyout',
    key,
    '-out',
    cert,
  ]
  const { code, error } = await runProgram('openssl', args, { cwd: folder, env: process.env })
  if (code !== 0) throw new Error(error)
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

/** A proxy that connects only to ports of this machine. */
function createProxy(ports: Readonly<Record<string, number>>): Server {
  const proxy = createServer((_request, response) => response.writeHead(502).end())
  proxy.on('connect', (request, socket) => {
    const port = ports[request.url ?? '']
    if (port === undefined) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      return
    }
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  return proxy
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ended> {
  const child = spawn(command, args, options)
  const [out, error]: [string[], string[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, out: out.join(''), error: error.join('') }
}
