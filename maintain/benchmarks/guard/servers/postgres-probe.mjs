import { createHash } from 'node:crypto'
import { connectPostgres } from '../../postgres.mjs'
import { serve } from '../../server/serve.mjs'
import { EXPRESS_PAGES } from '../pages.mjs'
import { CACHE_CONTROL, readCookie } from '../probe.mjs'

// The leanest look-up that one can write by hand for the sessions of the library: it reads the same number of keys with one
// query, and decrypts a record only once.

/** A session has a record and five revocation markers. */
const MARKERS = ['id', 'sub', 'sid', 'oid', 'tid']
const READ =
  'select key, value from identity_sessions where key = any($1) and expires_at > clock_timestamp()'

serve((app, { keptIn, claims }) => {
  const pool = connectPostgres(keptIn)
  const sessions = new Map()
  const open = (id) => {
    const key = `identity:s:${hashOf(id)}`
    const markers = MARKERS.map((kind) => `identity:out:${hashOf(`${kind} ${id}`)}`)
    const session = { key, keys: [key, ...markers] }
    sessions.set(id, session)
    return session
  }

  async function userOf(cookieHeader) {
    // The number of cookies precedes the ID.
    const id = readCookie(cookieHeader)?.slice('1.'.length)
    if (id === undefined) return undefined
    const session = sessions.get(id) ?? open(id)
    const { rows } = await pool.query(READ, [session.keys])
    if (rows.length !== 1 || rows[0].key !== session.key) return undefined
    const [{ value }] = rows
    if (session.value !== value) Object.assign(session, { value, user: { ...claims } })
    return session.user
  }

  for (const [path, send] of Object.entries(EXPRESS_PAGES)) {
    app.get(path, async (req, res) => {
      const user = await userOf(req.headers.cookie)
      if (user === undefined) return res.sendStatus(401)
      res.setHeader('Cache-Control', CACHE_CONTROL)
      return send(res, user.name)
    })
  }
})

function hashOf(text) {
  return createHash('sha256').update(text).digest('base64url')
}
