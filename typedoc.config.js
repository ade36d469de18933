import { entries } from './scripts/entries.mjs'

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
  // packages/identity-web/test/package/editor.test.ts checks methods: TypeScript shows inherited documentation, typedoc does not.
  requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Function', 'Property', 'Accessor'],
  disableSources: true,
}
