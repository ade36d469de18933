// Users consent to the scopes when a page calls this route for the first time.
export default auth.loginRequired({ scopes: ['User.Read'] }, async (_event, context) => {
  const response = await context.fetch('/me')
  return { status: response.status, profile: (await response.json()) as Record<string, unknown> }
})
