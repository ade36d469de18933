// https://learn.microsoft.com/graph/templates/reference/applications
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Language, Parser, type Node } from 'web-tree-sitter'
import { createSelfSigned } from '../../src/credentials/self-signed.js'
import { describe, expect, test as base } from '../support/graph-fixtures.js'

const GRAMMAR = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')

/** The properties of Microsoft's reference for the resources in these files. */
const PROPERTIES = new Set(
  `accessToken adminConsentDescription adminConsentDisplayName allowedMemberTypes api appId appRoles audiences delegatedPermissionIds
  description displayName endDateTime id idToken identifierUris isEnabled issuer key keyCredentials logoutUrl name oauth2PermissionScopes
  optionalClaims preAuthorizedApplications redirectUris requestedAccessTokenVersion requiredResourceAccess resourceAccess resourceAppId
  signInAudience startDateTime subject tags type uniqueName usage userConsentDescription userConsentDisplayName value web`.split(
    /\s+/,
  ),
)

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('parser', { scope: 'file' }, async ({}) => {
    await Parser.init()
    return new Parser().setLanguage(await Language.load(GRAMMAR))
  })
  /** Writes a Bicep file and parses it. */
  .extend(
    'bicep',
    ({ run, folder, parser }) =>
      async (options: string, ...args: readonly string[]) => {
        const command = ['register', ...options.split(' '), ...args, '--bicep', 'app.bicep']
        const { code, error } = await run(command)
        if (code !== 0) throw new Error(error)
        const text = readFileSync(join(folder, 'app.bicep'), 'utf8')
        // The grammar does not know this statement yet.
        const root = parser.parse(text.replace('extension microsoftGraphV1\n', ''))?.rootNode
        return { text, nodes: root === undefined ? [] : allNodes(root) }
      },
  )

function allNodes(node: Node): Node[] {
  const children = node.children.filter((child) => child !== null)
  return [node, ...children.flatMap(allNodes)]
}

function problemsOf(nodes: readonly Node[]): string[] {
  const names = nodes
    .filter(({ type }) => type === 'object_property')
    // A resource in an object is not a property.
    .filter((node) => node.children[0]?.type !== 'resource_declaration')
    .map((node) => node.children[0]?.text ?? '')
  return [
    ...nodes.filter((node) => node.isError || node.isMissing).map(({ text }) => `syntax: ${text}`),
    ...names.filter((name) => !PROPERTIES.has(name)).map((name) => `property: ${name}`),
  ]
}

describe('register --bicep', () => {
  test('a web app with a certificate, a federated credential and special characters', async ({
    bicep,
    folder,
  }) => {
    const { key, cert } = await createSelfSigned('shop', 30)
    writeFileSync(join(folder, 'shop.pem'), key + cert)
    const { text, nodes } = await bicep(
      '--url https://shop.contoso.com --role Admin --permission User.Read --github contoso/shop',
      '--certificate',
      'shop.pem',
      '--name',
      "Bob's ${shop} \\ 1",
    )

    expect(problemsOf(nodes)).toEqual([])
    expect(nodes.filter(({ type }) => type === 'object_property').length).toBeGreaterThan(20)
    // The parser finds an expression in a string only where the file has one.
    expect(nodes.filter(({ type }) => type === 'interpolation')).toEqual([])
    expect(text).toContain(String.raw`displayName: 'Bob\'s \${shop} \\ 1'`)
    expect(text).toContain("id: guid('bob-s-shop-1', 'role', 'Admin')")
    expect(text).toContain(
      "id: filter(graph.oauth2PermissionScopes, scope => scope.value == 'User.Read')[0].id",
    )
    expect(text).toContain("key: 'MII")
    expect(text).not.toContain('PRIVATE KEY')
  })

  test('an API has the ID of the tenant in its URI', async ({ bicep }) => {
    const { text, nodes } = await bicep(
      '--api --name Todos --scope Todos.Read --app-permission Todos.All',
    )

    expect(problemsOf(nodes)).toEqual([])
    expect(nodes.filter(({ type }) => type === 'interpolation').map((node) => node.text)).toEqual([
      '${tenant().tenantId}',
    ])
    expect(text).toContain("'api://${tenant().tenantId}/todos'")
    expect(text).toContain("id: guid('todos', 'role', 'Todos.All')")
  })

  test('an MCP server, without a request', async ({ provider, bicep, token: _token }) => {
    const count = provider.requests.length
    const { text, nodes } = await bicep('--mcp --name Tools --url https://t.contoso.com/mcp')

    expect(problemsOf(nodes)).toEqual([])
    expect(text).toContain("'https://t.contoso.com/mcp'")
    expect(text).toContain('requestedAccessTokenVersion: 2')
    expect(provider.requests.length).toBe(count)
  })

  test('permissions of other APIs are references to their service principals', async ({
    bicep,
  }) => {
    const api = 'DA000000-0000-4000-8000-000000000051'
    const { text, nodes } = await bicep(
      '--name Web --permission User.Read --permission',
      `api://${api}/Todos.Read`,
      '--permission',
      `${api}/Todos.Write`,
    )

    expect(problemsOf(nodes)).toEqual([])
    expect(text.match(/^resource \w+ .*existing/gm)).toHaveLength(2)
    expect(text).toContain(`  appId: '${api.toLowerCase()}'\n`)
    expect(text).toContain(`resourceAppId: '${api.toLowerCase()}'`)
    expect(text).toContain(
      "id: filter(graph.oauth2PermissionScopes, scope => scope.value == 'User.Read')[0].id",
    )
    expect(text).toContain(
      "id: filter(api1.oauth2PermissionScopes, scope => scope.value == 'Todos.Write')[0].id",
    )
  })

  test('a daemon lists app permissions', async ({ bicep }) => {
    const api = 'da000000-0000-4000-8000-000000000051'
    const permission = `api://${api}/Todos.Read.All`
    const { text, nodes } = await bicep('--daemon --name Nightly --permission', permission)

    expect(problemsOf(nodes)).toEqual([])
    expect(text).toContain(
      "id: filter(api1.appRoles, role => role.value == 'Todos.Read.All' && contains(role.allowedMemberTypes, 'Application'))[0].id",
    )
    expect(text).toContain("type: 'Role'")
    expect(text).not.toContain('graph.')
  })

  test('the parser finds a mistake', async ({ parser }) => {
    const root = parser.parse("resource app 'x' = {\n  nonsense: 'a' b\n}")?.rootNode
    const problems = root === undefined ? [] : problemsOf(allNodes(root))

    expect(problems.some((problem) => problem.startsWith('syntax'))).toBe(true)
  })
})

test('a name without Latin letters has its own key, so that two apps do not replace each other', async ({
  bicep,
}) => {
  const keys: (string | undefined)[] = []
  for (const name of ['東京', '大阪']) {
    // oxlint-disable-next-line no-await-in-loop -- Both runs write the same file.
    const { text } = await bicep('--name', name)
    keys.push(/uniqueName: '([^']*)'/.exec(text)?.[1])
  }

  expect(keys).toEqual([expect.stringMatching(/^app-\w{8}$/), expect.stringMatching(/^app-\w{8}$/)])
  expect(keys[0]).not.toBe(keys[1])
})

test.for(['--bicep', '--az-script'])(
  '%s replaces its own file, and no other one',
  async (option, { run, folder, write }) => {
    const args = ['register', '--name', 'Shop', option, 'infra']
    expect([(await run(args)).code, (await run(args)).code]).toEqual([0, 0])
    write('infra', 'a file of the user')
    const { code, error } = await run(args)

    expect([code, error]).toEqual([2, expect.stringContaining('infra exists already')])
    expect(readFileSync(join(folder, 'infra'), 'utf8')).toBe('a file of the user')
  },
)

describe('register --az-script', () => {
  test('writes a script whose values the shell does not change', async ({ run, folder }) => {
    const name = `Bob's "$HOME" \`x\` $(touch owned) \${y}`
    const { code } = await run(['register', '--name', name, '--az-script', 'app.sh', '--secret'])
    const text = readFileSync(join(folder, 'app.sh'), 'utf8')

    expect(code).toBe(0)
    expect(text).toContain(JSON.stringify(name).replaceAll("'", String.raw`'\''`))
    expect(text).not.toMatch(/--password|client_secret/)
  })

  test('an MCP server gets version 2 before its URL, and its clients at the end', async ({
    run,
    folder,
  }) => {
    const url = 'https://t.contoso.com/mcp'
    const command = `register --mcp --name Tools --url ${url} --az-script app.sh`
    const { code } = await run(command.split(' '))
    const text = readFileSync(join(folder, 'app.sh'), 'utf8')
    const bodies = [...text.matchAll(/--body '(.*)'(?= --query|$)/gm)].map(
      ([, body = '']): unknown => JSON.parse(body.replaceAll(/'"(\$\w+)"'/g, '$1')),
    )

    expect(code).toBe(0)
    expect(bodies).toEqual([
      expect.objectContaining({ api: { requestedAccessTokenVersion: 2 } }),
      expect.objectContaining({ identifierUris: [url] }),
      {
        api: {
          preAuthorizedApplications: [
            {
              appId: 'aebc6443-996d-45c2-90f0-388ff96faa56',
              delegatedPermissionIds: ['$ID_1'],
            },
          ],
        },
      },
    ])
  })
})
