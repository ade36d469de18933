import { describe, expect, test } from 'vitest'
import { Editor, entryPoints, type ShownSignature } from '../support/editor.ts'

// What editors show of the package as it was built. The functions and members are found by their types.

/** The labels of examples that are written once for several frameworks. */
const LABELS: Readonly<Record<string, string>> = {
  'identity-web/express': 'Express',
  'identity-web/fastify': 'Fastify',
  'identity-web/koa': 'Koa',
  'identity-web/hono': 'Hono',
  'identity-web/nestjs': 'NestJS',
  'identity-web/next': 'Next.js',
  'identity-web/fetch': 'fetch',
}

const TAGS = new Set([
  'param',
  'returns',
  'throws',
  'example',
  'see',
  'typeParam',
  'public',
  'defaultValue',
])

describe.each(entryPoints())('an editor with %s', (entry) => {
  const editor = new Editor(entry)

  test(
    'shows a description, the parameters, the errors and an example at every call',
    { timeout: 300_000 },
    () => {
      const missing = editor
        .show(editor.calls())
        .flatMap(({ call, signatures, hover }) => [
          ...(signatures.length === 0 ? [`${call}: signature`] : []),
          ...signatures.flatMap((signature) =>
            missingParts(signature, entry).map((part) => `${call}${signature.label}): ${part}`),
          ),
          ...(hover.description === '' ? [`${call}: description in a hover`] : []),
        ])

      expect(missing).toEqual([])
    },
  )

  test('describes every export and every member of a type', () => {
    const undescribed = editor.members().filter(({ description }) => description === '')

    expect(undescribed.map(({ name }) => name)).toEqual([])
  })

  test('describes every option, with the default of an optional one', () => {
    const options = editor.options()

    expect(options.filter(({ description }) => description === '')).toEqual([])
    expect(
      options
        .filter(({ isOptional, hasDefault }) => isOptional && !hasDefault)
        .map(({ name }) => name),
    ).toEqual([])
  })

  test('does not offer internal members of classes', () => {
    const [functions = [], ...classes] = editor.completions([
      '(class {})',
      ...['Auth', 'ApiAuth', 'LoginGuard'].map((name) => `m.${name}`),
    ])
    const ofFunctions = new Set(functions)
    const offered = classes.flat()

    expect(offered.filter((name) => !ofFunctions.has(name))).toEqual([])
  })
})

test('an editor finds the guards, constructors and methods', { timeout: 120_000 }, () => {
  expect(new Editor('identity-web/express').calls()).toEqual(
    expect.arrayContaining([
      'm.loginRequired(',
      'new m.Auth(',
      'value<m.Auth>().loginRequired(',
      'value<m.Auth>().getUser(',
      'value<m.ApiAuth>().authorizationRequired(',
      'value<m.Either<any>>().required(',
    ]),
  )
  expect(new Editor('identity-web/next').calls()).toContain('value<m.Auth>().loginRequired.page(')
  expect(new Editor('identity-web/express').options().map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'AuthOptions.session',
      'SessionOptions.store',
      'LoginRequirement.acrs',
    ]),
  )
})

/** The second type argument of `Auth` in a hover. */
const SHOWN: Readonly<Record<string, string>> = {
  'identity-web/express': 'Express',
  'identity-web/fastify': 'Fastify',
  'identity-web/koa': 'Koa',
  'identity-web/hono': 'Hono',
  'identity-web/nestjs': 'NestJs',
  'identity-web/next': 'Next',
  'identity-web/fetch': 'Fetch',
  'identity-web/sveltekit': 'SvelteKit',
  'identity-web/astro': 'Astro',
  'identity-web/react-router': 'ReactRouter',
  'identity-web/tanstack-start': 'TanStackStart',
  'identity-web/h3': 'H3',
  'identity-web/azure-functions': 'AzureFunctions',
}

test.each(Object.entries(SHOWN))(
  'a hover in %s names the class and the framework',
  (entry, name) => {
    const editor = new Editor(entry)
    const login = editor.hover('value<m.Auth<m.Claims>>().login', 'login')
    const contextOf = editor.hover('value<m.ApiAuth>().contextOf', 'contextOf')

    expect(login).toMatch(new RegExp(`^\\(method\\) Auth<Claims, ${name}>\\.login\\(`))
    expect(contextOf).toMatch(/^\(method\) ApiAuth/)
    expect(login + contextOf).not.toMatch(/AuthBase|\wCalls|AuthRoutes|AuthUsers|AuthOperation/)
  },
)

test('a hover over a guard shows its class and its requirement, without types of the library', () => {
  const code =
    "value<m.ApiAuth>().authorizationRequired({ scopes: ['Todos.Read'] }, () => undefined)"
  const shown = new Editor('identity-web/express').hover(code, 'authorizationRequired')
  const [typeArguments = '', parameters = ''] = shown.split('>(requirement: ')

  expect(shown).toMatch(/^\(property\) ApiAuth<string>\.authorizationRequired: </)
  expect(typeArguments.match(/Todos\.Read/g)).toHaveLength(1)
  expect(parameters.match(/Todos\.Read/g)).toHaveLength(1)
  expect(shown).not.toContain('Exactly')
})

function missingParts(signature: ShownSignature, entry: string): string[] {
  const { description, parameters, documented, tags } = signature
  const named = new Set((tags['param'] ?? []).map((tag) => tag.split(' ', 1)[0]))
  // The arguments of the framework are documented together, as `args`.
  const undocumented = parameters.filter(
    (name) => !documented.includes(name) && !named.has(name) && !named.has('args'),
  )
  const examples = (tags['example'] ?? []).join('\n')
  // A label is in the caption or in a comment of the code.
  const captions = examples.match(/^.*(?=\n```)|\/\/ .*$/gm) ?? []
  const labels = Object.values(LABELS).filter((label) => captions.join().includes(label))
  const label = LABELS[entry]
  return [
    ...(description === '' ? ['description'] : []),
    ...undocumented.map((name) => `parameter ${name}`),
    ...(tags['throws'] === undefined && !/does not\s+throw/i.test(description) ? ['errors'] : []),
    // TypeScript takes braces for a type, and text behind @ for a tag.
    ...((tags['throws'] ?? []).some((text) => text.startsWith('{')) ? ['text of the errors'] : []),
    ...Object.keys(tags)
      .filter((name) => !TAGS.has(name))
      .map((name) => `text behind @${name}`),
    ...(examples === '' ? ['example'] : []),
    ...(label !== undefined && labels.length > 0 && !labels.includes(label)
      ? [`example of ${label}`]
      : []),
  ]
}
