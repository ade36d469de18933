import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The pages whose section "If something goes wrong" quotes messages. */
const PAGES = [
  'coming-from.md',
  'consent-and-conditional-access.md',
  'operate.md',
  'scale.md',
  'sessions.md',
  'sign-in.md',
  'testing.md',
  'tutorial.md',
]
/** Messages of other programs. */
const FOREIGN = new Set(['Cannot GET /mail', 'OOM command not allowed'])

const sources = ['identity-web', 'dev-provider']
  .flatMap((name) => typescriptOf(join(root, 'packages', name, 'src')))
  // A message can go over several lines, or contain values.
  .map((file) => readFileSync(file, 'utf8').replaceAll(/\s+/g, ' '))
  .join('\n')

function typescriptOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

/** The messages that a page quotes: code that begins like a sentence. `…` takes the place of a value. */
function quotedMessages(page: string): string[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8')
  const [, section = ''] = text.split('\n## If something goes wrong\n')
  const symptoms = [...section.matchAll(/^\| (.+?) +\| /gm)].map(([, cell = '']) => cell)
  return symptoms
    .flatMap((cell) => [...cell.matchAll(/`([A-Z][^`]* [^`]*)`/g)].map(([, code = '']) => code))
    .filter((message) => !FOREIGN.has(message))
}

test.each(PAGES)('docs/%s quotes messages that exist', (page) => {
  const messages = quotedMessages(page)
  const unknown = messages.filter((message) =>
    message.split('…').some((part) => !sources.includes(part.trim())),
  )

  expect(unknown).toEqual([])
})

test('the pages quote messages', () => {
  expect(PAGES.flatMap(quotedMessages).length).toBeGreaterThan(15)
})
