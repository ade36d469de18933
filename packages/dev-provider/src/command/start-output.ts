import type { TenantKind } from '../config/config.js'
import type { DevProvider } from '../dev-provider.js'
import type { StoredCertificate } from './certificate-files.js'
import { toEnvLines, type IssuerKind } from '../config/app-variables.js'

/** The values that the command prints after the start. */
export interface StartReport {
  readonly provider: DevProvider
  readonly variables: Readonly<Record<string, string>>
  /** The file that contains the variables, with `--write-env`. */
  readonly envFile: string | undefined
  readonly certificate: StoredCertificate | undefined
}

/** Returns the output of the command after the start. */
export function describeStart(report: StartReport): string {
  const { provider } = report
  return [
    `Development provider at ${provider.origin}`,
    '',
    ...describeSettings(report.variables, report.envFile),
    ...describeCertificate(report.certificate, provider.origin),
    'Authorities:',
    ...describeAuthorities(provider),
    '',
    ...describeApis(provider),
    'Accounts:',
    ...describeUsers(provider),
    '',
    `Microsoft Graph: ${provider.graph}`,
    '',
    `Open ${provider.origin}/ to see all settings.`,
    'Only for development, because it does not check passwords. Press Ctrl+C to stop it.',
  ].join('\n')
}

/** Returns the output of the command before it starts an app: what to do next, and the URL of the provider. */
export function describeAppStart(
  provider: DevProvider,
  appOrigin: string,
  kind: IssuerKind,
): string {
  const { tenants, users } = provider.config
  // The accounts of AD FS and of plain OpenID Connect are those of the tenants of Entra ID.
  const tenantKind = kind === 'external-id' || kind === 'b2c' ? kind : 'entra'
  const ids = tenants
    .filter((tenant) => (tenant.kind ?? 'entra') === tenantKind)
    .map(({ id }) => id)
  const user = users.find(({ tenant }) => ids.includes(tenant))
  const account =
    user === undefined ? '' : ` and sign in as ${user.name}. You do not need a password.`
  return [
    `Open ${appOrigin}${account}`,
    `Development provider at ${provider.origin} (only for development)`,
    '',
  ].join('\n')
}

/** Returns the lines that say how the app gets the settings. */
export function describeSettings(
  variables: Readonly<Record<string, string>>,
  envFile: string | undefined,
): string[] {
  if (envFile !== undefined) {
    return [
      `${envFile} contains the settings. Start your app with it, for example: node --env-file=${envFile} app.mjs`,
      '',
    ]
  }
  return [
    'Save these settings as .env, and start your app with it, for example: node --env-file=.env app.mjs',
    'To write this file automatically, start this command with --write-env.',
    '',
    ...toEnvLines(variables),
    '',
  ]
}

/** Returns the note about a certificate that is not in a file. */
export function describeMemory(origin: string): string {
  return `The certificate is only in memory, because the command cannot write its file. To trust the certificate, save it with: curl -k ${origin}/dev/ca.pem -o ca.pem. To choose another file, set --ca-file.`
}

function describeCertificate(stored: StoredCertificate | undefined, origin: string): string[] {
  if (stored === undefined) return []
  const { caFile, isNew } = stored
  if (caFile === undefined) return []
  return [
    ...(isNew
      ? ['The certificate is new. Restart programs that trust an earlier certificate.']
      : []),
    'To trust the certificate, set one of these variables before you start your app. Node.js does',
    'not read it from the file .env.',
    '',
    `export NODE_EXTRA_CA_CERTS=${caFile}`,
    '  For Node.js, in addition to the usual certificate authorities.',
    `export REQUESTS_CA_BUNDLE=${caFile}`,
    '  For Python Requests and MSAL Python, instead of the usual certificate authorities.',
    `curl --cacert ${caFile} ${origin}/`,
    '',
  ]
}

function describeAuthorities(provider: DevProvider): string[] {
  const has = (kind: TenantKind): boolean =>
    provider.config.tenants.some((tenant) => (tenant.kind ?? 'entra') === kind)
  return [
    `  any account    ${provider.origin}/common (or organizations, consumers)`,
    ...(has('entra') ? [`  Entra ID       ${provider.authority()}`] : []),
    ...(has('external-id') ? [`  External ID    ${provider.externalIdAuthority}`] : []),
    ...(has('b2c') ? [`  Azure AD B2C   ${provider.b2cAuthority()}`] : []),
    ...(has('entra') ? [`  AD FS          ${provider.adfsAuthority}`] : []),
    `  plain OpenID   ${provider.oidcAuthority}`,
  ]
}

function describeApis({ config }: DevProvider): string[] {
  const apis = config.apps.flatMap(({ idUri, clientId }) =>
    idUri === undefined ? [] : [`  ${clientId}  ${idUri}`],
  )
  return apis.length === 0 ? [] : ['APIs:', ...apis, '']
}

// A load test can configure thousands of users. The list stays readable with fewer.
const MAX_USERS = 50

function describeUsers({ config }: DevProvider): string[] {
  const listed = config.users.slice(0, MAX_USERS)
  const others = config.users.length - listed.length
  const width = Math.max(...listed.map((user) => user.name.length))
  return [
    ...listed.map((user) => `  ${user.name.padEnd(width)}  ${user.username}`),
    ...(others > 0 ? [`  and ${others} more`] : []),
  ]
}
