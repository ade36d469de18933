import type { FederatedCredential } from '../graph/application.js'
import { pathOf } from '../graph/applications.js'
import type { GraphClient } from '../graph/graph-client.js'

/** A federated credential whose audience depends on the cloud. */
export type UnnamedAudience = Omit<FederatedCredential, 'audiences'>

/** Returns the federated credential of a repository, for example `contoso/shop:environment:production`. */
export function githubCredential(repository: string): UnnamedAudience {
  const [name = '', ...rest] = repository.split(':')
  const entity = rest.length === 0 ? 'ref:refs/heads/main' : rest.join(':')
  return {
    name: toName(`github-${name}-${entity}`),
    issuer: 'https://token.actions.githubusercontent.com',
    subject: `repo:${name}:${entity}`,
  }
}

/** Returns the federated credential of a service account, for example `default/shop`. */
export function kubernetesCredential(issuer: string, serviceAccount: string): UnnamedAudience {
  const [namespace = '', account = ''] = serviceAccount.split('/')
  return {
    name: toName(`kubernetes-${namespace}-${account}`),
    issuer,
    subject: `system:serviceaccount:${namespace}:${account}`,
  }
}

/** Returns the federated credential of a managed identity. */
export function managedIdentityCredential(authority: string, objectId: string): UnnamedAudience {
  return {
    name: toName(`managed-identity-${objectId}`),
    issuer: `${authority}/v2.0`,
    subject: objectId,
  }
}

/** Returns the federated credential of another issuer. */
export function otherCredential(issuer: string, subject: string): UnnamedAudience {
  const host = URL.canParse(issuer) ? new URL(issuer).hostname : issuer
  return {
    name: toName(`${host}-${subject}`),
    issuer,
    subject,
  }
}

/** Returns the federated credentials of an app registration. */
export async function listFederated(
  graph: GraphClient,
  appId: string,
): Promise<readonly FederatedCredential[]> {
  return graph.list(`${pathOf(appId)}/federatedIdentityCredentials`, { isNew: true })
}

/** Returns the credentials that an app registration does not have. */
export async function missingCredentials(
  graph: GraphClient,
  appId: string,
  wished: readonly FederatedCredential[],
): Promise<readonly FederatedCredential[]> {
  if (wished.length === 0) return []
  const current = await listFederated(graph, appId)
  return wished.filter(
    ({ issuer, subject }) =>
      !current.some((each) => each.issuer === issuer && each.subject === subject),
  )
}

/** Adds federated credentials to an app registration. */
export async function addFederated(
  graph: GraphClient,
  appId: string,
  credentials: readonly FederatedCredential[],
): Promise<void> {
  for (const body of credentials) {
    const path = `${pathOf(appId)}/federatedIdentityCredentials`
    await graph.send('POST', path, { body, isNew: true })
  }
}

/** Returns a valid name: at most 120 characters, which are letters, digits and hyphens. */
function toName(text: string): string {
  const words = text.split(/[^\w]/).filter((word) => word !== '')
  return words.join('-').slice(0, 120).replace(/-$/, '')
}
