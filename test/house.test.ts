import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { validateWorkflow } from '@action-validator/core'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')
const filesOf = (folder: string): string[] =>
  readdirSync(root + folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`)

interface Job {
  readonly permissions?: Record<string, string>
  readonly strategy?: { readonly matrix: { readonly node: number[] } }
  readonly steps?: { readonly uses?: string; readonly with?: Record<string, unknown> }[]
}
interface Workflow {
  readonly permissions: Record<string, string>
  readonly jobs: Record<string, Job>
}

describe.each(filesOf('.github/workflows'))('%s', (file) => {
  const workflow = parse(read(file)) as Workflow
  const jobs = Object.entries(workflow.jobs)

  test('is a valid workflow', () => {
    expect(validateWorkflow(read(file)).errors).toEqual([])
  })

  test('names the major version of each action', () => {
    const actions = jobs.flatMap(([, { steps = [] }]) => steps.flatMap(({ uses }) => uses ?? []))
    expect(actions).not.toEqual([])
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
  })

  test('can write only where a release needs it', () => {
    expect(Object.values(workflow.permissions)).not.toContain('write')
    const writers = jobs.flatMap(([name, { permissions = {} }]) =>
      Object.entries(permissions)
        .filter(([, access]) => access === 'write')
        .map(([permission]) => `${name}: ${permission}`),
    )
    expect(writers).toEqual(
      file.endsWith('release.yml')
        ? ['version: contents', 'version: pull-requests', 'release: contents', 'release: id-token']
        : [],
    )
  })
})

test('continuous integration runs on Node.js 20, 22, 24 and 26', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml')) as Workflow
  const setup = jobs['check']?.steps?.find(({ uses }) => uses?.startsWith('actions/setup-node@'))
  expect([setup?.with?.['node-version'], ...(jobs['test']?.strategy?.matrix.node ?? [])]).toEqual([
    20, 22, 24, 26,
  ])
})

test.each(filesOf('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('config.yml')))(
  '%s is an issue form',
  (file) => {
    const form = parse(read(file)) as { body: { type: string; id?: string }[] }
    expect(form).toMatchObject({
      name: expect.any(String) as string,
      description: expect.any(String) as string,
    })
    const kinds = new Set(form.body.map(({ type }) => type))
    expect(['markdown', 'textarea', 'input', 'dropdown']).toEqual(
      expect.arrayContaining([...kinds]),
    )
    for (const field of form.body.filter(({ type }) => type !== 'markdown'))
      expect(field).toMatchObject({ id: expect.stringMatching(/^[a-z]+$/) as string })
    for (const field of form.body)
      expect(field).toMatchObject({ attributes: expect.any(Object) as object })
  },
)
