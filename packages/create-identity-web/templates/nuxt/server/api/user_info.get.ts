// Reads the current claims of the user from the provider.
export default auth.loginRequired(async (_event, context) => {
  const claims = await context.userInfo()
  return claims as Record<string, unknown>
})
