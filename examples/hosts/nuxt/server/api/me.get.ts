export default auth.loginRequired((_event, { user }) => ({
  name: user.name,
  email: user.preferred_username,
}))
