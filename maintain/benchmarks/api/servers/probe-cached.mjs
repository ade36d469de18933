import { createPublicKey, verify } from 'node:crypto'
import { sendPage, serve } from '../../server/serve.mjs'

// The least that a guard can do if it has verified all tokens before: a Map by token, whose entries are checked at each use.
serve((app, { publicKey, issuer, clientId, scope }) => {
  const key = createPublicKey(publicKey)
  const cache = new Map()
  app.get('/', (req, res) => {
    const { authorization = '' } = req.headers
    const token = authorization.slice(7)
    let claims = cache.get(token)
    if (claims === undefined) {
      claims = readClaims(token, key)
      if (claims?.iss !== issuer || claims.aud !== clientId) return res.sendStatus(401)
      cache.set(token, claims)
    }
    if (claims.exp * 1000 <= Date.now()) return res.sendStatus(401)
    if (!claims.scp?.split(' ').includes(scope)) return res.sendStatus(403)
    return sendPage(res, claims.name)
  })
})

/** Returns the claims of a token with a valid signature. */
function readClaims(token, key) {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  if (!verify('sha256', Buffer.from(token.slice(0, end)), key, signature)) return undefined
  return JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, end), 'base64url'))
}
