import { START, type Guide, type Seen } from '../guide.js'
import type { Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import type { Trial } from '../trial.js'

const PATH = '/verify/provider-sign-out'
/** The time for the request of the provider after the browser is back, in seconds. */
const CALL_SECONDS = 3

/** The requests with which the provider ends the session of the application. */
export const channels: Step = {
  title: 'Sign-out at the provider',
  checks: [
    {
      id: 'front-channel',
      assumes:
        'When the user signs out elsewhere, the provider loads the front-channel logout URL with the sid of the session.',
      needs: ['sign-in'],
      run: (trial) =>
        trial.choices.frontChannel
          ? signOutElsewhere(trial, 'front-channel', trial.auth.paths.frontChannelLogout)
          : Promise.resolve(
              skipped(
                `Register ${trial.guide.origin}${trial.auth.paths.frontChannelLogout} as front-channel logout URL, and add --front-channel to run this check.`,
              ),
            ),
    },
    {
      id: 'back-channel',
      assumes:
        'When the user signs out elsewhere, the provider sends a valid logout token to the back-channel logout URL.',
      needs: ['sign-in'],
      run: (trial) => {
        if (trial.kind !== 'oidc')
          return Promise.resolve(
            skipped('The issuers of Microsoft do not have back-channel logout.'),
          )
        return trial.choices.backChannel
          ? signOutElsewhere(trial, 'back-channel', trial.auth.paths.backChannelLogout)
          : Promise.resolve(
              skipped(
                `The provider must reach this computer. If it does, register ${trial.guide.origin}${trial.auth.paths.backChannelLogout} as back-channel logout URL, and add --back-channel.`,
              ),
            )
      },
    },
  ],
}

/** Lets the person sign out at the provider, and waits for the request to the application. */
async function signOutElsewhere(trial: Trial, id: 'front-channel' | 'back-channel', path: string) {
  const { metadata } = (await trial.evidence.provider()) ?? {}
  const endpoint = metadata?.['end_session_endpoint']
  if (typeof endpoint !== 'string')
    return skipped('The metadata of the provider does not contain end_session_endpoint.')
  const { guide, choices } = trial
  const before = guide.seen.length
  const isCall = (seen: Seen): boolean => seen.path === path && guide.seen.indexOf(seen) >= before
  let leftAt = Infinity
  const isBack = (seen: Seen): boolean =>
    seen.isPage && [START, guide.home].includes(seen.path) && guide.seen.indexOf(seen) > leftAt
  await trial.ask({
    id,
    text: `Sign out at the provider, as if you were in another application. If you do not come back, open ${guide.origin}${START} first.`,
    path: PATH,
    isOnce: true,
    handler: (done) =>
      trial.auth.loginRequired((_request: Request, { claims }) => {
        leftAt = guide.seen.length
        void waitForCall(guide, { isCall, isBack, seconds: choices.waitSeconds }).then(() =>
          done(undefined),
        )
        return redirect(signOutUrl(trial, endpoint, claims['login_hint']))
      }),
  })
  const call = guide.seen.find(isCall)
  if (call === undefined)
    return failed(
      `The provider did not send a request to ${path} within ${CALL_SECONDS} seconds after the browser came back.`,
      `Register ${trial.guide.origin}${path} as ${id} logout URL at the provider.`,
    )
  const user = await trial.auth.getUser(trial.request('/verify/session'))
  if (call.status < 400 && user === undefined)
    return passed('The request of the provider ended the session.')
  return call.status < 400
    ? trial.failed('The request of the provider did not end the session.', SID[id])
    : trial.failed(`The library rejected the request of the provider with status ${call.status}.`)
}

/**
 * Waits for the request of the provider. The person may take long at the provider, so the time of the request starts when
 * the browser is back.
 */
async function waitForCall(
  { seen }: Guide,
  {
    isCall,
    isBack,
    seconds,
  }: {
    readonly isCall: (seen: Seen) => boolean
    readonly isBack: (seen: Seen) => boolean
    readonly seconds: number
  },
): Promise<void> {
  const end = Date.now() + seconds * 1000
  let backAt = Infinity
  while (Date.now() < end && !seen.some(isCall)) {
    if (backAt === Infinity && seen.some(isBack)) backAt = Date.now()
    if (Date.now() > backAt + CALL_SECONDS * 1000) return
    // The timer must not keep the command running after the person gave up.
    await new Promise((resolve) => setTimeout(resolve, 50).unref())
  }
}

/** The changes for a request that does not name the session. */
const SID = {
  'front-channel':
    'Add the optional claim sid to the ID token, so that the library finds the session. At Entra ID, open "Token configuration" of the app registration.',
  'back-channel':
    'The logout token must contain the sub or the sid of the ID token. Check the settings of the provider, or open an issue with this report.',
} as const

function signOutUrl({ guide, kind }: Trial, endpoint: string, hint: unknown): string {
  const url = new URL(endpoint)
  url.searchParams.set('post_logout_redirect_uri', `${guide.origin}/`)
  if (typeof hint === 'string' && kind !== 'oidc') url.searchParams.set('logout_hint', hint)
  return url.href
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location } })
}
