import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { intro, outro } from '@clack/prompts'
import { HELP, missingAnswer, parseArguments, type Arguments } from './arguments.js'
import { askFolder, askFramework, askStore, askTenant, Cancelled } from './ask.js'
import { nameOfFolder, problemOfFolder } from './folder.js'
import { FRAMEWORKS } from './frameworks.js'
import { installPackages } from './install.js'
import { assertNodeVersion } from './node-version.js'
import { detectPackageManager, runCommand } from './package-manager.js'
import type { Choice } from './project/choice.js'
import { createFiles } from './project/create-files.js'
import { writeProject } from './project/write-project.js'
import { TENANTS } from './tenants.js'
import { messageForUser, UsageError } from './usage-error.js'

/** Runs `create-identity-web` with the arguments of this process. */
export async function main(): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2))
  } catch (error) {
    const message = messageForUser(error)
    if (message !== undefined) print(message, process.stderr)
    else if (!(error instanceof Cancelled)) throw error
    process.exitCode = 1
  }
}

async function run(args: readonly string[]): Promise<number> {
  const given = parseArguments(args)
  if (given.help) return print(HELP)
  const version = await readVersion()
  if (given.version) return print(version)
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY && !given.yes
  if (isInteractive) intro('A new application with sign-in')
  const { folder, choice } = await complete(given, isInteractive)
  writeProject(resolve(folder), createFiles(choice, version))
  const path = relative(process.cwd(), resolve(folder)) || '.'
  const created = `Created ${choice.name} in ${path}: ${FRAMEWORKS[choice.framework].title}, ${TENANTS[choice.tenant].title}.`
  if (isInteractive) outro(created)
  else print(created)
  const isInstalled = given.install && (await installPackages(folder, choice.packageManager))
  print(nextSteps({ path, choice, isInstalled }))
  return given.install && !isInstalled ? 1 : 0
}

/** Asks for the values that the arguments do not contain. */
async function complete(
  given: Arguments,
  isInteractive: boolean,
): Promise<{ readonly folder: string; readonly choice: Choice }> {
  const answer = async <Value>({ option, remedy, ask, standard }: Question<Value>) => {
    if (given.yes) return standard
    if (isInteractive) return ask()
    throw missingAnswer(option, remedy)
  }
  const folder =
    given.folder ??
    given.name ??
    (await answer({
      option: 'The folder',
      remedy: 'Write the folder as the first argument',
      ask: askFolder,
      standard: 'my-app',
    }))
  const name = given.name ?? nameOfFolder(folder)
  const problem = problemOfFolder(folder, name)
  if (problem !== undefined) throw new UsageError(problem)
  const framework =
    given.framework ??
    (await answer({
      option: '--framework',
      remedy: `Set --framework to one of: ${Object.keys(FRAMEWORKS).join(', ')}`,
      ask: askFramework,
      standard: 'express',
    }))
  assertNodeVersion(framework)
  const tenant =
    given.tenant ??
    (await answer({
      option: '--tenant',
      remedy: `Set --tenant to one of: ${Object.keys(TENANTS).join(', ')}`,
      ask: askTenant,
      standard: 'entra-id',
    }))
  // A missing --store is never an error, because cookies need nothing else.
  const store = given.store ?? (isInteractive ? await askStore() : 'cookies')
  const packageManager =
    given.packageManager ?? detectPackageManager(process.env['npm_config_user_agent'])
  return { folder, choice: { name, framework, tenant, store, packageManager } }
}

/** A question, and the value that `--yes` sets. */
interface Question<Value> {
  readonly option: string
  readonly remedy: string
  readonly ask: () => Promise<Value>
  readonly standard: Value
}

interface Result {
  readonly path: string
  readonly choice: Choice
  readonly isInstalled: boolean
}

function nextSteps({ path, choice: { packageManager }, isInstalled }: Result): string {
  const commands = [
    ...(path === '.' ? [] : [`cd ${/\s/.test(path) ? `"${path}"` : path}`]),
    ...(isInstalled ? [] : [`${packageManager} install`]),
    runCommand(packageManager, 'dev'),
  ]
  return `
Next, run this and open the URL that it prints:

${commands.map((command) => `  ${command}`).join('\n')}`
}

async function readVersion(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function print(text: string, stream: NodeJS.WriteStream = process.stdout): 0 {
  stream.write(`${text}\n`)
  return 0
}
