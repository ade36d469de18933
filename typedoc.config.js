import { entries } from './scripts/entries.mjs'

// Members of a type inside a type. The documentation of the outer type describes them.
const INNER = [
  'device-code/device-code.startDeviceLogin.Auth.__type.startLogin',
  'browser.RegisteredView.__type.sessionView',
  'index.AnyIdentityError.__type.code',
  'index.AnyIdentityError.__type.status',
  'adapters/express.AnyRequest.__type.req.__type.raw',
  'adapters/express.ContextFor.__type.appPermissions',
  'adapters/express.NamedApis.__type.apis',
]

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
  intentionallyNotDocumented: INNER,
  disableSources: true,
}
