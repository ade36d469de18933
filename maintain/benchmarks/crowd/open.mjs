import { createDecipheriv, randomBytes, createCipheriv } from 'node:crypto'
import { answerParent } from '../child.mjs'
import { ourSessions } from '../guard/sessions.mjs'

// Opens the session cookies of thousands of users in turn, and returns the microseconds of CPU for one of them. The
// comparison is the smallest code that decrypts and parses the same number of bytes.

const TIMES = 4
const [IV, TAG] = [12, 16]

answerParent(async ({ cookies, setup }) => {
  const strategy = ourSessions(setup)
  const sessions = cookies.map((cookie) => strategy.read(cookie))
  if (sessions.some((session) => session?.claims.groups.length !== 20))
    throw new Error('A session cannot be opened.')
  const key = randomBytes(32)
  const values = sessions.map((session) => encrypt(key, JSON.stringify(session)))
  const byHand = () => values.forEach((value) => JSON.parse(decrypt(key, value)))
  const ours = () => cookies.forEach((cookie) => strategy.read(cookie))
  byHand()
  return { byHand: cost(byHand, values.length), ours: cost(ours, cookies.length) }
})

function cost(openAll, count) {
  const before = process.cpuUsage()
  for (let times = 0; times < TIMES; times++) openAll()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / (count * TIMES)
}

function encrypt(key, json) {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = cipher.update(json, 'utf8')
  cipher.final()
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

function decrypt(key, value) {
  const bytes = Buffer.from(value, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), {
    authTagLength: TAG,
  })
  decipher.setAuthTag(bytes.subarray(IV, IV + TAG))
  const json = decipher.update(bytes.subarray(IV + TAG)).toString()
  decipher.final()
  return json
}
