import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Ajv, type ValidateFunction } from 'ajv'
import { defaultBehaviour, defaultConfig } from '../src/index.js'
import { checkConfig } from '../src/config/resolve-config.js'
import { readFileSchema } from '../src/config/schema.js'
import { expect, test as base } from './support/fixtures.js'

const PACKAGE = new URL('..', import.meta.url)

const test = base
  /** The check of an editor, which knows only the published schema. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('validate', { scope: 'file' }, async ({}): Promise<ValidateFunction> => {
    const json = await readFile(new URL('config.schema.json', PACKAGE), 'utf8')
    return new Ajv({ strict: false }).compile(JSON.parse(json) as object)
  })

const [user] = defaultConfig.users
const [app] = defaultConfig.apps

test('the schema is up to date', async () => {
  const script = fileURLToPath(new URL('../../scripts/config-schema.mjs', PACKAGE))

  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
    stderr: '',
  })
})

test('the package contains the Dockerfile, and contains and exports the schema', async () => {
  const json = await readFile(new URL('package.json', PACKAGE), 'utf8')
  const { files, exports } = JSON.parse(json) as {
    files: string[]
    exports: Record<string, unknown>
  }

  expect(files).toEqual(expect.arrayContaining(['config.schema.json', 'docker/Dockerfile']))
  expect(exports['./config.schema.json']).toBe('./config.schema.json')
})

test.for([
  {},
  { $schema: './node_modules/identity-web-dev/config.schema.json' },
  { ...defaultConfig },
  { ...defaultConfig, behaviour: { ...defaultBehaviour } },
  { extends: 'default', users: [{ username: 'alex@contoso.onmicrosoft.com', roles: ['Admin'] }] },
  { extends: 'default', apps: [{ clientId: app!.clientId, redirectUris: ['https://a.example/'] }] },
  { port: 0, host: '0.0.0.0', allowHosts: ['idp'], origin: 'http://idp:5100', https: false },
  {
    users: [
      { ...user, roles: { [app!.clientId]: ['Admin'] }, photo: 'data:image/png;base64,AA==' },
    ],
  },
  { graph: { '/me/drive': { $status: 200, $scopes: ['Files.Read'], name: 'Drive' } } },
  { behaviour: { faults: { token: { kind: 'status', status: 503, times: 1 } } } },
])('an editor and the command accept %j', (config, { validate }) => {
  expect(validate(config), JSON.stringify(validate.errors)).toBe(true)
  expect(checkConfig(config, readFileSchema()).problems).toEqual([])
})

test.for([
  { usres: [] },
  { users: {} },
  { users: [{ username: 'x' }] },
  { users: [{ ...user, oid: 5 }] },
  { users: [{ ...user, jobTitel: 'x' }] },
  { users: [{ ...user, roles: 'x' }] },
  { users: [{ ...user, photo: 5 }] },
  { extends: 'default', users: [{ roles: ['Admin'] }] },
  { extends: 'defaults' },
  { tenants: [{ ...defaultConfig.tenants[0], kind: 'b2b' }] },
  { apps: [{ ...app, redirectUris: 'anywhere' }] },
  { apps: [{ ...app, accessTokenVersion: 3 }] },
  { behaviour: { consent: 'never' } },
  { behaviour: { faults: { token: { kind: 'slow' } } } },
  { behaviour: { faults: { tokens: { kind: 'hang' } } } },
  { port: '5100' },
])('an editor and the command reject %j', (config, { validate }) => {
  expect(validate(config)).toBe(false)
  expect(checkConfig(config, readFileSchema()).problems).not.toEqual([])
})
