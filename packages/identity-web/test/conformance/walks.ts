import type { Walk } from './module.ts'

/** Opens a page that requires a sign-in and calls UserInfo. */
export const signIn: Walk = ({ application, visitor }) =>
  visitor.open(`${application.origin}/profile`)

/** Signs in, signs out, and signs in again. */
export const signInTwice: Walk = async (context) => {
  const { application, visitor } = context
  await signIn(context)
  await visitor.open(`${application.origin}/logout`)
  return signIn(context)
}

/** Signs in. After the ID token has expired, the user opens a page that requires a session. */
export const signInAndRefresh: Walk = async (context) => {
  const { application, visitor } = context
  await signIn(context)
  // ID tokens of the conformance suite are valid for five minutes.
  application.advance(310)
  return visitor.open(`${application.origin}/profile-data`)
}

/** Signs in, and signs out of the application. */
export const signOut: Walk = async (context) => {
  const { application, visitor } = context
  await signIn(context)
  return visitor.open(`${application.origin}/logout`)
}

/** Signs in, and signs out at the provider. */
export const signOutAtProvider: Walk = async (context) => {
  await signIn(context)
  return context.visitor.open(`${context.issuer}frontchannel_logout_handler`)
}

/** Signs in without a page of the provider. */
export const signInSilently: Walk = ({ application, visitor }) =>
  visitor.open(`${application.origin}/silent`)

/** Follows a link of the provider or of a portal that starts the sign-in. */
export const signInFromOutside: Walk = ({ application, visitor, issuer }) =>
  visitor.open(
    `${application.origin}/login?${new URLSearchParams({
      iss: issuer,
      target_link_uri: `${application.origin}/profile`,
    })}`,
  )
