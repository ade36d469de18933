import { CROWD } from '../guard/settings.mjs'
import { startRedis } from '../redis.mjs'
import { measureRounds, toFigures } from '../server/rounds.mjs'
import { median, ratio } from '../statistics.mjs'
import { startChild } from '../child.mjs'
import { startCrowd } from './subjects.mjs'

/** Measures the guard with more users than the caches of the library have room for, compared with the peers. */
export async function measureCrowd(stage, { rounds, requests, warmUp }) {
  const effort = {
    rounds,
    requests,
    // In a long measurement, each user has sent a request before the first round.
    warmUp: warmUp < 1000 ? warmUp : Math.max(warmUp, CROWD),
    warmUpSeconds: Infinity,
  }
  const redis = await startRedis()
  try {
    const subjects = await startCrowd(stage, redis)
    const measured = await measureRounds(subjects, effort)
    await Promise.all(subjects.map((subject) => subject.stop()))
    return [
      ...subjects.map(({ name, cookieCharacters }) => ({
        what: `crowd: ${name}${sizeOf(cookieCharacters)}`,
        ...toFigures(measured.get(name)),
      })),
      ...(await measureOpening(stage, Math.min(rounds, 5))),
    ]
  } finally {
    await redis.stop()
  }
}

/** Measures the same without a server: how long the library needs to open a session cookie that it has not seen. */
async function measureOpening({ crowd, setup }, rounds) {
  const results = []
  for (let round = 0; round < rounds; round++) {
    const child = await startChild(new URL('open.mjs', import.meta.url), { cookies: crowd, setup })
    results.push(child.ready)
    await child.stop()
  }
  const bases = results.map(({ byHand }) => byHand)
  return [
    ['the smallest possible code, one AES-GCM and one JSON.parse', 'byHand'],
    ['identity-web', 'ours'],
  ].map(([what, name]) => {
    const costs = results.map((result) => result[name])
    return {
      what: `crowd, without a server: ${what}`,
      figure: `${median(costs).toFixed(1)} µs`,
      ratio: ratio(costs, bases),
    }
  })
}

function sizeOf(characters) {
  if (characters === 0) return ''
  const size = characters < 1000 ? `${characters} bytes` : `${(characters / 1000).toFixed(1)} kB`
  return `, ${size} of cookies`
}
