import { auth } from '../../auth'
import { nameOf, show } from '../../claims'

export const metadata = { title: 'Account · my-app' }

export default auth.loginRequired.page(({ claims }) => (
  <>
    <h1>{`Hello, ${nameOf(claims)}`}</h1>
    <p>You are signed in. Your identity provider has sent these claims about you.</p>
    {/* #region azure-ad-b2c */}
    <EditProfile />
    {/* #endregion azure-ad-b2c */}
    <dl>
      {Object.entries(claims).map(([claim, value]) => (
        <div key={claim}>
          <dt>{claim}</dt>
          <dd>{show(value)}</dd>
        </div>
      ))}
    </dl>
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
