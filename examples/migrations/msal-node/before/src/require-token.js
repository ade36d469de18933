import jwt from 'jsonwebtoken'
import { JwksClient } from 'jwks-rsa'
import { authority } from './settings.js'

const keys = new JwksClient({
  jwksUri: `${authority}/discovery/v2.0/keys`,
  cache: true,
  rateLimit: true,
})

const getKey = async (header) => (await keys.getSigningKey(header.kid)).getPublicKey()

/** A middleware that accepts access tokens of version 2 with a scope, or with an app role. */
export const requireToken =
  ({ scope, role }) =>
  (req, res, next) => {
    const [scheme, token] = (req.headers.authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || token === undefined) {
      return res.set('WWW-Authenticate', 'Bearer').sendStatus(401)
    }
    const options = {
      algorithms: ['RS256'],
      audience: process.env.API_CLIENT_ID,
      issuer: `${authority}/v2.0`,
    }
    const verified = (error, claims) => {
      if (error) return res.set('WWW-Authenticate', 'Bearer error="invalid_token"').sendStatus(401)
      const scopes = claims.scp?.split(' ') ?? []
      const roles = claims.roles ?? []
      const isAllowed =
        (scope !== undefined && scopes.includes(scope)) ||
        (role !== undefined && claims.scp === undefined && roles.includes(role))
      if (!isAllowed) {
        return res.set('WWW-Authenticate', 'Bearer error="insufficient_scope"').sendStatus(403)
      }
      req.token = token
      req.claims = claims
      next()
    }
    jwt.verify(
      token,
      (header, done) => getKey(header).then((key) => done(null, key), done),
      options,
      verified,
    )
  }
