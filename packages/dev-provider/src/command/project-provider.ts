import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isLoopbackHost } from '../server/network.js'
import type { DevProvider } from '../dev-provider.js'
import { defaultCaFile } from './certificate-files.js'
import { closeWith } from './close-with.js'
import { findProvider } from './find-provider.js'
import { readEnv } from './read-env.js'

/** The provider that a command started. */
interface Started {
  readonly origin: string
  /** The folder in which the command ran. */
  readonly folder: string
}

const recordFile = (): string => join(dirname(defaultCaFile()), 'provider.json')

/**
 * Remembers the provider of this folder while it runs, so that `identity-web-dev token` finds it. With a command of the app, the
 * provider uses any free port. The provider also starts if it cannot write the file.
 */
export async function recordProvider(provider: DevProvider): Promise<void> {
  const file = recordFile()
  const json = JSON.stringify({ origin: provider.origin, folder: process.cwd() } satisfies Started)
  try {
    await mkdir(dirname(file), { recursive: true })
    // A rename, so that a reader never finds half a file.
    await writeFile(`${file}.${process.pid}`, json)
    await rename(`${file}.${process.pid}`, file)
  } catch {
    return
  }
  closeWith(provider, async () => {
    // Another provider of this folder can have replaced it.
    if ((await readFile(file, 'utf8').catch(() => '')) === json) await rm(file, { force: true })
  })
}

/**
 * Returns the port of the provider that belongs to this folder: the port in the variables of the app, or else the port
 * of a provider that was started here and still runs.
 */
export async function projectPort(): Promise<string | undefined> {
  const { IDENTITY_AUTHORITY, IDENTITY_OIDC_AUTHORITY } = {
    ...(await readEnv('.env')),
    ...process.env,
  }
  const configured = localPort(IDENTITY_AUTHORITY ?? IDENTITY_OIDC_AUTHORITY)
  if (configured !== undefined) return configured
  const { origin, folder } = await readRecord()
  const port = folder === process.cwd() ? localPort(origin) : undefined
  return port !== undefined && (await findProvider(Number(port))) !== undefined ? port : undefined
}

async function readRecord(): Promise<Partial<Started>> {
  try {
    return (JSON.parse(await readFile(recordFile(), 'utf8')) ?? {}) as Partial<Started>
  } catch {
    return {}
  }
}

/** Returns the port of a URL of this machine. */
function localPort(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { hostname, port } = new URL(url)
  return isLoopbackHost(hostname) && port !== '' ? port : undefined
}
