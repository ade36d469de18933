// `npm run options` writes docs/options.md from the types of the options, their documentation and scripts/old-names.json, the table of
// events in docs/operate.md, and the table of docs/microsoft-errors.md. `npm run options -- --check` fails if a page differs, or if an
// option lacks its default or an example.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { formatText } from './format-text.mjs'
import { ERRORS_PAGE, errorsPage } from './microsoft-errors.mjs'
import { root } from './setup.mjs'

const PAGE = join(root, 'docs/options.md')
const EVENTS_PAGE = join(root, 'docs/operate.md')
const EVENTS_MARKS = /(?<=<!-- events .*-->\n).*(?=<!-- \/events -->)/s
const SOURCE = join(root, 'packages/identity-web/src')
/** The names that an option had in other libraries. Each key is an interface and an option of it. */
const OLD_NAMES = JSON.parse(readFileSync(join(root, 'scripts/old-names.json'), 'utf8'))

/**
 * The sections of the page. Options of `nested` follow the option that contains them, `NAME` stands for a name that the
 * application chooses. Sections do not repeat the options of `without`.
 */
const SECTIONS = [
  {
    title: 'Options of `Auth` and `ApiAuth`',
    intro:
      'Pass them to `new Auth(app, options)` in a web app, or to `new ApiAuth(options)` in a web API. They identify your application and its identity provider.',
    type: 'options/provider-options.ts ProviderOptions',
    nested: ['b2c', 'apis'],
  },
  {
    title: 'Options of `Auth`',
    intro: 'Pass them to `new Auth(app, options)`. They are for web apps that sign users in.',
    type: 'options/auth-options.ts AuthOptions',
    nested: ['session', 'session.cookie', 'pages', 'browser'],
    without: [
      'options/provider-options.ts ProviderOptions',
      'options/sign-in-parameters.ts SignInParameters',
    ],
  },
  {
    title: 'Parameters of a sign-in',
    intro:
      'Pass them to `new Auth(app, options)`, and they apply to every sign-in. Pass them to `auth.login()`, and they apply to one sign-in.',
    type: 'options/sign-in-parameters.ts SignInParameters',
  },
  {
    title: 'Parameters of `auth.login`',
    intro:
      'Pass them after the arguments of the framework. You can also pass all [parameters of a sign-in](#parameters-of-a-sign-in).',
    type: 'web/sign-in/login-options.ts LoginOptions',
    without: ['options/sign-in-parameters.ts SignInParameters'],
  },
  {
    title: 'Options of `ApiAuth`',
    intro:
      'Pass them to `new ApiAuth(options)`. They are for web APIs. You can also pass all [options of `Auth` and `ApiAuth`](#options-of-auth-and-apiauth).',
    type: 'options/api-options.ts ApiAuthOptions',
    nested: ['longRunning'],
    without: ['options/provider-options.ts ProviderOptions'],
  },
  {
    title: 'Options of `McpAuth`',
    intro:
      'Pass them to `new McpAuth(app, options)`. They are for [MCP servers](mcp.md). You can also pass all [options of `ApiAuth`](#options-of-apiauth).',
    type: 'options/mcp-options.ts McpAuthOptions',
    // They include the options of `Auth` and `ApiAuth`.
    without: ['options/api-options.ts ApiAuthOptions'],
  },
  {
    title: 'Requirements of `auth.loginRequired`',
    intro: 'Pass them as the first argument of the guard, before the handler.',
    type: 'web/guard/requirement.ts LoginRequirement',
  },
  {
    title: 'Requirements of `api.authorizationRequired`',
    intro: 'Pass them as the first argument of the guard, before the handler.',
    type: 'api/guard/requirement.ts AuthorizationRequirement',
  },
  {
    title: 'Requirements of `auth.orBearer(api).required`',
    intro:
      'Pass them as the first argument of the guard, before the handler. You can also pass `roles`, `groups`, `claims` and `acrs`, as to [`auth.loginRequired`](#requirements-of-authloginrequired). They apply to sessions and to access tokens. An app-only token must also contain the `claims`.',
    type: 'session-or-bearer/requirement.ts EitherRequirement',
    without: ['web/guard/requirement.ts LoginRequirement'],
  },
  {
    title: 'Options of `auth.forward`',
    intro: 'Pass them after the path. [Forward requests to an API](forward.md) is the guide.',
    type: 'options/forward-options.ts ForwardOptions',
  },
  {
    title: 'Options of `auth.authenticate`',
    intro:
      'Pass them after the request. You can also pass the [requirements of `auth.loginRequired`](#requirements-of-authloginrequired), except `challenge`.',
    type: 'classes/auth.ts AuthenticateWith',
    without: ['web/guard/requirement.ts LoginRequirement'],
  },
  {
    title: 'Options of `auth.toResponse`',
    intro: 'Pass them after the request and the error.',
    type: 'web/guard/error-to-response.ts ErrorResponseScopes',
  },
  {
    title: 'Options of `api.authenticate`',
    intro:
      'Pass them after the request. You can also pass the [requirements of `api.authorizationRequired`](#requirements-of-apiauthorizationrequired), and `res` as in `auth.authenticate`.',
    type: 'classes/api-auth.ts AuthenticateCaller',
    without: [
      'api/guard/requirement.ts AuthorizationRequirement',
      'classes/detached.ts CookieTarget',
    ],
  },
  {
    title: 'Options of `api.toResponse`',
    intro: 'Pass them after the request and the error.',
    type: 'classes/signatures.ts ApiErrorScopes',
  },
  {
    title: 'Options of `getGroups`',
    intro: 'Pass them after the context.',
    type: 'web/guard/groups.ts GroupsOptions',
  },
  {
    title: 'Options of `managedIdentityAssertion`',
    intro: 'Pass them as the only argument. The result is the value of `clientCredential`.',
    type: 'client/credential/workload-identity.ts ManagedIdentityAssertionOptions',
  },
  {
    title: 'Options of `kubernetesAssertion`',
    intro: 'Pass them as the only argument. The result is the value of `clientCredential`.',
    type: 'client/credential/workload-identity.ts KubernetesAssertionOptions',
  },
  {
    title: 'Options of `easyAuth`',
    intro: 'Pass them as the only argument. The result is the value of `signIn`.',
    type: 'easy-auth/options.ts EasyAuthOptions',
  },
  {
    title: 'Options of `deviceCode`',
    intro: 'Pass them as the only argument. The result is the value of `signIn`.',
    type: 'device-code/options.ts DeviceCodeOptions',
  },
  {
    title: 'Options of `previewRelay`',
    intro: 'Pass them as the only argument. The result is the value of `previews`.',
    type: 'previews/options.ts PreviewRelayOptions',
  },
  {
    title: 'Options of `sharedTokens`',
    intro: 'Pass them as the only argument. The result is the value of `tokenCache`.',
    type: 'token-cache/options.ts SharedTokensOptions',
  },
  {
    title: 'Options of `azureCredential`',
    intro: 'Pass them after the `Auth`, `ApiAuth` or `McpAuth`. A context has no options.',
    type: 'azure/azure-credential.ts AzureCredentialOptions',
  },
  {
    title: 'Options of `redisStore`',
    intro: 'Pass them after the client of Redis.',
    type: 'stores/redis.ts RedisStoreOptions',
  },
  {
    title: 'Options of `postgresStore`',
    intro: 'Pass them after the client of PostgreSQL.',
    type: 'stores/postgres/postgres-store.ts PostgresStoreOptions',
  },
  {
    title: 'Options of `durableObjectStore`',
    intro: 'Pass them after the binding of the Durable Object.',
    type: 'stores/durable-object.ts DurableObjectStoreOptions',
  },
  {
    title: 'Options of `IdentityModule.forRoot` (NestJS)',
    intro: 'Pass them as the only argument, together with the options of a module of NestJS.',
    type: 'adapters/nestjs/module.ts IdentityModuleOptions',
  },
  {
    title: 'Options of `auth.createProxy` (Next.js)',
    intro: 'Pass them as the first argument.',
    type: 'adapters/next/proxy.ts ProxyOptions',
  },
]

/** The first sections have the options of `Auth`. */
const AUTH_SECTIONS = 3
/** The options that every guide sets, and when. */
const FIRST = {
  authority: 'at Microsoft',
  oidcAuthority: 'at another provider',
  clientId: 'always',
  clientCredential: 'always',
  redirectUri: 'always',
  'session.secret': 'in production',
  scopes: 'if you call APIs',
  'session.store': 'if cookies are not enough',
}
/** Where a reader looks for an option of `Auth`. A group, such as `session`, includes its options. */
const SUBJECTS = {
  'identity provider': ['authority', 'oidcAuthority', 'b2c', 'tenants'],
  'your application': ['clientId', 'clientCredential', 'clientSecret', 'clientAuthentication'],
  'sign-in': ['redirectUri', 'scopes', 'responseMode', 'signIn', 'previews', 'routes'],
  'each request to sign in': [
    'prompt',
    'loginHint',
    'domainHint',
    'maxAgeSeconds',
    'claimsRequest',
    'extraParams',
  ],
  users: ['onLogin', 'onRefresh', 'revalidateUserSeconds', 'onLogout', 'userInfo'],
  sessions: ['session', 'trustedOrigins', 'browser'],
  'pages and URLs': [
    'appName',
    'logo',
    'languages',
    'texts',
    'pages',
    'basePath',
    'homePath',
    'postLogoutRedirectUri',
  ],
  'APIs that you call': ['apis', 'clientCapabilities', 'tokenCache'],
  'log and start': ['logger', 'onEvent', 'includePersonalData', 'environment', 'strictStart'],
  'network and time': ['fetch', 'timeoutSeconds', 'cacheEntries', 'clockToleranceSeconds', 'now'],
}
/** Groups of options, such as `session`, do not count. */
const MAX_AUTH_OPTIONS = 71

/** The properties of each event. An event can have all properties of a group, which then stands for them. */
const EVENTS = 'events.ts EventDetails'
const EVENT_GROUPS = { user: 'events.ts EventUser', error: 'events.ts EventFailure' }

const program = ts.createProgram(
  [
    ...new Set(SECTIONS.flatMap(({ type, without = [] }) => [type, ...without]).map(fileOf)),
    fileOf(EVENTS),
  ],
  ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error },
  ).options,
)
const checker = program.getTypeChecker()
const sections = SECTIONS.map((section) => ({ ...section, options: optionsOf(section) }))
addAnchors(sections.flatMap((section) => [section, ...section.options]))
const authOptions = sections.slice(0, AUTH_SECTIONS).flatMap(({ options }) => options)
const problems = [
  ...sections.flatMap(({ options }) => options.flatMap(problemsOf)),
  ...authOptions.flatMap(subjectProblems),
  ...Object.keys(OLD_NAMES)
    .filter((key) => !sections.some(({ options }) => options.some((option) => option.key === key)))
    .map((key) => `${key} of scripts/old-names.json is not an option of the page.`),
]
const shownCode = new Set()
const page = await formatText(
  PAGE,
  [
    '# All options',
    '<!-- `npm run options` writes this page from packages/identity-web/src. Change the documentation there. -->',
    'You set an option in code, or by an environment variable. If you set it in code, its variable has no effect.',
    '## Environment variables',
    'Most applications set only these options. The variable of every other option is in its description below.',
    toTable(['option', 'variable', 'set it'], Object.entries(FIRST).map(toFirstRow)),
    '## Names in other libraries',
    'If you come [from MSAL Node](from-msal-node.md) or [from passport-azure-ad](from-passport-azure-ad.md), search this page for the old name. Each option says what it was called there. The guides list the old options that you do not need any more.',
    '## Options by subject',
    'You pass these options to `new Auth(app, options)`.',
    Object.entries(SUBJECTS).map(toSubject).join('\n'),
    'Other classes and functions have their own options:',
    sections
      .slice(AUTH_SECTIONS)
      .map((section) => `- ${toLink(section)}`)
      .join('\n'),
    ...sections.flatMap((one) => [
      `## ${one.title}`,
      one.intro,
      ...one.options.flatMap(toParagraphs),
    ]),
  ].join('\n\n'),
)

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
} else {
  save(PAGE, page)
}
save(ERRORS_PAGE, await errorsPage())
save(EVENTS_PAGE, await eventsPage())

const authCount = countOptions(authOptions)
console.log(`Auth has ${authCount} options.`)
if (authCount > MAX_AUTH_OPTIONS) {
  console.error(`Auth may have ${MAX_AUTH_OPTIONS} options. Take one away before you add another.`)
  process.exitCode = 1
}

/** Writes a page, or reports that it differs from the sources. */
function save(file, text) {
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${relative(root, file)} does not match the sources. Run \`npm run options\`.`)
    process.exitCode = 1
  }
}

/** Returns docs/operate.md with one row for each event. */
async function eventsPage() {
  const namesOf = (properties) => properties.map(({ name }) => name)
  const groups = Object.entries(EVENT_GROUPS).map(([group, type]) => [
    group,
    namesOf(propertiesOf(type)),
  ])
  const code = (names) => names.map((name) => `\`${name}\``)
  const rows = propertiesOf(EVENTS).map((event) => {
    let names = namesOf(checker.getTypeOfSymbol(event).getProperties())
    const found = groups.flatMap(([group, members]) => {
      if (!members.every((member) => names.includes(member))) return []
      names = names.filter((name) => !members.includes(name))
      return [group]
    })
    const text = ts.displayPartsToString(event.getDocumentationComment(checker))
    const [sentence] = text.replaceAll(/\s+/g, ' ').split(/(?<=\.) /)
    return [`\`${event.name}\``, sentence, [...found, ...code(names)].join(', ') || '–']
  })
  const table = toTable(['event', 'meaning', 'properties'], rows)
  const legend = groups.map(([group, names]) => `- *${group}*: ${code(names).join(', ')}`)
  const guide = readFileSync(EVENTS_PAGE, 'utf8')
  if (!EVENTS_MARKS.test(guide)) throw new Error('docs/operate.md lacks the marks of its table.')
  return formatText(
    EVENTS_PAGE,
    guide.replace(EVENTS_MARKS, () => `\n${table}\n\n${legend.join('\n')}\n\n`),
  )
}

function fileOf(type) {
  return join(SOURCE, type.split(' ')[0])
}

/** Returns the options of a section, including those that its type inherits. */
function optionsOf({ type, nested = [], without = [] }) {
  const known = new Set(without.flatMap(propertiesOf).map(({ name }) => name))
  return propertiesOf(type)
    .filter(({ name }) => !known.has(name))
    .flatMap((property) => toOptions(property, property.name, nested))
    .map((option) => ({ ...option, key: `${type.split(' ')[1]}.${option.name}` }))
}

function propertiesOf(type) {
  const name = type.split(' ')[1]
  const declaration = program
    .getSourceFile(fileOf(type))
    ?.statements.find(
      (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
    )
  if (declaration === undefined) throw new Error(`The interface ${type} does not exist.`)
  return checker.getTypeAtLocation(declaration).getProperties()
}

/** Returns an option and the options that it contains. */
function toOptions(property, name, nested) {
  const declaration = property.declarations[0]
  const tags = property.getJsDocTags(checker)
  const textsOf = (tagName) =>
    tags
      .filter((tag) => tag.name === tagName)
      .map(({ text }) => withLinks(ts.displayPartsToString(text).trim()))
  const byDefault = (textsOf('defaultValue')[0] ?? '').replaceAll(/\s+/g, ' ')
  const option = {
    name,
    title: `\`${name}\``,
    description: withLinks(ts.displayPartsToString(property.getDocumentationComment(checker))),
    type: typeOf(declaration.type),
    isRequired: (property.flags & ts.SymbolFlags.Optional) === 0,
    byDefault,
    variables: (byDefault.match(/`(?:IDENTITY_|AZURE_|NODE_ENV)\w*`/g) ?? []).join(', '),
    examples: textsOf('example').map(toExample),
    references: textsOf('see'),
  }
  if (!nested.includes(name)) return [option]
  const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, declaration))
  const named = type.getStringIndexType()
  const path = named === undefined ? name : `${name}.NAME`
  const members = (named ?? type).getProperties()
  return [
    option,
    ...members.flatMap((member) => toOptions(member, `${path}.${member.name}`, nested)),
  ]
}

function problemsOf({ name, description, isRequired, byDefault, examples }) {
  return [
    ...(description === '' ? [`${name} has no description.`] : []),
    ...(!isRequired && byDefault === '' ? [`${name} has no @defaultValue.`] : []),
    ...(examples.length === 0 ? [`${name} has no @example.`] : []),
  ]
}

/** An option of `Auth` belongs to one subject. */
function subjectProblems({ name }) {
  const count = Object.values(SUBJECTS)
    .flat()
    .filter((entry) => isWithin(name, entry)).length
  return count === 1 ? [] : [`${name} is in ${count} subjects of SUBJECTS.`]
}

function isWithin(name, entry) {
  return name === entry || name.startsWith(`${entry}.`)
}

/** Returns how many options there are. */
function countOptions(counted) {
  const names = counted.map(({ name }) => name)
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}.`))).length
}

/** Adds the anchors that GitHub gives the headings of a page. */
function addAnchors(headings) {
  const counts = new Map([['all-options', 1]])
  for (const heading of headings) {
    const anchor = heading.title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-')
    const count = counts.get(anchor) ?? 0
    counts.set(anchor, count + 1)
    heading.anchor = count === 0 ? anchor : `${anchor}-${count}`
  }
}

function toLink({ title, anchor }) {
  return `[${title}](#${anchor})`
}

function toTable(head, rows) {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function toFirstRow([name, occasion]) {
  const option = authOptions.find((one) => one.name === name)
  return [toLink(option), option.variables || '–', occasion]
}

function toSubject([subject, entries]) {
  const options = authOptions.filter(({ name }) => entries.some((entry) => isWithin(name, entry)))
  return `- ${subject}: ${options.map(toLink).join(' · ')}`
}

function toParagraphs(option) {
  const { key, title, description, type, isRequired, byDefault, variables } = option
  // A longer default says which variable is read, and when.
  const label = byDefault === variables ? 'Variable' : 'Default'
  const oldNames = Object.entries(OLD_NAMES[key] ?? {})
  const facts = [
    `- Type: \`${type}\``,
    isRequired ? '- Required' : `- ${label}: ${byDefault}`,
    ...oldNames.map(([library, names]) => `- Was called in ${library}: ${names}`),
  ]
  // The example of a group, such as `session`, is often that of an option in the group.
  const examples = option.examples.filter(({ code }) => !shownCode.has(code))
  for (const { code } of examples) shownCode.add(code)
  return [
    `### ${title}`,
    // Before the description, because Markdown would join two lists.
    facts.join('\n'),
    description,
    ...option.references.map((reference) => `See ${reference}.`),
    ...examples.flatMap(({ caption, code }) => [
      ...(caption === '' ? [] : [`${caption}:`]),
      `\`\`\`ts\n${code}\n\`\`\``,
    ]),
  ]
}

/** Returns the type as it is written. Short aliases of this package are replaced by their types. */
function typeOf(node) {
  const symbol =
    ts.isTypeReferenceNode(node) && node.typeArguments === undefined
      ? checker.getSymbolAtLocation(node.typeName)
      : undefined
  if (symbol !== undefined) {
    const isImported = symbol.flags & ts.SymbolFlags.Alias
    const { declarations } = isImported ? checker.getAliasedSymbol(symbol) : symbol
    const alias = declarations?.find(ts.isTypeAliasDeclaration)
    if (alias !== undefined && isPlain(alias.type)) return textOf(alias.type)
  }
  const parts = ts.isUnionTypeNode(node)
    ? node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword)
    : [node]
  return parts.map((part) => (part === node ? textOf(part) : typeOf(part))).join(' | ')
}

/** Returns whether a type names no other type. */
function isPlain(node) {
  return !ts.isTypeReferenceNode(node) && ts.forEachChild(node, (child) => !isPlain(child)) !== true
}

function textOf(node) {
  return node
    .getText()
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\breadonly /g, '')
    .replaceAll(/\bNoInfer<(\w+)>/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\( |,? (?=\))/g, (space) => space.trim().replace(',', ''))
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^\| /, '')
    .trim()
}

function withLinks(text) {
  return text.replaceAll(/\{@link\s+([^}|\s]+)\s*\|?\s*([^}]*)\}/g, (_, target, label) => {
    // The compiler removes the | before the label of a URL.
    if (/^https?:/.test(target)) return `[${label.trim() || new URL(target).host}](${target})`
    return label.trim() || `\`${target}\``
  })
}

function toExample(text) {
  const [, caption, code] = /^(.*?)\n?```ts\n([\s\S]*?)\n```/.exec(text) ?? ['', '', text]
  return { caption: caption.trim(), code }
}
