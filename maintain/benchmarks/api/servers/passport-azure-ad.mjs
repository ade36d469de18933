import passport from 'passport'
import { BearerStrategy } from 'passport-azure-ad'
import { sendPage, serve } from '../../server/serve.mjs'

serve((app, { metadataUri, clientId, scope }) => {
  passport.use(
    new BearerStrategy(
      { identityMetadata: metadataUri, clientID: clientId, scope: [scope], loggingLevel: 'error' },
      (claims, done) => done(null, claims, claims),
    ),
  )
  app.get('/', passport.authenticate('oauth-bearer', { session: false }), (req, res) =>
    sendPage(res, req.user.name),
  )
})
