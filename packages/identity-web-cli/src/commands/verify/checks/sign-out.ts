import { ISSUE } from '../advice.js'
import { fail, notApplicable, skip, type Check } from '../check.js'
import type { Trial } from '../trial.js'

/** The page to which users return after a sign-out. */
const HOME = '/'
/** The time for the request of the provider after the browser is back, in seconds. */
const CALL_SECONDS = 3

/** The sign-out of the application, and the requests with which the provider ends its session. */
export const signOutChecks: readonly Check[] = [
  {
    id: 'sign-out',
    statement:
      'After the sign-out at the provider, the browser returns to the application, and the session has ended.',
    async run(trial) {
      const { auth, browser } = trial
      endpointOf(trial)
      await trial.ask({
        text: 'Sign out.',
        change: `Register ${browser.origin}${HOME} as a redirect URI, which providers other than Microsoft call post-logout redirect URI.`,
        pages: {
          // The library responds to this path.
          [auth.paths.logout]: () => () => new Response(),
          [HOME]: (done) => () => done(undefined),
        },
      })
      if ((await auth.getUser(trial.request())) !== undefined) fail('The session did not end.')
    },
  },
  {
    id: 'front-channel',
    statement:
      'When the user signs out elsewhere, the provider loads the front-channel logout URL with the sid of the session.',
    run(trial) {
      const { frontChannel } = trial.settings
      if (frontChannel === 'refused')
        notApplicable('Microsoft Graph does not accept a front-channel logout URL with http.')
      if (frontChannel === undefined)
        skip(`${toRegister(trial, 'front-channel')} Then add --front-channel to run this check.`)
      return signOutElsewhere(trial, 'front-channel')
    },
  },
  {
    id: 'back-channel',
    statement:
      'When the user signs out elsewhere, the provider sends a valid logout token to the back-channel logout URL.',
    run(trial) {
      if (trial.kind !== 'oidc')
        notApplicable('The issuers of Microsoft do not have back-channel logout.')
      if (!trial.settings.backChannel)
        skip(
          `The provider must reach this computer. If it does: ${toRegister(trial, 'back-channel')} Then add --back-channel.`,
        )
      return signOutElsewhere(trial, 'back-channel')
    },
  },
]

/** The changes for a request that does not name the session. */
const UNNAMED = {
  'front-channel':
    'Add the optional claim sid to the ID token, so that the library finds the session. At Entra ID, open "Token configuration" of the app registration.',
  'back-channel':
    'The logout token must contain the sub or the sid of the ID token. Check the settings of the provider, or open an issue with this report.',
} as const

type Channel = keyof typeof UNNAMED

const pathOf = ({ auth: { paths } }: Trial, channel: Channel): string =>
  channel === 'front-channel' ? paths.frontChannelLogout : paths.backChannelLogout

const toRegister = (trial: Trial, channel: Channel): string =>
  `Register ${trial.browser.origin}${pathOf(trial, channel)} as ${channel} logout URL at the provider.`

function endpointOf({ recorder }: Trial): string {
  const endpoint = recorder.metadata['end_session_endpoint']
  return typeof endpoint === 'string'
    ? endpoint
    : notApplicable('The metadata of the provider does not contain end_session_endpoint.')
}

/** Lets the person sign out at the provider, and waits for the request to the application. */
async function signOutElsewhere(trial: Trial, channel: Channel): Promise<void> {
  const { auth, browser, kind, settings } = trial
  const endpoint = new URL(endpointOf(trial))
  const path = pathOf(trial, channel)
  const back = browser.origin + HOME
  const before = browser.seen.length
  await trial.ask({
    text: `Sign out at the provider, as if you were in another application. If you do not come back, open ${back}.`,
    pages: {
      [`/verify/${channel}`]: () =>
        auth.loginRequired((_request: Request, { claims }) => {
          endpoint.searchParams.set('post_logout_redirect_uri', back)
          const hint = claims['login_hint']
          if (typeof hint === 'string' && kind !== 'oidc')
            endpoint.searchParams.set('logout_hint', hint)
          return new Response(null, { status: 303, headers: { location: endpoint.href } })
        }),
      [HOME]: (done) => () => done(undefined),
    },
  })
  const findCall = () => browser.seen.slice(before).find((seen) => seen.path === path)
  for (let count = CALL_SECONDS * 20; count > 0 && findCall() === undefined; count--)
    await new Promise((resolve) => setTimeout(resolve, 50))
  // The command registers the URL and the claim sid.
  const isOwn = channel === 'front-channel' && settings.frontChannel === 'command'
  const call = findCall()
  if (call === undefined)
    return fail(
      `The provider did not send a request to ${path} within ${CALL_SECONDS} seconds after the browser came back.`,
      isOwn ? ISSUE : toRegister(trial, channel),
    )
  if (call.status >= 400)
    trial.fail(`The library rejected the request of the provider with status ${call.status}.`)
  if ((await auth.getUser(trial.request())) !== undefined)
    trial.fail(
      'The request of the provider did not end the session.',
      isOwn ? ISSUE : UNNAMED[channel],
    )
}
