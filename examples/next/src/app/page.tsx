import { auth } from '../auth.ts'
import { Header, nameOf } from './header.tsx'
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
  const editProfile = await auth.getEditProfileUrl()
  return (
    <>
      <Header claims={claims} current="/" />
      <main>
        <h1>{`Hello, ${nameOf(claims)}`}</h1>
        <p>You are signed in. These are the claims of your ID token.</p>
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
      </main>
    </>
  )
})
