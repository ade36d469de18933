// If a user has not consented to the scopes, the guard asks for the consent.
export default auth.loginRequired({ scopes: ['User.Read'] }, async (_event, context) => {
  const response = await context.fetch('/me')
  return (await response.json()) as Record<string, unknown>
})
