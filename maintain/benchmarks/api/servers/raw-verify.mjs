import { createPublicKey } from 'node:crypto'
import { sendPage, serve } from '../../server/serve.mjs'
import { readClaims } from './read-claims.mjs'

// The least that a guard can do for a token that it has not seen before. The probe of the budget.
serve((app, { publicKey, issuer, clientId, scope }) => {
  const key = createPublicKey(publicKey)
  app.get('/', (req, res) => {
    const { authorization = '' } = req.headers
    const claims = readClaims(authorization.slice(7), key)
    if (claims?.iss !== issuer || claims.aud !== clientId || claims.exp * 1000 <= Date.now())
      return res.sendStatus(401)
    if (!claims.scp?.split(' ').includes(scope)) return res.sendStatus(403)
    return sendPage(res, claims.name)
  })
})
