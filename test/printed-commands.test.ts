import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const packages = fileURLToPath(new URL('../packages', import.meta.url))

/** The sources of messages, the files of new projects, and what agents and users of the packages read. */
const FOLDERS = [
  'identity-web-cli/src',
  'create-identity-web/src',
  'create-identity-web/templates',
  'dev-provider/src',
  'identity-web/src',
  'identity-web/skills',
  'dev-provider/docs',
]

/** A command that downloads a package of this repository. The packages are not published, so a stranger could publish one. */
const DOWNLOAD =
  /\b(?:npx|bunx|npm exec|pnpm dlx|yarn dlx|bun x)(?: (?!--no-install\b)-\S+)* (?:create-)?identity-web\b|\bnpm (?:create|init) (?:create-)?identity-web\b/

test.for([
  ['npx identity-web-dev -- node app.mjs', true],
  ['npx --yes identity-web-cli', true],
  ['pnpm dlx create-identity-web', true],
  ['npm create identity-web@latest my-app', true],
  ['npx --no-install identity-web-dev -- node app.mjs', false],
  ['pnpm exec identity-web-cli', false],
] as const)('"%s" downloads: %s', ([command, downloads]) => {
  expect(DOWNLOAD.test(command)).toBe(downloads)
})

test.for(FOLDERS)('no message of %s names a command that downloads a package', (folder) => {
  const files = readdirSync(join(packages, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(5)
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => DOWNLOAD.test(line))
      .map((line) => `${relative(packages, file)}: ${line.trim()}`),
  )
  expect(found).toEqual([])
})
