import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { findProvider } from './find-provider.js'
import { freePort } from './free-port.js'

interface SystemError {
  readonly code?: unknown
  readonly port?: unknown
  readonly address?: unknown
  readonly path?: unknown
  readonly hostname?: unknown
}

/** Returns the message of an error for the user of the command. */
export async function explainError(error: unknown): Promise<string> {
  const { code, port, address, path, hostname } = error as SystemError
  const file = typeof path === 'string' ? path : undefined
  switch (code) {
    case 'EADDRINUSE':
      return explainPortInUse(Number(port))
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return file === undefined
        ? `Your operating system does not allow this user to listen on port ${String(port)}. Choose a port of 1024 or higher with --port.`
        : `The file ${file} cannot be read or written. Check its permissions.`
    case 'EADDRNOTAVAIL':
      return `--host is '${String(address)}', which does not belong to this machine. Set it to localhost, or to 0.0.0.0 in a container.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `--host is '${String(hostname)}', which is not a known host. Set it to localhost, or to 0.0.0.0 in a container.`
    case 'ENOENT':
      return file === undefined ? messageOf(error) : explainMissing(file)
    case 'EISDIR':
      return `${file ?? 'The path'} is a folder. Use the path of a file.`
    default:
      return messageOf(error)
  }
}

function explainMissing(file: string): string {
  const folder = dirname(file)
  return existsSync(folder)
    ? `The file ${file} does not exist.`
    : `The folder ${folder} does not exist. Create it, or use another file.`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function explainPortInUse(port: number): Promise<string> {
  const free = await freePort(port + 1).catch(() => undefined)
  const suggestion =
    free === undefined ? '' : `Port ${free} is free, so you can use --port ${free}. `
  const running = await findProvider(port)
  return running === undefined
    ? `Another program uses port ${port}. ${suggestion}Use --port 0 for any free port.`
    : `A development provider already runs at ${running}. Use it, or stop it first. ${suggestion}`.trim()
}
