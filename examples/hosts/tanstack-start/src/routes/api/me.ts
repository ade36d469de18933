import { createFileRoute } from '@tanstack/react-router'
import { auth } from '../../auth.server'

export const Route = createFileRoute('/api/me')({
  server: {
    handlers: {
      GET: auth.loginRequired((_args, { user }) => Response.json(user)),
    },
  },
})
