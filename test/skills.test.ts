import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

  const broken = links.filter(([, target = '', anchor]) => {
    const path = target === '' ? page : join(dirname(page), target)
    // Throws if the file does not exist.
    const headings = [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    )
    return anchor !== undefined && !headings.includes(anchor)
  })

  expect(links).not.toEqual([])
  expect(broken).toEqual([])
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
    /^src\/adapters\/[^/]+\/index\.ts$/.test(source),
  )

  for (const skill of skills.filter((name) => name !== 'identity-web'))
    expect(index).toContain(`../${skill}/SKILL.md`)
  expect(adapters.length).toBeGreaterThan(10)
  for (const [path] of adapters) expect(index).toContain(`\`identity-web${path.slice(1)}\``)
})

test('the commands of docs/coding-agents.md copy the skills', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'skills-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/identity-web'))
  const guide = readFileSync(join(root, '../../docs/coding-agents.md'), 'utf8')
  const commands = [...guide.matchAll(/`(mkdir -p (\S+) && cp [^`]+)`/g)]

  expect(commands.length).toBe(2)
  for (const [, command = '', target = ''] of commands) {
    execFileSync('sh', ['-c', command], { cwd: folder })
    expect(readdirSync(join(folder, target))).toEqual(skills)
  }
  // The prompt and the lines for AGENTS.md name this file, and the skills of the table.
  expect(guide).toContain('node_modules/identity-web/skills/identity-web/SKILL.md')
  for (const skill of skills) expect(guide).toContain(`| \`${skill}\``)
})
