import { createHash } from 'node:crypto'
import type { Options, Subject } from '../../subject/subject.js'

/** The kinds of providers, as the report names them. */
export type ProviderKind = 'entra' | 'external-id' | 'b2c' | 'adfs' | 'oidc'

/** Returns the value of an option, or of its variable. */
export function settingOf(
  { options, variables }: Subject,
  option: keyof Options,
  variable: string,
): string | undefined {
  const value: unknown = options[option] ?? variables.all[variable]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Returns the kind of the provider. The library decides by the same parts of the URL. */
export function providerKindOf(subject: Subject): ProviderKind {
  const b2c = subject.options.b2c ?? subject.variables.all['IDENTITY_B2C_TENANT_NAME']
  if (b2c !== undefined && b2c !== '') return 'b2c'
  const authority = settingOf(subject, 'authority', 'IDENTITY_AUTHORITY')
  if (authority === undefined || !URL.canParse(authority)) return 'oidc'
  const { hostname, pathname } = new URL(authority)
  if (hostname.endsWith('.ciamlogin.com')) return 'external-id'
  if (hostname.endsWith('.b2clogin.com') || /\/b2c_1|\/tfp\//i.test(pathname)) return 'b2c'
  return /^\/adfs(\/|$)/i.test(pathname) ? 'adfs' : 'entra'
}

/** Returns a value that changes with the provider and the app, so that a run does not continue with another app. */
export function fingerprintOf(subject: Subject): string {
  return hashOf([
    settingOf(subject, 'authority', 'IDENTITY_AUTHORITY'),
    settingOf(subject, 'oidcAuthority', 'IDENTITY_OIDC_AUTHORITY'),
    subject.variables.all['IDENTITY_B2C_TENANT_NAME'],
    settingOf(subject, 'clientId', 'IDENTITY_CLIENT_ID'),
  ])
}

/** Returns a hash, because the state of a run must not contain IDs. */
export function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/** Returns the options of a web app that change how it signs in. Hooks and stores of the application stay out. */
export function signInOptions(options: Options): Options {
  const { redirectUri, postLogoutRedirectUri, homePath, basePath, responseMode } = options
  const { extraParams, prompt, domainHint } = options
  const given = {
    redirectUri,
    postLogoutRedirectUri,
    homePath,
    basePath,
    responseMode,
    extraParams,
    prompt,
    domainHint,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** Returns whether a URL belongs to this computer. */
export function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
