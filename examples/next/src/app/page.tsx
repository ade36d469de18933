import { auth } from '../auth.ts'
import { NextSteps } from './next-steps.tsx'

/** Claims about the token. The page shows the claims about the user first. */
const ABOUT_THE_TOKEN = [
  'aud',
  'iss',
  'iat',
  'nbf',
  'exp',
  'nonce',
  'aio',
  'rh',
  'sid',
  'uti',
  'ver',
]
const isLast = (claim: string) => Number(ABOUT_THE_TOKEN.includes(claim))

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default auth.loginRequired.page(async ({ claims }) => {
  // Only Azure AD B2C allows users to edit their profile.
  const editProfile = await auth.getEditProfileUrl()
  // AD FS sends `upn` instead of `name`.
  const { name, upn, sub } = claims
  const shownName = name ?? (typeof upn === 'string' ? upn : sub)
  return (
    <>
      <h1>{`Hello, ${shownName}`}</h1>
      <p>You are signed in. These are the claims of your ID token.</p>
      <nav>
        {process.env['IDENTITY_SCOPE'] && <a href="/call_api">Call an API</a>}{' '}
        {editProfile && <a href={editProfile}>Edit your profile</a>}{' '}
        <a href={auth.paths.logout}>Sign out</a>
      </nav>
      <NextSteps canEditProfile={editProfile !== undefined} />
      <table>
        <caption>Your claims</caption>
        <tbody>
          {Object.entries(claims)
            .toSorted(([a], [b]) => isLast(a) - isLast(b))
            .map(([claim, value]) => (
              <tr key={claim}>
                <th scope="row">{claim}</th>
                <td>{typeof value === 'string' ? value : JSON.stringify(value)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  )
})
