import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bytes } from '../../../src/client/credential/der.ts'

/** A folder of keys and certificates that the openssl command creates. */
export interface Workshop {
  readonly folder: string
  path(name: string): string
  text(name: string): string
  bytes(name: string): Bytes
  /** Runs openssl in the folder. `more` are arguments that can contain spaces. */
  openssl(words: string, ...more: string[]): void
  /** Whether the installed openssl supports a command. */
  canOpenssl(words: string, ...more: string[]): boolean
  /** Creates `<name>.key` and `<name>.pem`, self-signed for one day. `algorithm` is one of `-newkey`. */
  certificate(name: string, algorithm?: string): void
  close(): void
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'credential-'))
  const path = (name: string): string => join(folder, name)
  const openssl = (words: string, ...more: string[]): void => {
    execFileSync('openssl', [...words.split(' '), ...more], { cwd: folder, stdio: 'pipe' })
  }
  return {
    folder,
    path,
    openssl,
    text: (name) => readFileSync(path(name), 'utf8'),
    bytes: (name) => new Uint8Array(readFileSync(path(name))),
    canOpenssl(words, ...more) {
      try {
        openssl(words, ...more)
        return true
      } catch {
        return false
      }
    },
    certificate(name, algorithm = 'rsa:2048') {
      const options = `-keyout ${name}.key -out ${name}.pem -subj /CN=${name}`
      openssl(`req -x509 -nodes -days 1 -newkey ${algorithm} ${options}`)
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** Returns the error that a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('The promise was not rejected.')
}

/** Everything that a log can show of an error. */
export function allOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = Object.fromEntries(
    Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name)]),
  )
  return `${JSON.stringify(own)} ${error.cause === undefined ? '' : allOf(error.cause)}`
}
