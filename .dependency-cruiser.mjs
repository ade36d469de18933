import { readFileSync } from 'node:fs'
// Which layer may import which. `npm run lint` fails on every import that these tables do not list.
// ARCHITECTURE.md explains the layers. `test/layers.test.ts` adds forbidden imports and expects the errors.

const BELOW_API = ['authentication', 'options', 'encryption', 'client', 'authority', 'ground']
const BELOW_WEB = ['seams', 'session', 'languages', ...BELOW_API]
const BELOW_CLASSES = ['session-or-bearer', 'web', 'mcp', 'api', 'authentication', 'ground']
const BASE = ['adapters/base', 'classes', ...BELOW_CLASSES]
const NODE = [...BASE, 'adapters/node', 'node:']
const REQUEST_RESPONSE = [...BASE, 'adapters/request-response']

/** What each layer of identity-web may import besides itself. `node:` means every module of Node.js. */
const LIBRARY = {
  ground: [],
  // Everything here runs in browsers. It does not share code with the server.
  browser: ['browser/register'],
  // Only types. Applications declare the type of their session view there, for scripts and for the server.
  'browser/register': [],
  'browser/react': ['browser', 'npm:react'],
  'browser/vue': ['browser', 'npm:vue'],
  'browser/svelte': ['browser', 'npm:svelte'],
  'browser/angular': ['browser', 'npm:@angular', 'npm:rxjs'],
  languages: ['ground'],
  authentication: ['ground'],
  encryption: ['ground'],
  stores: ['ground'],
  platforms: ['ground'],
  session: ['encryption', 'ground'],
  authority: ['ground', 'npm:jose'],
  client: ['authority', 'ground', 'npm:openid-client'],
  seams: ['session', 'client', 'authority', 'ground'],
  options: ['seams', 'session', 'languages', 'client', 'authority', 'ground'],
  ...rooms(
    'web/',
    ['runtime', 'http', 'users', 'sign-in', 'guard', 'forward', 'sign-out', 'browser-session'],
    BELOW_WEB,
  ),
  ...rooms('api/', ['token', 'long-running', 'guard'], BELOW_API),
  web: BELOW_WEB,
  api: BELOW_API,
  mcp: ['api', ...BELOW_API],
  'session-or-bearer': ['web', 'api', 'ground'],
  'easy-auth': ['web', 'options', 'seams', 'session', 'client', 'authority', 'ground'],
  previews: ['web', 'options', 'seams', 'encryption', 'authority', 'ground'],
  'token-cache': ['options', 'encryption', 'client', 'ground'],
  azure: ['options', 'client', 'authority', 'ground'],
  'vault-key': ['client', 'authority', 'ground'],
  'device-code': [
    'web',
    'options',
    'seams',
    'languages',
    'client',
    'authority',
    'ground',
    'npm:openid-client',
  ],
  classes: [...BELOW_CLASSES, 'browser/register'],
  'adapters/base': ['index', 'classes', ...BELOW_CLASSES],
  'adapters/node': [...BASE, 'node:'],
  'adapters/request-response': BASE,
  'adapters/express': [...NODE, 'npm:express'],
  'adapters/fastify': [...NODE, 'npm:fastify'],
  'adapters/koa': [...NODE, 'npm:koa'],
  'adapters/nestjs': [...NODE, 'npm:@nestjs/(common|core)', 'npm:rxjs'],
  'adapters/hono': [...REQUEST_RESPONSE, 'npm:hono'],
  'adapters/next': [...REQUEST_RESPONSE, 'npm:next', 'npm:react'],
  'adapters/fetch': REQUEST_RESPONSE,
  'adapters/sveltekit': [...REQUEST_RESPONSE, 'npm:@sveltejs/kit'],
  'adapters/astro': REQUEST_RESPONSE,
  'adapters/react-router': REQUEST_RESPONSE,
  'adapters/tanstack-start': REQUEST_RESPONSE,
  'adapters/h3': [...NODE, 'npm:h3'],
  nuxt: ['adapters/h3', 'ground', 'node:'],
  'adapters/azure-functions': [...REQUEST_RESPONSE, 'npm:@azure/functions'],
  index: ['web', 'mcp', 'api', 'stores', ...BELOW_WEB],
}

/**
 * The wings: capabilities that an application passes as an option, with an entry point of their own. Nothing outside a wing
 * imports it.
 */
const WINGS = JSON.parse(
  readFileSync(new URL('scripts/budgets.json', import.meta.url), 'utf8'),
).wings.map(({ folder }) => folder)

/** The same for identity-web-dev, whose room `sign-in` does not import `tokens` and `graph`, and the reverse. */
const ROOMS = ['config', 'protocol', 'controls', 'profiles', 'state']
const PROVIDER = {
  ...rooms('', [...ROOMS, 'sign-in'], ['node:', 'npm:(?!packages/).*']),
  tokens: [...ROOMS, 'node:', 'npm:(?!packages/).*'],
  dashboard: [...ROOMS, 'sign-in', 'tokens', 'node:', 'npm:(?!packages/).*'],
  graph: [...ROOMS, 'tokens', 'node:', 'npm:(?!packages/).*'],
  server: [...ROOMS, 'sign-in', 'tokens', 'graph', 'dashboard', 'node:', 'npm:(?!packages/).*'],
  'easy-auth': [...ROOMS, 'server', 'provider', 'dev-provider', 'node:', 'npm:(?!packages/).*'],
  // The command also uses the files at the top level, which connect the folders.
  command: [
    ...ROOMS,
    'sign-in',
    'server',
    'easy-auth',
    'provider',
    'dev-provider',
    'config-file',
    'node:',
    'npm:(?!packages/).*',
  ],
  testing: [
    ...ROOMS,
    'tokens',
    'ground',
    'node:',
    'npm:(?!packages/).*',
    'npm:packages/identity-web',
  ],
  playwright: ['testing', 'config', 'node:', 'npm:(?!packages/).*'],
}

/** The same for identity-web-cli, whose commands do not import each other. But `verify` uses the requests and the explanations of `doctor`. */
const SHARED_BY_COMMANDS = ['command', 'env-file', 'output']
const CLI = {
  output: [],
  command: ['output'],
  'env-file': ['command'],
  graph: ['command'],
  credentials: ['graph', 'command'],
  registration: ['graph'],
  loopback: ['command', 'node:'],
  reality: [],
  subject: ['command', 'env-file', 'output', 'graph', 'npm:packages/identity-web'],
  'commands/secret': SHARED_BY_COMMANDS,
  'commands/doctor': [
    ...SHARED_BY_COMMANDS,
    'graph',
    'registration',
    'loopback',
    'subject',
    'npm:packages/identity-web',
  ],
  'commands/verify': [
    ...SHARED_BY_COMMANDS,
    'graph',
    'credentials',
    'registration',
    'loopback',
    'subject',
    'commands/doctor',
    'reality',
    'npm:packages/identity-web',
  ],
  'commands/register': [...SHARED_BY_COMMANDS, 'graph', 'credentials', 'registration'],
  'commands/rotate': [...SHARED_BY_COMMANDS, 'graph', 'credentials'],
  commands: [...SHARED_BY_COMMANDS, 'commands/[a-z]+'],
  ground: ['commands', 'command', 'output'],
}
/** The same for create-identity-web. `project/` creates the files, and does not know the questions. */
const CREATE = {
  ground: ['project', 'node:', 'npm:(?!packages/).*'],
  project: ['ground', 'node:'],
}

/** The files of other layers that use Node.js. Only Node.js loads them: see the `imports` of entries.json. */
const NODE_FILES = '/(authority|encryption|client|options|web/forward)/(.*-node\\.ts$|.*/pkcs12/)'

/** The modules that `loadLater` loads. Each imports a group of modules that requests need together. */
const GROUPS = [
  'api/long-running',
  'authority/provider-requests',
  'client/requests',
  'device-code/loaded',
  'web/http/loaded-pages',
  'web/loaded-routes',
  'web/sign-in/starts',
].map((path) => `^packages/identity-web/src/${path}\\.ts$`)

const error = (name, from, to) => ({ name, severity: 'error', from, to })

export default {
  forbidden: [
    ...rulesFor('packages/identity-web', LIBRARY),
    ...rulesFor('packages/dev-provider', PROVIDER),
    ...rulesFor('packages/identity-web-cli', CLI),
    ...rulesFor('packages/create-identity-web', CREATE),
    ...WINGS.map((wing) =>
      error(
        `nothing outside ${wing}/ imports it, also not with import()`,
        { path: '^packages/identity-web/src/', pathNot: pathOf('packages/identity-web', wing) },
        { path: pathOf('packages/identity-web', wing) },
      ),
    ),
    error(
      'only these layers use Node.js: adapters/node and its adapters',
      { path: '^packages/identity-web/', pathNot: [...pathsThatUseNode(), NODE_FILES] },
      { dependencyTypes: ['core'] },
    ),
    error(
      'only import() imports what loadLater() loads',
      { path: '^packages/identity-web/src/' },
      { path: GROUPS, dynamic: false, dependencyTypesNot: ['type-only', 'type-import'] },
    ),
    error(
      'no file imports itself through others, also not with import()',
      { path: '^packages/' },
      { circular: true },
    ),
    error(
      'only the testing kit of identity-web-dev imports identity-web, for sessions of other processes',
      { path: '^packages/dev-provider/', pathNot: '/src/testing/library\\.ts$' },
      { path: '(^|/)identity-web/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '/dist/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
}

/** The rooms of a folder, from the ground up. Each may import those before it. */
function rooms(folder, names, below) {
  const layers = names.map((name) => folder + name)
  return Object.fromEntries(layers.map((layer, i) => [layer, [...below, ...layers.slice(0, i)]]))
}

function rulesFor(folder, layers) {
  const names = Object.keys(layers)
  const paths = (all) => all.map((layer) => pathOf(folder, layer))
  const elsewhere = { path: `^${folder}/src/.*/`, pathNot: paths(names) }
  return names
    .map((layer) => {
      const allowed = [layer, ...layers[layer]]
      return error(
        `${layer} imports ${layers[layer].join(', ') || 'nothing else'}`,
        { path: paths([layer]), pathNot: paths(names.filter((n) => n.startsWith(`${layer}/`))) },
        { pathNot: paths(allowed), dependencyTypesNot: ['core'] },
      )
    })
    .concat(error(`every folder of ${folder} has a row`, elsewhere, {}))
}

function pathsThatUseNode() {
  const layers = Object.keys(LIBRARY).filter((layer) => LIBRARY[layer].includes('node:'))
  return layers.map((layer) => pathOf('packages/identity-web', layer))
}

function pathOf(folder, layer) {
  if (layer === 'ground') return `^${folder}/src/(?!index\\.)[^/]+$`
  if (layer.startsWith('npm:')) return `(^|node_modules/)(@types/)?${layer.slice(4)}(/|$)`
  return `^${folder}/(src|dist)/${layer}[/.]`
}
