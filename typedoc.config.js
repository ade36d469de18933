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
  requiredToBeDocumented: [
    'Class',
    'Interface',
    'TypeAlias',
    'Function',
    'Method',
    'Property',
    'Accessor',
  ],
  disableSources: true,
}
