import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { AUTH } from '../packages/identity-web/src/options/auth-options.ts'
import { MCP_AUTH } from '../packages/identity-web/src/options/mcp-options.ts'
import { PREVIEW_RELAY } from '../packages/identity-web/src/previews/options.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const SKILLS = 'packages/identity-web/skills'
/** Its sections are about one provider each, and end with what can go wrong there. */
const PROVIDERS = 'docs/providers.md'
/** The pages that quote messages in a section about failures. */
const PAGES = [
  'packages/create-identity-web/README.md',
  'packages/dev-provider/README.md',
  ...readdirSync(join(root, SKILLS)).map((name) => `${SKILLS}/${name}/SKILL.md`),
  ...['docs', 'packages/dev-provider/docs'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
].filter((page) => sectionOf(page) !== '')

const TABLES = [AUTH, MCP_AUTH, PREVIEW_RELAY]
const OPTIONS = new Set(TABLES.flatMap(({ options }) => Object.keys(options)))

/** Messages of other programs, and of the JavaScript runtime. */
const FOREIGN = new Set([
  'Cannot GET /mail',
  "Cannot read properties of undefined (reading 'getUser')",
  'OOM command not allowed',
  'Hello, undefined',
  'WebSocket connection failed',
  'Cannot read private member … from an object whose class did not declare it',
  // Frameworks
  'Cross-site POST form submissions are forbidden',
  'Importing directly from module entry-points is not allowed',
  "Nest can't resolve dependencies of the LoginGuard (?)",
  'Root plugin has already booted',
  'router deprecated handlers that are Promise-like are deprecated',
  'the argument Auth at index [0]',
  // Providers
  'Callback URL mismatch',
  'Error 400: redirect_uri_mismatch',
  'Error 403: access_denied',
  'Invalid parameter: redirect_uri',
  'Redirect URI Error',
  "The 'redirect_uri' parameter must be a Login redirect URI",
  'User is not assigned to the client application',
])

/** The constant texts of a string in the source. Any value can be between two of them. */
type Template = readonly string[]

const STRING =
  /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}]|\{[^{}]*\})*\})*)`/g

const templates = [
  'identity-web/src',
  'dev-provider/src',
  'identity-web-cli/src',
  'create-identity-web/src',
  'create-identity-web/templates',
].flatMap((folder) =>
  typescriptOf(join(root, 'packages', folder)).flatMap((file) =>
    templatesOf(readFileSync(file, 'utf8')),
  ),
)

function typescriptOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

function sectionOf(page: string): string {
  const text = readFileSync(join(root, page), 'utf8')
  const [, section = ''] = text.split(/\n## (?:If something goes wrong|Why a token is rejected)\n/)
  return page === PROVIDERS ? text : section
}

function templatesOf(source: string): Template[] {
  return [...source.matchAll(STRING)].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '')
      .replaceAll(/\\(.)/g, '$1')
      .split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/),
  )
}

/** The messages that a page quotes as a symptom, in quotation marks. `…` takes the place of a value. */
function quotedMessages(page: string): string[] {
  const section = sectionOf(page).replaceAll(/\n {2,}/g, ' ')
  const symptoms = [...section.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, symptom = '']) => symptom)
  return symptoms
    .flatMap((symptom) => [...symptom.matchAll(/"([^"]* [^"]*)"/g)])
    .map(([, message = '']) => message.replace(/\.$/, ''))
    .filter((message) => !FOREIGN.has(message))
}

/** Whether a message starts as a template does. A value is every text, but a message ends only in a value without spaces. */
function fits([text = '', ...others]: Template, message: string, constant = 0): boolean {
  const enough = 16
  if (text.startsWith(message)) return constant + message.length >= enough
  if (!message.startsWith(text) || others.length === 0) return false
  const rest = message.slice(text.length)
  const known = constant + text.length
  if (known >= enough && !rest.includes(' ')) return true
  return Array.from(rest, (_, index) => rest.slice(index + 1)).some((after) =>
    fits(others, after, known),
  )
}

/** A template, and its parts from the start of each sentence or clause. */
function partsOf([first = '', ...others]: Template): Template[] {
  const starts = [0, ...[...first.matchAll(/[.:;,] /g)].map(({ index }) => index + 2)]
  return starts.map((start) => [first.slice(start), ...others])
}

const parts = templates.flatMap(partsOf)

/** The message without the name of an option and the start of its rule, because these are built from the row of the option. */
function withoutOption(message: string): string {
  const [name = ''] = message.split(' ', 1)
  return OPTIONS.has(name) ? message.slice(name.length + 1).replace(/^must be /, '') : message
}

function exists(message: string): boolean {
  return consists(withoutOption(message)) || consists(message)
}

function consists(message: string): boolean {
  return message
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part.length > 3)
    .every(
      (part) =>
        templates.some((texts) => texts.some((text) => text.includes(part))) ||
        parts.some((one) => fits(one, part)),
    )
}

test.each(PAGES)('%s quotes messages that exist', (page) => {
  expect(quotedMessages(page).filter((message) => !exists(message))).toEqual([])
})

test('the pages quote messages', () => {
  expect(PAGES.flatMap(quotedMessages).length).toBeGreaterThan(100)
})

test.each(['The provider could not be found at the moon', 'Astro renders /account in the evening'])(
  'the check notices that "%s" does not exist',
  (message) => {
    expect(exists(message)).toBe(false)
  },
)
