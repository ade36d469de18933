import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defaultConfig } from '../src/index.js'
import { describe, expect, providerOf, test } from './support/run-command.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGES = ['README.md', ...readdirSync(`${ROOT}docs`).map((name) => `docs/${name}`)]

/** The configuration files of the documentation, each with its page and line. */
const EXAMPLES = PAGES.flatMap((page) => {
  const content = readFileSync(ROOT + page, 'utf8')
  return [...content.matchAll(/^```json\n(.*?)^```/gms)].map((match) => ({
    place: `${page}:${content.slice(0, match.index).split('\n').length}`,
    json: match[1] ?? '',
  }))
})

describe('a configuration file of the documentation', () => {
  test('is in the reference', () => {
    expect(EXAMPLES.map(({ place }) => place.split(':')[0])).toEqual(
      expect.arrayContaining(['docs/configuration.md', 'docs/microsoft-graph.md']),
    )
  })

  test.for(EXAMPLES)('is valid: $place', async ({ json }, { run, path }) => {
    await writeFile(path('dev.json'), json)
    const started = await run('--port', '0', '--config', path('dev.json'))

    expect(started.error).toEqual([])
    expect(providerOf(started).config.users.length).toBeGreaterThan(1)
  })
})

test('the README names the tenants, apps, secrets and users of each default start', () => {
  const { tenants, apps, users } = defaultConfig
  const ids = [
    ...tenants.map(({ id, domains, kind }) => (kind === 'b2c' ? domains[0] : id)),
    ...apps.flatMap(({ clientId, clientSecret = '' }) => [clientId, clientSecret]),
    ...users.map(({ username }) => username.replace(/^(theo|lee)@.*/, '$1@…')),
  ]
  const readme = readFileSync(`${ROOT}README.md`, 'utf8')

  expect(ids.filter((id = 'missing') => !readme.includes(id))).toEqual([])
})
