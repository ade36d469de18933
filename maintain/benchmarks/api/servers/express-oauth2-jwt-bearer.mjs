import { auth, claimIncludes } from 'express-oauth2-jwt-bearer'
import { sendPage, serve } from '../../server/serve.mjs'

// Its requiredScopes reads `scope`, which Entra does not send.
serve((app, { issuer, clientId, scope }) => {
  app.get(
    '/',
    auth({ issuerBaseURL: issuer, audience: clientId }),
    claimIncludes('scp', scope),
    (req, res) => sendPage(res, req.auth.payload.name),
  )
  // Express would print the rejections of the check before the measurement.
  app.use((error, _req, res, _next) => res.sendStatus(error.status ?? 500))
})
