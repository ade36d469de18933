import { auth } from '../../auth'
import { emailOf, nameOf } from '../../claims'

export const metadata = { title: 'Account · my-app' }

export default auth.loginRequired.page(({ claims }) => (
  <>
    <h1>{`Hello, ${nameOf(claims)}`}</h1>
    <p>You are signed in as {emailOf(claims)}.</p>
    {/* #region azure-ad-b2c */}
    <EditProfile />
    {/* #endregion azure-ad-b2c */}
    <details>
      <summary>The claims of your ID token</summary>
      <pre>{JSON.stringify(claims, undefined, 2)}</pre>
    </details>
  </>
))
// #region azure-ad-b2c

async function EditProfile() {
  const url = await auth.getEditProfileUrl()
  return (
    url !== undefined && (
      <p>
        <a className="button" href={url}>
          Edit your profile
        </a>
      </p>
    )
  )
}
// #endregion azure-ad-b2c
