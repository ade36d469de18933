import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { win32 } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/** The output of a program. */
export interface ProgramResult {
  /**
   * The error of the program. `undefined` if the program succeeded. The `code` of the error is the exit code, or
   * `ENOENT` if the program is not installed.
   */
  readonly error: { readonly code?: unknown } | undefined
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program of PATH.
 *
 * @param args - The arguments. They must not contain values of the user, because a shell can interpret them.
 */
export async function runProgram(
  name: string,
  args: readonly string[],
  {
    env,
    ...options
  }: { readonly env: Variables; readonly cwd?: string; readonly timeout?: number },
): Promise<ProgramResult> {
  const program = findProgram(name, { platform: process.platform, env, exists: existsSync })
  if (program === undefined) return { error: { code: 'ENOENT' }, stdout: '', stderr: '' }
  const { file, shell } = program
  return new Promise((done) => {
    const all = { ...options, env: { ...program.env }, shell, windowsHide: true }
    execFile(file, [...args], all, (error, stdout, stderr) =>
      done({ error: error ?? undefined, stdout, stderr }),
    )
  })
}

/** The way to start a program. */
export interface Program {
  readonly file: string
  readonly shell: boolean
  readonly env: Variables
}

/**
 * Returns the way to start a program. Windows first looks for a program in the current folder, which can be a
 * repository of somebody else. So on Windows, the result contains the path of the program in a folder of PATH.
 *
 * @returns `undefined` if Windows does not have the program.
 */
export function findProgram(
  name: string,
  machine: {
    readonly platform: NodeJS.Platform
    readonly env: Variables
    readonly exists: (path: string) => boolean
  },
): Program | undefined {
  const { platform, env, exists } = machine
  if (platform !== 'win32') return { file: name, shell: false, env }
  // Names of variables do not distinguish upper and lower case there, and PATH is usually called Path.
  const valueOf = (wanted: string): string =>
    Object.entries(env).find(([each]) => each.toUpperCase() === wanted)?.[1] ?? ''
  const folders = valueOf('PATH')
    .split(';')
    .map((folder) => folder.replaceAll('"', ''))
    .filter((folder) => /^(?:[a-z]:[\\/]|\\\\)/i.test(folder))
  const endings = (valueOf('PATHEXT') || '.COM;.EXE;.BAT;.CMD').split(';')
  const path = folders
    .flatMap((folder) => endings.map((ending) => win32.join(folder, name + ending)))
    .find((each) => exists(each))
  if (path === undefined) return undefined
  // Only a shell runs scripts. They start other programs, which cmd.exe also looks for in the current folder without the variable.
  const shell = /\.(?:bat|cmd)$/i.test(path)
  return {
    file: shell ? `"${path}"` : path,
    shell,
    env: { ...env, NoDefaultCurrentDirectoryInExePath: '1' },
  }
}
