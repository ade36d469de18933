/** What to try next. The demo sets DEMO_PROVIDER. With your tenant, this component renders nothing. */
export function NextSteps({ canEditProfile }: { readonly canEditProfile: boolean }) {
  const provider = process.env['DEMO_PROVIDER']
  if (provider === undefined) return null
  return (
    <section className="tip" aria-labelledby="next">
      <h2 id="next">Try this next</h2>
      <ul>
        {process.env['IDENTITY_SCOPE'] && (
          <li>
            Choose <b>Call an API</b>. The app gets an access token for you.
          </li>
        )}
        {canEditProfile && (
          <li>
            Choose <b>Edit your profile</b>. Your new name appears on this page.
          </li>
        )}
        <li>Sign out, and sign in with another account. The claims are different.</li>
        <li>
          Open the <a href={provider}>development provider</a>. It shows the requests and the tokens
          of this app, and it can simulate failures.
        </li>
        <li>
          Change <code>src/app</code> of this example. You can guard a page with <code>roles</code>,
          for example.
        </li>
      </ul>
    </section>
  )
}
