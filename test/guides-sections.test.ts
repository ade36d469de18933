import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const LAST = 'If something goes wrong'

/** A reader who knows the page of one framework finds everything on the others. */
const FRAMEWORK = [
  'Install',
  'Sign users in',
  'Protect an API',
  'Call an API',
  'Options of this framework',
  'Test',
  'Deploy',
  LAST,
]
const FRAMEWORKS = [
  'astro.md',
  'fastify.md',
  'fetch.md',
  'hono.md',
  'koa.md',
  'nestjs.md',
  'next.md',
  'nuxt.md',
  'react-router.md',
  'sveltekit.md',
  'tanstack-start.md',
]

/** Explanations, reference, and pages that a program writes. */
const OTHER_PAGES = new Set([
  'README.md',
  'conformance.md',
  'errors.md',
  'how-consent-works.md',
  'how-sessions-work.md',
  'mcp-clients.md',
  'microsoft-errors.md',
  'options.md',
  'providers.md',
  'rfc-10017.md',
  'rfc-9700.md',
  'runtimes.md',
  'scale.md',
  'threat-model.md',
  'versions.md',
])

function textOf(page: string): string {
  return readFileSync(join(docs, page), 'utf8').replaceAll(/^```.*?^```/gms, '')
}

function headingsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^## (.+)$/gm)].map(([, title = '']) => title)
}

/** The sentences of the first paragraph. */
function openingOf(page: string): string[] {
  const [, opening = ''] = /^# .+\n\n((?:[^\n]+\n)+)/.exec(textOf(page)) ?? []
  return /^[#|>]/.test(opening) ? [] : opening.trim().split(/(?<=[.?!])\s+(?=[A-Z`*])/)
}

test.each(FRAMEWORKS)('docs/%s has the sections of every framework', (page) => {
  expect(headingsOf(page)).toEqual(FRAMEWORK)
})

const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(?:providers\/)?[\w-]+\.md$/.test(name))
  .filter((name) => !OTHER_PAGES.has(name))

describe.each(pages)('docs/%s', (page) => {
  test('begins with what the reader gets', () => {
    const sentences = openingOf(page)

    expect(sentences.length).toBeGreaterThan(0)
    expect(sentences.length).toBeLessThan(5)
  })

  test('ends with what can go wrong', () => {
    expect(headingsOf(page).at(-1)).toBe(LAST)
    const [, section = ''] = textOf(page).split(`\n## ${LAST}\n`)
    const symptoms = section.match(/^- \*\*/gm) ?? []

    expect(symptoms.length).toBeGreaterThan(1)
    expect(section).not.toMatch(/^\|/m)
  })
})
