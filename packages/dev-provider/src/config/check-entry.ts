import { X509Certificate } from 'node:crypto'
import type { Report } from './check-shape.js'
import type { ListName } from './merge-defaults.js'
import {
  isGuid,
  isListOf,
  isNonEmptyString,
  isObject,
  isStringList,
  isWebUri,
} from './value-checks.js'

/** The check of a value, and the problem of a value that does not pass it. */
type Rule = readonly [isValid: (value: unknown) => boolean, problem: string]

const IMAGE_URL = /^data:image\/(png|jpeg);base64,[\w+/]+={0,2}$/
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i

const TEXT: Rule = [isNonEmptyString, 'must be a non-empty string']
const TEXTS: Rule = [isStringList, 'must be a list of non-empty strings']
const ID: Rule = [isGuid, 'must be a GUID, for example d0000000-0000-4000-8000-000000000005']

/** The rules for the values of an entry, which the types in the schema do not contain. */
const RULES: Readonly<Record<ListName, Readonly<Record<string, Rule>>>> = {
  tenants: {
    id: ID,
    name: TEXT,
    domains: [
      (value) => isListOf(value, (domain) => DOMAIN.test(String(domain))),
      'must contain domain names, for example contoso.onmicrosoft.com',
    ],
  },
  users: {
    username: TEXT,
    name: TEXT,
    givenName: TEXT,
    surname: TEXT,
    jobTitle: TEXT,
    department: TEXT,
    officeLocation: TEXT,
    mobilePhone: TEXT,
    preferredLanguage: TEXT,
    photo: [
      (value) => typeof value === 'boolean' || IMAGE_URL.test(String(value)),
      'must be true, false or a data URL of a PNG or JPEG image, for example data:image/png;base64,iVBORw0KGgo=',
    ],
    oid: ID,
    groups: TEXTS,
    roles: [
      (value) => (isObject(value) ? Object.values(value) : [value]).every(isStringList),
      'must be a list of non-empty strings',
    ],
  },
  groups: { id: ID, name: TEXT, description: TEXT },
  apps: {
    clientId: [isGuid, 'must be a GUID, for example 44444444-5555-4666-8777-888888888888'],
    name: TEXT,
    clientSecret: [isNonEmptyString, 'must be a non-empty string. Omit it for a public client'],
    certificates: [
      (value) => isListOf(value, isRsaCertificate),
      'must be a list of certificates with RSA keys, as PEM strings',
    ],
    trustedSubjectNames: TEXTS,
    federatedCredentials: [
      (value) => isListOf(value, isCredential),
      'must be a list of objects with issuer (a URL or {origin}/…) and subject',
    ],
    redirectUris: [
      (value) => value === 'loopback' || (isStringList(value) && value.every(isUri)),
      "must be 'loopback' or a list of absolute URIs, for example http://localhost:3000/redirect",
    ],
    frontChannelLogoutUri: [isWebUri, 'must be an http or https URI'],
    // Back-Channel Logout 1.0, section 2.2 forbids a fragment.
    backChannelLogoutUri: [
      (value) => isWebUri(value) && !value.includes('#'),
      'must be an http or https URI without a fragment',
    ],
    accessTokenVersion: [(value) => value === 1 || value === 2, 'must be 1 or 2'],
    v1Audience: [
      (value) => value === 'idUri' || value === 'clientId',
      "must be 'idUri' or 'clientId'",
    ],
  },
}

/** Checks the values of an entry, one by one. */
export function checkEntry(
  list: ListName,
  { value, at }: { readonly value: Readonly<Record<string, unknown>>; readonly at: string },
  report: Report,
): void {
  for (const [key, [isValid, problem]] of Object.entries(RULES[list])) {
    if (value[key] !== undefined && !isValid(value[key])) report(`${at}.${key}`, problem)
  }
}

function isUri(value: string): boolean {
  return URL.canParse(value)
}

function isCredential(entry: unknown): boolean {
  const { issuer, subject, audience = 'any' } = (entry ?? {}) as Record<string, unknown>
  const url = isNonEmptyString(issuer) ? issuer.replace(/^\{origin\}/, 'http://localhost') : ''
  return URL.canParse(url) && isNonEmptyString(subject) && isNonEmptyString(audience)
}

function isRsaCertificate(pem: unknown): boolean {
  try {
    return isNonEmptyString(pem) && new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
