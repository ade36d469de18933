import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CHECKS } from '../src/commands/doctor/checks/index.js'
import { doctor as doctorCommand } from '../src/commands/doctor/doctor.js'
import { secret } from '../src/commands/secret/secret.js'
import { CHECKS as VERIFY_CHECKS } from '../src/commands/verify/checks/index.js'
import { CLEANUP } from '../src/commands/verify/registration.js'
import { verify as verifyCommand } from '../src/commands/verify/verify.js'
import { expect, test } from './support/fixtures.js'
import { startMcp } from './support/servers.js'

const read = (page: string): string =>
  readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8')
const guide = read('cli.md')

/** The rows of the table below a heading, as lists of cells. */
function rowsOf(heading: string): string[][] {
  const [, section = ''] = guide.split(`${heading}\n`)
  return [...(section.split(/\n##/)[0] ?? '').matchAll(/^\| (.*) \|$/gm)]
    .slice(2)
    .map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()))
}

test('the guide lists all checks', () => {
  expect(rowsOf('### The checks')).toEqual(
    CHECKS.map(({ name, looksAt }) => [`\`${name}\``, looksAt]),
  )
})

test('the guide lists all checks of verify', () => {
  const rows = [...VERIFY_CHECKS, CLEANUP].map(({ id, statement }) => [`\`${id}\``, statement])
  expect(rowsOf('### The report')).toEqual(rows)
})

test('the guide explains the options of verify, and no others', () => {
  const [, section = ''] = guide.split(/^## Verify at your tenant\n/m)
  const own = (section.split(/\n## /)[0] ?? '').replaceAll('npx --no-install ', '')
  const named = [...own.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, name = '']) => name)
  const known = Object.keys(verifyCommand.options).filter((name) => name !== 'help')
  expect(new Set(named)).toEqual(new Set(known))
})

test('the guide explains the options of doctor and secret, and no others', () => {
  const known = [...Object.keys(doctorCommand.options), ...Object.keys(secret.options)]
  const sections = guide
    .split(/^## /m)
    .filter((text) => /^(Find mistakes in the setup|Make a session secret)\n/.test(text))
  const own = sections.join().replaceAll('npx --no-install ', '')
  const named = [...own.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, name = '']) => name)
  expect(sections).toHaveLength(2)
  expect(new Set(named)).toEqual(new Set(known.filter((name) => name !== 'help')))
})

test('the guide shows the output of the command', async ({ run, write, variables, provider }) => {
  const settings = {
    ...variables,
    IDENTITY_CLIENT_SECRET: 'wrong-client-secret',
    IDENTITY_SESSION_SECRET: 'change-me-to-a-long-random-string-please',
  }
  write(
    '.env',
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
  )

  const { out } = await run([
    'doctor',
    '--only',
    'discovery,redirect-uri,credential,session-secret',
  ])

  const host = new URL(provider.origin).host
  const [, shown] = /```text\n(.*?)\n```/s.exec(guide) ?? []
  expect(shown).toBe(out.replaceAll(host, 'localhost:5100'))
})

test('the guide about MCP servers shows a part of the output of its command', async ({
  provider,
  run,
  write,
  variables,
}) => {
  const page = read('mcp-registration.md')
  const [, command = '', shown = ''] =
    /```sh\nnpx --no-install identity-web-cli (doctor .*)\n```\n.*?```text\n(.*?)\n```/s.exec(
      page,
    ) ?? []
  const resource = 'https://tools.contoso.com/mcp'
  const { clientId } = provider.api
  const clientSecret = 'tools-secret-not-for-production'
  provider.configure({ extends: 'default', apps: [{ clientId, clientSecret }] })
  const authority = provider.authority()
  const { origin } = new URL(
    await startMcp({ authority, clientId, resource, scopes: ['Tools.Use'] }),
  )
  const send = `(url, init) => fetch(String(url).replace('https://tools.contoso.com', '${origin}'), init)`
  write('mcp.mjs', `export const options = { fetch: ${send} }\n`)
  const { IDENTITY_AUTHORITY = '' } = variables

  const { out } = await run([...command.split(' '), '--config', 'mcp.mjs'], {
    IDENTITY_AUTHORITY,
    IDENTITY_CLIENT_ID: clientId,
    IDENTITY_CLIENT_SECRET: clientSecret,
  })

  const parts = out.split(/\n(?=\S)/)
  const isShown = (part: string): boolean =>
    /^\w+ +(token-version|mcp-metadata|registration)/.test(part)
  expect(shown.split(/\n(?=\S)/)).toEqual(parts.filter(isShown))
})

test('the guide quotes messages that exist', () => {
  const folder = fileURLToPath(new URL('../src/', import.meta.url))
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(folder + name, 'utf8'))
    .join('\n')
  const [, section = ''] = guide.replaceAll(/\n {2,}/g, ' ').split('\n## If something goes wrong\n')
  const quoted = [...section.matchAll(/^- \*\*"(.+?)"\.?\*\*/gm)].map(([, message = '']) => message)
  expect(quoted.length).toBeGreaterThan(3)
  const parts = quoted.flatMap((message) => message.split('…').map((part) => part.trim()))
  expect(parts.filter((part) => !sources.includes(part))).toEqual([])
})
