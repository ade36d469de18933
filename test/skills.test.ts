import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../packages/identity-web/', import.meta.url))
const skills = readdirSync(join(root, 'skills'))
const textOf = (path: string): string => readFileSync(join(root, 'skills', path), 'utf8')
const pages = readdirSync(join(root, 'skills'), { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.md'),
)

describe.each(skills)('the skill %s', (skill) => {
  const [, header = '', body = ''] =
    /^---\n(.*?)^---\n(.*)$/ms.exec(textOf(`${skill}/SKILL.md`)) ?? []

  // https://agentskills.io/specification
  test('has the header of the specification', () => {
    const { name, description } = parse(header) as { name: string; description: string }

    expect(name).toBe(skill)
    expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(name.length).toBeLessThanOrEqual(64)
    expect(description).toContain('identity-web')
    expect(description).toMatch(/\bUse (?:first )?when/)
    expect(description.length).toBeLessThanOrEqual(1024)
  })

  test('can be read in one go', () => {
    expect(body.split('\n').length).toBeLessThan(300)
    expect(body.length).toBeLessThan(10_000)
  })
})

test.each(pages)('the links of skills/%s lead to a heading of a skill', (page) => {
  // Users copy the folders to their project, so other files of the package are not there.
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]

  for (const [, target = '', anchor] of links) {
    const path = target === '' ? page : join(dirname(page), target)
    const headings = [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    )
    if (anchor !== undefined) expect(headings).toContain(anchor)
  }
})

test('the package contains the skills, and they are small', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    files: string[]
  }

  expect(files).toContain('skills')
  expect(gzipSync(pages.map(textOf).join('')).length).toBeLessThan(30_000)
})

test('the index names every skill and the entry point of every framework', () => {
  const index = textOf('identity-web/SKILL.md')
  const { exports } = JSON.parse(readFileSync(join(root, 'entries.json'), 'utf8')) as {
    exports: Record<string, { source: string }>
  }
  const adapters = Object.entries(exports).filter(([, { source }]) =>
    /^src\/adapters\/[^/]+$/.test(source),
  )

  for (const skill of skills.filter((name) => name !== 'identity-web'))
    expect(index).toContain(`../${skill}/SKILL.md`)
  expect(adapters.length).toBeGreaterThan(10)
  for (const [path] of adapters) expect(index).toContain(`\`identity-web${path.slice(1)}\``)
})
