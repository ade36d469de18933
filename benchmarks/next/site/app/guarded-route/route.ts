import { auth } from '../../auth.ts'

export const GET = auth.loginRequired((_request, { user }) =>
  Response.json({ message: 'Hello', name: user.name }),
)
