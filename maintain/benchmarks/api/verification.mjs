import { readFileSync } from 'node:fs'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { ApiAuth } from '../../../packages/identity-web/dist/adapters/express/index.js'
import { answerParent } from '../child.mjs'
import { repeat } from '../token/repeat.mjs'

// The Express adapter with a minimal request and response, compared with the library under it.

/** By subject: accepts the token, or throws. */
const verify = {}
let tokens
let entered = 0
/** Continues from call to call, so that a token is used again only after all others. */
let next = 0

function prepare({ tokensFile, authority, issuer, jwksUri, clientId, scope }) {
  tokens = readFileSync(tokensFile, 'utf8').split('\n')
  const keys = createRemoteJWKSet(new URL(jwksUri))
  const options = { issuer, audience: clientId, algorithms: ['RS256'] }
  verify.jose = async (index) => {
    const { payload } = await jwtVerify(tokens[index % tokens.length], keys, options)
    if (payload.name !== undefined) entered += 1
  }
  const api = new ApiAuth({ authority, clientId })
  const route = api.authorizationRequired({ scopes: [scope] }, (_req, _res, { claims }) => {
    if (claims.name !== undefined) entered += 1
  })
  verify.ours = (index) => visit(route, tokens[index % tokens.length])
  verify.again = () => visit(route, tokens[0])
}

function visit(route, token) {
  const authorization = `Bearer ${token}`
  const headers = { host: '127.0.0.1', authorization }
  const rawHeaders = ['Host', '127.0.0.1', 'Authorization', authorization]
  const res = { headersSent: false, setHeader() {} }
  const req = { method: 'GET', url: '/', originalUrl: '/', headers, rawHeaders, query: {}, res }
  return route(req, res, passOn)
}

function passOn(error) {
  throw error ?? new Error('The guard passed the request on.')
}

answerParent(async (message) => {
  if (message.subject === undefined) {
    prepare(message)
    return 'ready'
  }
  const { subject, count } = message
  const from = next
  next += count
  entered = 0
  const cost = await repeat(count, (index) => verify[subject](from + index))
  if (entered !== count) throw new Error(`${subject}: ${entered} of ${count} tokens were accepted.`)
  return cost
})
