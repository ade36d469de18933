import { createRemoteJWKSet, jwtVerify } from 'jose'
import { serve } from '../../server/serve.mjs'
import { guardWith } from './bearer.mjs'

serve((app, { issuer, jwksUri, clientId, scope }) => {
  const keys = createRemoteJWKSet(new URL(jwksUri))
  const options = { issuer, audience: clientId, algorithms: ['RS256'] }
  const verify = async (token) => (await jwtVerify(token, keys, options)).payload
  app.get('/', guardWith(verify, scope))
})
