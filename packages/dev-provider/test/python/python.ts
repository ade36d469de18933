import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Debian's Python, which finds the Debian packages. Another one may be first in PATH. */
export const PYTHON = '/usr/bin/python3'

const PACKAGES = '/usr/lib/python3/dist-packages/'

/** Returns whether these Debian packages of Python are installed. */
export function hasPythonPackages(...modules: readonly string[]): boolean {
  return modules.every((name) => existsSync(`${PACKAGES}${name}`))
}

/** A Python program that reads and writes lines of JSON. */
export interface PythonProgram {
  /** Writes a line and returns the next line of the program. */
  readonly ask: (message: unknown) => Promise<Record<string, unknown>>
  /** Returns the next line of the program. */
  readonly read: () => Promise<Record<string, unknown>>
  readonly stop: () => void
}

/** Starts a program of this folder. Its errors appear in the output of the test. */
export function startPython(file: string, env: Readonly<Record<string, string>>): PythonProgram {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(PYTHON, ['-u', path], {
    env: { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`${file} ended. Its errors are above.`)
    return JSON.parse(value) as Record<string, unknown>
  }
  return {
    read,
    ask: (message) => {
      child.stdin.write(`${JSON.stringify(message)}\n`)
      return read()
    },
    stop: () => void child.kill(),
  }
}
