import { index, route, type RouteConfig } from '@react-router/dev/routes'
import { signInRoutes } from 'identity-web/react-router/routes'

export default [
  index('home.tsx'),
  // #region api
  route('call_api', 'call-api.tsx'),
  // #endregion api
  ...signInRoutes(),
] satisfies RouteConfig
