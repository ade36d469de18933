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
    res.set('cache-control', 'no-store').send(withSession(page, await auth.browserSession(req)))
  })
}

// The same pages with Vue and Svelte, rendered by the server. The user sees their name before the script has arrived.
for (const name of ['vue', 'svelte']) {
  const { render } = await import(`./dist/${name}-server/server.js`)
  const page = readFileSync(new URL(`dist/${name}/index.html`, import.meta.url), 'utf8')
  app.get(`/${name}-rendered/{*path}`, async (req, res) => {
    const session = await auth.browserSession(req)
    const html = await render(session)
    res
      .set('cache-control', 'no-store')
      .send(withSession(page, session).replace('<div id="app">', (start) => start + html))
  })
}
app.get('/', (req, res) => res.redirect('/react19/'))

app.listen(Number(process.env.PORT ?? 3000))

function withSession(page, session) {
  return page.replace('null', () => JSON.stringify(session).replaceAll('<', '\\u003c'))
}
