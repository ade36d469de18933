// The guards of `ApiAuth` and `McpAuth` for a known token, as functions of micro.mjs.
import { generateKeyPairSync, sign } from 'node:crypto'

const ISSUER = 'https://accounts.example.com'
const RESOURCE = 'https://tools.example.com/mcp'
const KEY_ID = 'key'

/** The responses of different requests. A server keeps those of the last second, in case that they are streams. */
const RESPONSES = 1000

/**
 * Creates the guards.
 *
 * @param functions - The functions of the library.
 * @returns Functions that send one request through a guard, and return `true` if the guard allows it.
 */
export async function createBearerGuards({ NodeHttpContext, createMcpApi, createWebApi }) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const documents = {
    [`${ISSUER}/.well-known/openid-configuration`]: {
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/keys`,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
    [`${ISSUER}/keys`]: {
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' }],
    },
  }
  const options = {
    oidcAuthority: ISSUER,
    clientId: 'tools',
    resource: RESOURCE,
    environment: 'production',
    logger: false,
    fetch: async (url) => Response.json(documents[String(url)]),
  }
  const authorization = `Bearer ${toToken(privateKey)}`
  const request = {
    method: 'POST',
    url: '/mcp',
    rawHeaders: [],
    headers: {
      host: 'tools.example.com',
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      authorization,
    },
  }
  const responses = Array.from({ length: RESPONSES }, () => ({ headersSent: false }))
  let next = 0
  const handler = () => undefined
  const toCall = async (api) => {
    const guard = api.guard({ scopes: ['Tools.Use'] })
    const call = () => {
      next = (next + 1) % RESPONSES
      return guard(new NodeHttpContext(request, responses[next]), handler)
    }
    // The third request finds the token in the cache.
    for (let time = 0; time < 3; time++) {
      const response = await call()
      if (response !== undefined) throw new Error(`The guard responded with ${response.status}.`)
    }
    return () => call() === undefined
  }
  return {
    api: await toCall(createWebApi(options, {})),
    mcp: await toCall(createMcpApi(options, {})),
  }
}

function toToken(privateKey) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: ISSUER, aud: 'tools', sub: 'alex', client_id: 'client', scope: 'Tools.Use' }
  const data = `${encode({ alg: 'RS256', kid: KEY_ID, typ: 'at+jwt' })}.${encode({
    ...claims,
    iat: now,
    exp: now + 3600,
  })}`
  return `${data}.${sign('sha256', Buffer.from(data), privateKey).toString('base64url')}`
}
