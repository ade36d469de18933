export default auth.loginRequired({ scopes: ['User.Read'] }, async (_event, { fetch }) => {
  const response = await fetch('/me')
  return (await response.json()) as Record<string, unknown>
})
