import { originOf } from './stage.mjs'
import { rawNavigation } from './visitor.mjs'

/**
 * Starts the server of each subject, with the requests that its signed-in users send.
 *
 * The servers start at the same time. Users sign in one after the other, because the provider has one next user.
 */
export async function startSubjects(subjects, stage) {
  const started = await Promise.all(subjects.map((subject) => startSubject(subject, stage)))
  for (const subject of started) {
    const cookies = await findCookies(subject, stage)
    subject.cookieCharacters = cookies[0].length
    subject.requests = cookies.map((cookie) => rawNavigation(subject.path ?? '/', cookie))
  }
  return started
}

async function startSubject(subject, stage) {
  const { server, keptIn, keptInOf, settings, group, label } = subject
  const setup = { ...settings, keptIn: keptInOf?.(stage) ?? keptIn }
  const running = await stage.start(server, setup)
  return { ...subject, ...running, name: `${group}: ${label}`, setup }
}

async function findCookies(subject, stage) {
  const { cookiesOf, signInAt, isElsewhere, server, setup } = subject
  if (cookiesOf !== undefined) return cookiesOf(stage)
  if (!isElsewhere) return signInAt(originOf(subject), stage)
  const twin = await stage.start(server, setup)
  try {
    return await signInAt(originOf(twin), stage)
  } finally {
    await twin.stop()
  }
}
