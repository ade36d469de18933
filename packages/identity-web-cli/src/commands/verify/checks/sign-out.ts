import type { Step } from '../check.js'
import { back } from '../guide.js'
import { failed, passed, skipped } from '../outcome.js'
import { formResponse } from '../pages.js'

const PATH = '/verify/sign-out'

/** The sign-out of the application. */
export const signOut: Step = {
  title: 'Sign out',
  checks: [
    {
      id: 'sign-out',
      assumes:
        'After the sign-out at the provider, the browser returns to the application, and the session has ended.',
      needs: ['sign-in'],
      async run(trial) {
        const { auth, guide } = trial
        const { metadata } = (await trial.evidence.provider()) ?? {}
        if (typeof metadata?.['end_session_endpoint'] !== 'string')
          return skipped('The metadata of the provider does not contain end_session_endpoint.')
        const before = guide.seen.length
        const isSignedOut = (): boolean =>
          guide.seen.slice(before).some(({ path, isPage }) => isPage && path === auth.paths.logout)
        await trial.ask({
          id: 'sign-out',
          text: 'Sign out. Sign in first if the provider asks.',
          change: `Register ${guide.origin}${guide.home} as a redirect URI, which providers other than Microsoft call post-logout redirect URI.`,
          path: PATH,
          handler: () =>
            auth.loginRequired(() =>
              formResponse(
                'Sign out of this application and of the provider.',
                auth.paths.logout,
                'Sign out',
              ),
            ),
          others: {
            // The page that the provider redirects to, also after the sign-out of the previous step, which can be late.
            [guide.home]: (done) => () => (isSignedOut() ? done(undefined) : back()),
          },
        })
        const user = await auth.getUser(trial.request('/verify/session'))
        return user === undefined
          ? passed('The browser returned to the application, and the session has ended.')
          : failed('The session did not end.', 'Please open an issue with this report.')
      },
    },
  ],
}
