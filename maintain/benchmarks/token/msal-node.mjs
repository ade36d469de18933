import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:https'
import { ConfidentialClientApplication } from '@azure/msal-node'
import { answerParent } from '../child.mjs'
import {
  OTHER_SCOPES,
  SIGN_IN_SCOPE,
  startRealisticProvider,
} from '../guard/realistic-provider.mjs'
import { repeat } from './repeat.mjs'

/** Functions by the cache of MSAL. Each gets the access token of its only user. */
const acquire = {}

/** Signs a user in and gets the same three access tokens as in our session. */
async function prepare() {
  const { provider } = await startRealisticProvider({ tls: true })
  // As on a server with many users: the cache of the current user is read for each request.
  acquire.perRequest = await toAcquire(provider, createUserCache())
  acquire.inMemory = await toAcquire(provider)
}

async function toAcquire(provider, cachePlugin) {
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: provider.app.clientId,
      clientSecret: provider.app.clientSecret,
      authority: provider.authority(),
      knownAuthorities: [new URL(provider.origin).host],
    },
    ...(cachePlugin && { cache: { cachePlugin } }),
    system: { networkClient: createNetwork(provider.certificate) },
  })
  const account = await signIn(client, provider)
  for (const scope of OTHER_SCOPES) await client.acquireTokenSilent({ account, scopes: [scope] })
  const silent = () => client.acquireTokenSilent({ account, scopes: [SIGN_IN_SCOPE] })
  if (!(await silent()).fromCache) throw new Error('MSAL sent a request to the provider.')
  return silent
}

function createUserCache() {
  let kept = ''
  return {
    beforeCacheAccess: async ({ tokenCache }) => tokenCache.deserialize(kept),
    afterCacheAccess: async ({ tokenCache, cacheHasChanged }) => {
      if (cacheHasChanged) kept = tokenCache.serialize()
    },
  }
}

async function signIn(client, provider) {
  const verifier = randomBytes(32).toString('base64url')
  const redirectUri = 'http://127.0.0.1:5000/redirect'
  const url = await client.getAuthCodeUrl({
    scopes: [SIGN_IN_SCOPE],
    redirectUri,
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    codeChallengeMethod: 'S256',
  })
  const { url: back } = await provider.signIn(url, { as: 'alex', consent: true })
  const result = await client.acquireTokenByCode({
    code: back.searchParams.get('code'),
    scopes: [SIGN_IN_SCOPE],
    redirectUri,
    codeVerifier: verifier,
  })
  return result.account
}

/** MSAL requires HTTPS for the authority, but does not have an option for a trusted certificate. */
function createNetwork(ca) {
  const send = (method, url, { headers, body } = {}) =>
    new Promise((resolve, reject) => {
      const outgoing = request(url, { method, ca, headers }, (response) => {
        const { headers: received, statusCode: status } = response
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
        response.on('end', () => resolve({ headers: received, body: JSON.parse(text), status }))
      })
      outgoing.on('error', reject).end(body)
    })
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}

answerParent(async (message) => {
  if (message.count === undefined) {
    await prepare()
    return 'ready'
  }
  return repeat(message.count, acquire[message.cache])
})
