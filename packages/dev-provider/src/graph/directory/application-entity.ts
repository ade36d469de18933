import { X509Certificate } from 'node:crypto'
import type { AppConfig } from '../../config/config.js'
import {
  findRecord,
  type FederatedRecord,
  type KeyRecord,
} from '../../config/registration-records.js'
import { idUrisOf } from '../../profiles/resources.js'
import { derivedGuid } from '../../profiles/subject.js'
import { EXCHANGE_AUDIENCE } from '../../tokens/federated-assertion.js'
import type { Entity } from '../odata/entity.js'
import { toAppRole, toPermissionScope } from './app-permissions.js'

/** The date of everything that the configuration contains. */
const CREATED = '2024-01-15T08:00:00Z'

/** Returns an app registration in the format of Graph. Secrets and certificates are not part of it. */
export function toApplicationEntity(app: AppConfig, publisherDomain: string | null): Entity {
  const { scopes = [], appRoles = [], redirectUris } = app
  const record = findRecord(app)
  return {
    id: applicationId(app),
    appId: app.clientId,
    displayName: app.name,
    createdDateTime: record?.createdDateTime ?? CREATED,
    identifierUris: idUrisOf(app),
    isFallbackPublicClient: app.publicClientFlows ?? false,
    publisherDomain,
    signInAudience: app.tenants === undefined ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    tags: [],
    api: {
      requestedAccessTokenVersion: app.accessTokenVersion ?? 2,
      oauth2PermissionScopes: scopes.map((scope) => toPermissionScope(app.clientId, scope)),
      preAuthorizedApplications: toPreAuthorized(app),
    },
    appRoles: appRoles.map((role) => toAppRole(app.clientId, role)),
    optionalClaims: null,
    requiredResourceAccess: [],
    publicClient: { redirectUris: [] },
    spa: { redirectUris: [] },
    web: {
      redirectUris: redirectUris === 'loopback' ? [] : redirectUris,
      logoutUrl: app.frontChannelLogoutUri ?? null,
    },
    ...record?.properties,
    keyCredentials: keysOf(app).map((key) => toKeyCredential(key, null)),
    passwordCredentials: passwordsOf(app),
  }
}

/** Returns the object ID of an app registration. */
export function applicationId({ clientId }: AppConfig): string {
  return derivedGuid(`application ${clientId}`)
}

/** Returns the ID of the secret in the configuration. */
export function configuredSecretId({ clientId }: AppConfig): string {
  return derivedGuid(`secret ${clientId}`)
}

/** Returns the certificates of an app. */
export function keysOf(app: AppConfig): readonly KeyRecord[] {
  const configured = (app.certificates ?? []).map((pem, index) => ({
    keyId: derivedGuid(`certificate ${index} ${app.clientId}`),
    pem,
    displayName: null,
  }))
  return findRecord(app)?.keys ?? configured
}

/** Returns a certificate in the format of Graph. */
export function toKeyCredential(
  { keyId, pem, displayName }: KeyRecord,
  key: 'raw' | null,
): Record<string, unknown> {
  const certificate = new X509Certificate(pem)
  return {
    customKeyIdentifier: certificate.fingerprint.replaceAll(':', ''),
    displayName: displayName ?? certificate.subject.replaceAll('\n', ', '),
    endDateTime: new Date(certificate.validTo).toISOString(),
    key: key === null ? null : certificate.raw.toString('base64'),
    keyId,
    startDateTime: new Date(certificate.validFrom).toISOString(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  }
}

/** Returns the federated identity credentials of an app. */
export function federatedOf(app: AppConfig): readonly FederatedRecord[] {
  const configured = (app.federatedCredentials ?? []).map((credential, index) => ({
    id: derivedGuid(`federated ${index} ${app.clientId}`),
    name: `configured-${index + 1}`,
    description: null,
    issuer: credential.issuer,
    subject: credential.subject,
    audiences: [credential.audience ?? EXCHANGE_AUDIENCE],
  }))
  return findRecord(app)?.federated ?? configured
}

function passwordsOf(app: AppConfig): Entity[] {
  const configured =
    app.clientSecret === undefined
      ? []
      : [{ keyId: configuredSecretId(app), hint: null, secretText: null }]
  const added = (findRecord(app)?.secrets ?? []).map(({ secretText, ...rest }) => ({
    customKeyIdentifier: null,
    ...rest,
    hint: secretText.slice(0, 3),
    secretText: null,
  }))
  return [...configured, ...added]
}

function toPreAuthorized({ clientId, authorizedClients = [], scopes = [] }: AppConfig): Entity[] {
  const all = scopes.map(({ value }) => value)
  return authorizedClients.map((client) => ({
    appId: client.clientId,
    delegatedPermissionIds: (client.scopes ?? all).map((name) => {
      const value = all.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name
      return derivedGuid(`scope ${value} ${clientId}`)
    }),
  }))
}
