import { entries } from './scripts/entries.mjs'

// TypeScript shows inherited documentation at overloads, but typedoc does not. test/package/editor.test.ts checks these.
const INHERITED = ['express', 'koa', 'hono'].flatMap((framework) => [
  `adapters/${framework}.Auth.loginRequired`,
  `adapters/${framework}.ApiAuth.authorizationRequired`,
])

export default {
  entryPoints: entries.map(({ source }) => source),
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: 'packages/identity-web/tsconfig.build.json',
  out: 'docs/reference',
  readme: 'none',
  excludeInternal: true,
  excludePrivate: true,
  validation: {
    notDocumented: true,
    invalidLink: true,
    notExported: false,
  },
  treatValidationWarningsAsErrors: true,
  requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Function', 'Property', 'Accessor'],
  intentionallyNotDocumented: INHERITED,
  disableSources: true,
}
