import { spawn, type ChildProcess } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Step } from './steps.ts'

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const { VITEST: _vitest, NODE_ENV: _environment, ...ENV } = process.env
/** The packages that `npm run try` installs. Another test runs this command. */
const PACKED = ['identity-web', 'identity-web-dev', 'identity-web-cli']
/** A step takes seconds. Other work on the machine can make it slower. */
const PATIENCE = { timeout: 120_000, interval: 100 }

interface Running {
  readonly child: ChildProcess
  output: string
}

/** Follows the steps of a tutorial in a folder and in a browser, as a person does. */
export class Reader {
  #folder: string
  #last: Running | undefined
  readonly #page: Page | undefined
  readonly #complete: (command: string) => string
  readonly #inBackground = new Map<string, Running>()

  /**
   * @param folder - An empty folder.
   * @param page - A page of the browser, if the text tells the reader to open one.
   * @param complete - Adds the ports of this test to a command.
   */
  constructor(folder: string, page: Page | undefined, complete: (command: string) => string) {
    this.#folder = folder
    this.#page = page
    this.#complete = complete
  }

  async do(step: Step): Promise<void> {
    // If the page does not say what a command prints, the command must succeed.
    if (step.kind !== 'output' && (this.#last?.child.exitCode ?? 0) !== 0) {
      throw new Error(`A command failed, and the page does not say so: ${this.#last?.output}`)
    }
    if (step.kind !== 'output') this.#last = undefined
    switch (step.kind) {
      case 'file':
        return this.#save(step.name, step.text, step.append)
      case 'run':
        for (const command of step.commands) await this.#run(command, step.staysRunning)
        return undefined
      case 'output':
        return this.#seeOutput(step.lines)
      case 'open':
        return void (await this.#browser.goto(step.url))
      case 'select': {
        const { name } = step
        const [link, button] = [
          this.#browser.getByRole('link', { name }),
          this.#browser.getByRole('button', { name }),
        ]
        return link.or(button).first().click()
      }
      case 'page':
        await expect
          .poll(() => this.#browser.locator('body').innerText(), PATIENCE)
          .toContain(step.text)
    }
  }

  close(): void {
    for (const { child } of this.#inBackground.values()) stop(child)
  }

  get #browser(): Page {
    if (this.#page === undefined) throw new Error('This reader does not have a browser.')
    return this.#page
  }

  async #save(name: string, text: string, append: boolean): Promise<void> {
    const file = join(this.#folder, name)
    if (append) appendFileSync(file, name.endsWith('.ts') ? `\n${text}` : text)
    else writeFileSync(file, text)
    // A person needs longer to open the browser than the application needs to start again.
    const application = this.#inBackground.get('npm run dev')
    if (!append || !name.endsWith('.ts') || application === undefined) return
    const starts = application.output.split('Open http').length
    await expect.poll(() => application.output.split('Open http').length, PATIENCE).toBe(starts + 1)
  }

  async #run(command: string, staysRunning: boolean): Promise<void> {
    const [program, ...args] = command.split(' ')
    if (program === 'cd') {
      this.#folder = join(this.#folder, args.join(' '))
      return
    }
    if (command.startsWith('npm install ')) return this.#install(args.slice(1))
    if (command.startsWith('npm run try ')) return this.#install(PACKED)
    const earlier = this.#inBackground.get(command)
    if (earlier !== undefined) await stopped(earlier.child)
    const running = this.#start(this.#complete(command))
    this.#last = running
    if (staysRunning) this.#inBackground.set(command, running)
    else await new Promise((resolve) => running.child.on('close', resolve))
  }

  #start(command: string): Running {
    const child = spawn('bash', ['-c', command], {
      cwd: this.#folder,
      env: { ...ENV, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const running: Running = { child, output: '' }
    child.stdout.on('data', (chunk: Buffer) => (running.output += String(chunk)))
    child.stderr.on('data', (chunk: Buffer) => (running.output += String(chunk)))
    return running
  }

  async #seeOutput(lines: readonly string[]): Promise<void> {
    const last = this.#last
    this.#last = undefined
    for (const line of lines) {
      await expect.poll(() => last?.output ?? '', PATIENCE).toContain(line)
    }
  }

  /** Links the packages that the command names, and their programs. The packages of this repository are not published yet. */
  #install(args: readonly string[]): void {
    for (const name of args.filter((arg) => !arg.startsWith('-'))) {
      // The version that npm installs today.
      const source = join(MODULES, name === 'typescript' ? 'typescript7' : name)
      const target = join(this.#folder, 'node_modules', name)
      if (existsSync(target)) continue
      mkdirSync(dirname(target), { recursive: true })
      symlinkSync(source, target)
      for (const [program, file] of programsOf(source, name)) {
        const link = join(this.#folder, 'node_modules/.bin', program)
        mkdirSync(dirname(link), { recursive: true })
        symlinkSync(join(source, file), link)
      }
    }
  }
}

function programsOf(folder: string, name: string): [string, string][] {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8')
  const { bin = {} } = JSON.parse(manifest) as { bin?: string | Record<string, string> }
  return typeof bin === 'string' ? [[name, bin]] : Object.entries(bin)
}

/** Ends a command and the programs that it started. */
function stop({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid)
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const end = new Promise((resolve) => child.on('close', resolve))
  stop(child)
  await end
}
