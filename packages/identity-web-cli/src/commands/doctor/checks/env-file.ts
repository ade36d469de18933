import { basename, dirname } from 'node:path'
import { runProgram } from '../../../command/run-program.js'
import { ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Check } from './check.js'

/** The variables that Node.js reads at its start, before it reads a file of variables. */
const TOO_LATE = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_ENV_PROXY']

/** Checks the file with the variables. */
export const envFile: Check = {
  name: 'env-file',
  looksAt:
    'whether Git ignores the file of variables, and whether it sets a variable that Node.js reads earlier',
  async run({ subject: { variables } }) {
    const { file, inFile } = variables
    if (file === undefined)
      return skipped('The file .env does not exist. Set another file with --env.')
    const findings: Finding[] = []
    if (await isTracked(file))
      findings.push(
        warning(
          `${basename(file)} is under version control, so everyone who can read the repository can read its secrets.`,
          `Run "git rm --cached ${basename(file)}", add the file to .gitignore, and replace its secrets.`,
        ),
      )
    else if (await isForgotten(file))
      findings.push(
        warning(
          `Git does not ignore ${basename(file)}, so "git add ." adds its secrets to the repository.`,
          `Add the line ${basename(file)} to .gitignore.`,
        ),
      )
    for (const name of TOO_LATE.filter((each) => inFile[each] !== undefined))
      findings.push(
        warning(
          `${basename(file)} sets ${name}, but Node.js reads this variable before it reads the file.`,
          `Set ${name} in the environment in which Node.js starts.`,
        ),
      )
    return findings.length > 0 ? findings : ok(`${basename(file)} is not under version control.`)
  },
}

/** Returns whether the file is in a repository that does not ignore it. */
async function isForgotten(file: string): Promise<boolean> {
  return (await git(file, 'check-ignore', '--quiet'))?.code === 1
}

/** Returns whether git tracks the file. Without git, or outside a repository, the result is `false`. */
async function isTracked(file: string): Promise<boolean> {
  return (await git(file, 'ls-files', '--error-unmatch')) === undefined
}

/** Runs git in the folder of the file. */
async function git(
  file: string,
  ...args: readonly string[]
): Promise<{ code?: unknown } | undefined> {
  const options = { env: process.env, cwd: dirname(file) }
  const { error } = await runProgram('git', [...args, '--', basename(file)], options)
  return error
}
