const express = require('express')
const passport = require('passport')
const { BearerStrategy } = require('passport-azure-ad')
const config = require('./config')

const todos = new Map()

passport.use(
  new BearerStrategy(config.api, (token, done) => {
    if (!token.oid) return done(new Error('No oid found'))
    done(null, { oid: token.oid, name: token.name }, token)
  }),
)

const app = express()
app.use(express.json())
app.use(passport.initialize())

app.get('/api/todos', passport.authenticate('oauth-bearer', { session: false }), (req, res) => {
  res.json({ owner: req.user.name, todos: todos.get(req.user.oid) ?? [] })
})

app.post('/api/todos', passport.authenticate('oauth-bearer', { session: false }), (req, res) => {
  if (!req.authInfo.scp.split(' ').includes('Todos.ReadWrite')) return res.sendStatus(403)
  todos.set(req.user.oid, [...(todos.get(req.user.oid) ?? []), req.body.title])
  res.sendStatus(201)
})

app.listen(process.env.PORT || 5000)
