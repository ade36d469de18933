// A web app and an API of Azure AD B2C, with three policies.
const express = require('express')
const session = require('express-session')
const passport = require('passport')
const { BearerStrategy, OIDCStrategy } = require('passport-azure-ad')
const { escape } = require('./pages')

// For example https://fabrikamb2c.b2clogin.com/fabrikamb2c.onmicrosoft.com
const tenant = process.env.B2C_TENANT_URL

const common = {
  identityMetadata: `${tenant}/v2.0/.well-known/openid-configuration`,
  isB2C: true,
  validateIssuer: true,
  loggingLevel: 'error',
  loggingNoPII: true,
}

passport.serializeUser((user, done) => done(null, user))
passport.deserializeUser((user, done) => done(null, user))

passport.use(
  new OIDCStrategy(
    {
      ...common,
      clientID: process.env.CLIENT_ID,
      clientSecret: process.env.CLIENT_SECRET,
      responseType: 'code',
      responseMode: 'query',
      redirectUrl: process.env.REDIRECT_URL,
      allowHttpForRedirectUrl: process.env.NODE_ENV !== 'production',
      passReqToCallback: false,
    },
    (iss, sub, profile, done) =>
      done(null, { sub, name: profile.displayName, email: profile.emails?.[0] }),
  ),
)

passport.use(
  new BearerStrategy(
    {
      ...common,
      clientID: process.env.API_CLIENT_ID,
      policyName: 'B2C_1_susi',
      scope: ['Todos.Read'],
    },
    (token, done) => done(null, { sub: token.sub }, token),
  ),
)

const app = express()
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }))
app.use(passport.initialize())
app.use(passport.session())

const signIn = passport.authenticate('azuread-openidconnect', { failureRedirect: '/failed' })

// The policy is in the URL: /login?p=B2C_1_susi, B2C_1_edit or B2C_1_reset
app.get('/login', signIn)
app.get('/auth/openid/return', signIn, (req, res) => res.redirect('/account'))

app.get('/account', (req, res) => {
  if (!req.isAuthenticated()) return res.redirect('/login?p=B2C_1_susi')
  res.send(`Hello, ${escape(req.user.name)} (${escape(req.user.email)}).
    <a href="/login?p=B2C_1_edit">Edit your profile</a> <a href="/logout">Sign out</a>`)
})

app.get('/logout', (req, res) => {
  const back = encodeURIComponent(new URL('/', process.env.REDIRECT_URL))
  req.session.destroy(() => {
    res.redirect(`${tenant}/B2C_1_susi/oauth2/v2.0/logout?post_logout_redirect_uri=${back}`)
  })
})

app.get('/api/todos', passport.authenticate('oauth-bearer', { session: false }), (req, res) => {
  res.json({ owner: req.user.sub })
})

app.get('/', (req, res) => res.send('Welcome'))
app.get('/failed', (req, res) => res.status(400).send('The sign-in failed.'))

app.listen(process.env.PORT || 3000)
