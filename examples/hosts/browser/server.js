import { readFileSync } from 'node:fs'
import express from 'express'
import { Auth } from 'identity-web/express'

const app = express()
const auth = new Auth(app, {
  session: { idleTimeoutSeconds: 1200 },
  browser: { sessionView: (user) => ({ name: user.name ?? 'you' }) },
})

app.post('/api/notes', auth.loginRequired(), express.json(), (req, res) => {
  res.json({ saved: req.body.note })
})

for (const name of ['react19', 'react18', 'vue', 'svelte']) {
  const folder = new URL(`dist/${name}/`, import.meta.url)
  const page = readFileSync(new URL('index.html', folder), 'utf8')
  app.use(`/${name}`, express.static(folder.pathname, { index: false }))
  // Every other path shows the page, because its script has the routes. The page contains the session.
  app.get(`/${name}/{*path}`, async (req, res) => {
    const session = JSON.stringify(await auth.browserSession(req)).replaceAll('<', '\\u003c')
    res.set('cache-control', 'no-store').send(page.replace('null', () => session))
  })
}
app.get('/', (req, res) => res.redirect('/react19/'))

app.listen(Number(process.env.PORT ?? 3000))
