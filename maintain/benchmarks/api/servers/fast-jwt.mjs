import { createVerifier } from 'fast-jwt'
import { sendPage, serve } from '../../server/serve.mjs'

// It verifies each token again, in a minimal guard as an application would write it. It gets the key as an option, because it
// cannot fetch keys itself.
serve((app, { publicKey, issuer, clientId, scope }) => {
  const verify = createVerifier({
    key: publicKey,
    algorithms: ['RS256'],
    allowedIss: issuer,
    allowedAud: clientId,
    cache: false,
  })
  app.get('/', async (req, res) => {
    const { authorization = '' } = req.headers
    if (!authorization.startsWith('Bearer ')) return res.sendStatus(401)
    let claims
    try {
      claims = await verify(authorization.slice(7))
    } catch {
      return res.sendStatus(401)
    }
    if (!claims.scp?.split(' ').includes(scope)) return res.sendStatus(403)
    return sendPage(res, claims.name)
  })
})
