import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { buildWithSources } from './bundle.ts'
import { freePort } from './port.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** A program of a guide, compiled to a file. */
export interface ReadmeProgram {
  /**
   * Runs it in a process with the given variables only.
   *
   * @param act - Visits it. It is not called if the program ends at its start.
   * @returns The lines that the program wrote.
   */
  run(
    variables: (origin: string) => Readonly<Record<string, string>>,
    act: (origin: string) => Promise<unknown>,
  ): Promise<readonly string[]>
  delete(): Promise<void>
}

/** Returns the TypeScript of a page, such as `docs/sign-in.md`. */
export function programsOf(page: string): readonly string[] {
  const text = readFileSync(here(`../../../../${page}`), 'utf8')
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code)
}

/** Compiles a program. Its port becomes the variable PORT. */
export async function compileProgram(name: string, code: string): Promise<ReadmeProgram> {
  const contents = code.replace('app.listen(3000)', 'app.listen(Number(process.env.PORT))')
  const outfile = here(
    `../../../../node_modules/.cache/identity-web-readme/${name}-${process.pid}.mjs`,
  )
  await buildWithSources({ stdin: { contents, resolveDir: here('.'), loader: 'ts' }, outfile })
  return {
    async run(variables, act) {
      const port = await freePort()
      const origin = `http://localhost:${port}`
      const child = spawn(process.execPath, [outfile], {
        env: { PATH: process.env['PATH'], PORT: String(port), ...variables(origin) },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let written = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => (written += chunk))
      }
      const closed = once(child, 'close')
      const hasEnded = closed.then(() => true)
      if (!(await Promise.race([hasEnded, listening(port)]))) await act(origin)
      child.kill()
      await closed
      return written.split('\n').filter((line) => line !== '')
    },
    delete: () => rm(outfile, { force: true }),
  }
}

/** Waits until a server listens on a port, and returns `false`. */
async function listening(port: number): Promise<false> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const socket = connect(port, 'localhost')
    // oxlint-disable-next-line no-await-in-loop
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return false
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}
