import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')
const FOLDER = '.github/workflows'
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  'image.yml': ['push: packages'],
  'release.yml': [
    'version: contents',
    'version: pull-requests',
    'publish: contents',
    'publish: id-token',
  ],
}

interface Job {
  readonly permissions?: Record<string, string>
  readonly steps?: {
    readonly uses?: string
    readonly run?: string
    readonly with?: Record<string, unknown>
  }[]
}
interface Workflow {
  readonly permissions: Record<string, string>
  readonly jobs: Record<string, Job>
}

describe.each(readdirSync(root + FOLDER).map((name) => `${FOLDER}/${name}`))('%s', (file) => {
  const workflow = parse(read(file)) as Workflow
  const jobs = Object.entries(workflow.jobs)

  // Somebody who takes over an action can move its tags, but not a commit.
  test('names the commit of each action, and its version in a comment', () => {
    const actions = [...read(file).matchAll(/uses: (.*)/g)].map(([, action = '']) => action)
    expect(actions).not.toEqual([])
    for (const action of actions)
      expect(action).toMatch(
        /^([\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/ci\.yml)$/,
      )
  })

  test('does not leave the token of the checkout to the programs of a job', () => {
    const checkouts = jobs.flatMap(([, { steps = [] }]) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
    )
    for (const checkout of checkouts)
      expect(checkout.with).toMatchObject({ 'persist-credentials': false })
  })

  test('runs only our own code where npm trusts the job', () => {
    const trusted = jobs.filter(([, { permissions }]) => permissions?.['id-token'] === 'write')
    expect(trusted.map(([name]) => name)).toEqual(file.endsWith('release.yml') ? ['publish'] : [])
    for (const [, { steps = [] }] of trusted) {
      const commands = steps.flatMap(({ run }) => run ?? [])
      for (const command of commands)
        expect(command).toMatch(
          /^(?:node scripts\/release\/publish\.mjs|gh auth setup-git && git push) [^&|;]+$/,
        )
      // A cache can contain packages that another job installed.
      const node = steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))
      expect(node?.with).toMatchObject({ 'package-manager-cache': false })
      expect(node?.with).not.toHaveProperty('cache')
    }
  })

  test('runs packages of npm only in jobs that can read', () => {
    for (const [name, { permissions, steps = [] }] of jobs) {
      if (!Object.values(permissions ?? {}).includes('write')) continue
      const commands = steps.flatMap((step) => [
        step.run ?? '',
        JSON.stringify(step.with?.['version'] ?? ''),
      ])
      expect([name, commands.filter((command) => /\bnp[mx]\b/.test(command))]).toEqual([name, []])
    }
  })

  test('can write only where a release needs it', () => {
    expect(Object.values(workflow.permissions)).not.toContain('write')
    const writers = jobs.flatMap(([name, { permissions = {} }]) =>
      Object.entries(permissions)
        .filter(([, access]) => access === 'write')
        .map(([permission]) => `${name}: ${permission}`),
    )
    expect(writers).toEqual(WRITERS[file.slice(FOLDER.length + 1)] ?? [])
  })
})

test('the canary gives new versions neither secrets nor the right to run their scripts', () => {
  const text = read(`${FOLDER}/canary.yml`)

  expect(text).not.toContain('secrets')
  expect(text.match(/npm ci.*/g)).toEqual(['npm ci --ignore-scripts', 'npm ci --ignore-scripts'])
  expect((parse(text) as Workflow).permissions).toEqual({ contents: 'read' })
})
