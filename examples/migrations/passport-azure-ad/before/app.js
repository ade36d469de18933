const express = require('express')
const session = require('express-session')
const bodyParser = require('body-parser')
const cookieParser = require('cookie-parser')
const passport = require('passport')
const { OIDCStrategy } = require('passport-azure-ad')
const config = require('./config')
const pages = require('./pages')
const users = require('./users')

passport.serializeUser((user, done) => done(null, user.oid))
passport.deserializeUser((oid, done) => users.findByOid(oid, done))

passport.use(
  new OIDCStrategy(config.creds, (req, iss, sub, profile, accessToken, refreshToken, done) => {
    if (!profile.oid) return done(new Error('No oid found'), null)
    // Asynchronous, as with a real database.
    process.nextTick(() => {
      users.findByOid(profile.oid, (err, user) => {
        if (err) return done(err)
        if (user) {
          user.accessToken = accessToken
          return done(null, user)
        }
        // Auto-registration
        users.save(
          {
            oid: profile.oid,
            displayName: profile.displayName,
            upn: profile._json.preferred_username,
            language: req.get('accept-language'),
            accessToken,
          },
          done,
        )
      })
    })
  }),
)

const app = express()
app.use(cookieParser())
app.use(bodyParser.urlencoded({ extended: true }))
app.use(session({ secret: config.sessionSecret, resave: false, saveUninitialized: false }))
app.use(passport.initialize())
app.use(passport.session())

function ensureAuthenticated(req, res, next) {
  if (req.isAuthenticated()) return next()
  req.session.returnTo = req.originalUrl
  res.redirect('/login')
}

function regenerateSessionAfterAuthentication(req, res, next) {
  const { passport: passportInstance, returnTo } = req.session
  req.session.regenerate((err) => {
    if (err) return next(err)
    req.session.passport = passportInstance
    req.session.returnTo = returnTo
    req.session.save(next)
  })
}

app.get('/', (req, res) => res.send(pages.home(req.user)))

app.get('/account', ensureAuthenticated, (req, res) => res.send(pages.account(req.user)))

app.get('/profile', ensureAuthenticated, async (req, res, next) => {
  try {
    const response = await fetch(`${config.graph}/me`, {
      headers: { authorization: `Bearer ${req.user.accessToken}` },
    })
    if (!response.ok) throw new Error(`Microsoft Graph returned ${response.status}`)
    res.send(pages.profile(await response.json()))
  } catch (err) {
    next(err)
  }
})

app.get(
  '/login',
  (req, res, next) =>
    passport.authenticate('azuread-openidconnect', { response: res, failureRedirect: '/' })(
      req,
      res,
      next,
    ),
  (req, res) => res.redirect('/'),
)

app.post(
  '/auth/openid/return',
  (req, res, next) =>
    passport.authenticate('azuread-openidconnect', {
      response: res,
      failureRedirect: '/',
      keepSessionInfo: true,
    })(req, res, next),
  regenerateSessionAfterAuthentication,
  (req, res) => {
    const { returnTo = '/' } = req.session
    delete req.session.returnTo
    res.redirect(returnTo)
  },
)

app.get('/logout', (req, res) => {
  req.session.destroy(() => {
    res.redirect(config.signOutUrl)
  })
})

app.listen(process.env.PORT || 3000)
