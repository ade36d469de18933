// `npm run generate` writes packages/dev-provider/config.schema.json from the types of the configuration file and their
// documentation. With `--check`, it fails if the file differs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { format } from 'oxfmt'
import { createGenerator } from 'ts-json-schema-generator'
import { root } from './setup.mjs'

const FILE = `${root}packages/dev-provider/config.schema.json`
const TYPE = 'DevProviderConfigFile'

/** The lists whose entries can change a default entry. Such an entry requires only this property. */
const KEYS = { tenants: 'id', users: 'username', apps: 'clientId', groups: 'id' }

/** The names in links of the documentation that mean nothing in a JSON file. */
const VALUES = { CONSUMERS_TENANT_ID: '9188040d-6c67-4c5b-b112-36a304b66dad' }

const text = await toText(createSchema())
if (process.argv.includes('--check')) {
  if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
    console.error(
      'packages/dev-provider/config.schema.json is not up to date. Run npm run generate.',
    )
    process.exitCode = 1
  }
} else {
  writeFileSync(FILE, text)
}

function createSchema() {
  const generator = createGenerator({
    path: `${root}packages/dev-provider/src/config-file.ts`,
    tsconfig: `${root}tsconfig.json`,
    type: TYPE,
    // Another gate checks the types.
    skipTypeCheck: true,
  })
  const schema = generator.createSchema(TYPE)
  const { [TYPE]: file, ...definitions } = schema.definitions
  return {
    $schema: schema.$schema,
    title: 'The configuration of identity-web-dev',
    ...file,
    ...requireProperties(file, definitions),
    definitions,
  }
}

/**
 * Moves the required properties of the entries to conditions of the file, because an entry that changes a default entry
 * contains only its changes.
 */
function requireProperties(file, definitions) {
  const whole = {}
  const changes = {}
  for (const [list, key] of Object.entries(KEYS)) {
    const entry = definitions[file.properties[list].items.$ref.replace('#/definitions/', '')]
    whole[list] = { items: { required: entry.required } }
    changes[list] = { items: { required: [key] } }
    delete entry.required
  }
  return {
    if: { required: ['extends'] },
    // oxlint-disable-next-line unicorn/no-thenable -- It is a keyword of JSON Schema.
    then: { properties: changes },
    else: { properties: whole },
  }
}

async function toText(schema) {
  const json = JSON.stringify(schema, (key, value) =>
    key === 'description' && typeof value === 'string' ? toDescription(value) : value,
  )
  const options = JSON.parse(readFileSync(`${root}.oxfmtrc.json`, 'utf8'))
  const { code } = await format('config.schema.json', json, options)
  return code
}

function toDescription(documentation) {
  return documentation.replaceAll(
    /\s*\{@link\s+(\w+)\s*\}\s*/g,
    (_, name) => ` \`${VALUES[name] ?? name}\` `,
  )
}
