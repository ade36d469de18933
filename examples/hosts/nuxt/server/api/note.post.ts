// Your application would write to a database. This map is empty after a restart.
const notes = new Map<string, string>()

export default auth.loginRequired(async (event, { user }) => {
  const { note } = await readBody<{ note: string }>(event)
  notes.set(user.sub, note)
  return { note }
})
