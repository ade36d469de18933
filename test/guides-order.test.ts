import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const docs = fileURLToPath(new URL('../docs/', import.meta.url))
const order = readFileSync(`${docs}README.md`, 'utf8')

const markdownIn = (folder: string): string[] =>
  readdirSync(`${docs}${folder}`).filter((name) => name.endsWith('.md'))

test('docs/README.md lists every page once', () => {
  const items = [...order.matchAll(/^- \[[^\]]+\]\(([^)#]+)\): .+\.$/gm)].map(([, page]) => page)

  const pages = [
    ...markdownIn('.').filter((name) => name !== 'README.md'),
    ...markdownIn('providers').map((name) => `providers/${name}`),
    // This page lists the decisions.
    'decisions/README.md',
  ]
  expect(new Set(items)).toEqual(new Set(pages))
  expect(items).toHaveLength(pages.length)
})

test('docs/README.md has the sections that the site expects', () => {
  expect([...order.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
    'Tutorial',
    'How-to guides',
    'Frameworks',
    'Providers',
    'Explanations',
    'Reference',
  ])
})
