import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { toEnvLines } from '../config/app-variables.js'
import { findFile } from './find-file.js'
import type { CommandIo } from './io.js'

const START = '# identity-web-dev: start. --write-env replaces the lines up to the end.'
const END = '# identity-web-dev: end'

/** The permissions of a file with secrets: only the user can read it. */
const MODE = 0o600

/** Matches the names of variables that contradict each other. */
const ISSUER = /^IDENTITY_(?:AUTHORITY|OIDC_AUTHORITY|B2C_\w+)$/

/**
 * Writes variables to a file for `node --env-file`, between two comments. The other lines stay. The session secret of an
 * earlier call stays too, so that users of the app stay signed in.
 *
 * @returns The names of the variables between the comments that had another value.
 * @throws TypeError when another line of the file sets one of the variables, when the lines between the comments are now for another
 *   app, when the path is a device or a pipe, and when a symbolic link leaves the project.
 */
export async function writeEnv(
  given: string,
  variables: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const file = await findFile(process.cwd(), given)
  const exists = await isExistingFile(file)
  const before = exists ? await readFile(file, 'utf8') : ''
  const { head, block, tail } = split(before)
  assertNotSet(file, { head, tail }, variables)
  const old = parseEnv(block.join('\n'))
  assertSameApp(given, old, variables)
  const { IDENTITY_SESSION_SECRET: secret } = old
  const kept = secret === undefined ? {} : { IDENTITY_SESSION_SECRET: secret }
  const lines = [...head, START, ...toEnvLines({ ...variables, ...kept }), END, ...tail]
  // `mode` has an effect only on a new file. The permissions change before the file contains the secrets.
  if (exists) await chmod(file, MODE)
  await writeFile(file, `${lines.join('\n').trimEnd()}\n`, { mode: MODE })
  const now: Readonly<Record<string, string | undefined>> = { ...variables, ...kept }
  return Object.keys(old).filter((name) => old[name] !== now[name])
}

/** Prints the names of the variables that `writeEnv` replaced. The old values belonged to a development provider. */
export function printReplaced(file: string, names: readonly string[], io: CommandIo): void {
  if (names.length > 0) io.out(`Replaced in ${file}: ${names.join(', ')}.`)
}

/**
 * Throws if the lines are for another app. The user may have replaced them by the lines of a real app, whose secret
 * would be lost.
 */
function assertSameApp(file: string, old: Variables, variables: Variables): void {
  const clientId = clientIdOf(old)
  if (clientId === undefined || clientId === clientIdOf(variables)) return
  throw new TypeError(
    `The file ${file} contains the settings of another app, with the client ID ${clientId}. Move the lines of this app out of the block that starts with "${START.slice(0, 24)}", or choose another file, for example --write-env .env.dev.`,
  )
}

function clientIdOf(variables: Variables): string | undefined {
  return variables['IDENTITY_CLIENT_ID'] ?? variables['WEBSITE_AUTH_CLIENT_ID']
}

async function isExistingFile(file: string): Promise<boolean> {
  const found = await stat(file).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) return false
  if (found.isFile()) return true
  throw new TypeError(
    found.isDirectory()
      ? `${file} is a folder. Use the path of a file.`
      : `${file} is not a regular file. Choose another path for --write-env.`,
  )
}

type Variables = Readonly<Record<string, string | undefined>>

interface Parts {
  readonly head: readonly string[]
  readonly block: readonly string[]
  readonly tail: readonly string[]
}

/** Splits a file at the two comments. */
function split(content: string): Parts {
  const lines = content === '' ? [] : content.trimEnd().split(/\r?\n/)
  const begin = lines.indexOf(START)
  const end = lines.indexOf(END, begin)
  if (begin < 0 || end < 0) return { head: lines, block: [], tail: [] }
  return {
    head: lines.slice(0, begin),
    block: lines.slice(begin + 1, end),
    tail: lines.slice(end + 1),
  }
}

function assertNotSet(
  file: string,
  { head, tail }: Pick<Parts, 'head' | 'tail'>,
  variables: Readonly<Record<string, string>>,
): void {
  // A later line replaces an earlier one, so an empty variable, as in an example, only matters after the block.
  const before = Object.entries(parseEnv(head.join('\n'))).filter(([, value]) => value !== '')
  const names = [...before.map(([name]) => name), ...Object.keys(parseEnv(tail.join('\n')))]
  const ours = names.filter((name) => Object.hasOwn(variables, name) || ISSUER.test(name))
  if (ours.length === 0) return
  throw new TypeError(
    `The file ${file} already sets ${ours.join(', ')}. Remove these lines, or choose another file, for example --write-env .env.dev.`,
  )
}
