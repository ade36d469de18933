import { index, route, type RouteConfig } from '@react-router/dev/routes'
import { signInRoutes } from 'identity-web/react-router/routes'

export default [
  index('home.tsx'),
  route('account', 'account.tsx'),
  route('call_api', 'call-api.tsx'),
  route('api/me', 'me.ts'),
  ...signInRoutes(),
] satisfies RouteConfig
